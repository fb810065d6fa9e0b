//! A certificate: the sheet as it prints, and what may be done with it.

mod actions;
mod sheet;

pub(crate) use actions::Actions;
pub(crate) use sheet::CertificateSheet;
