//! Views of one core machine each, and small parts that pages share. They never import each other.

pub(crate) mod certificate;
pub(crate) mod enrolment;
pub(crate) mod exam;
pub(crate) mod language_switch;
pub(crate) mod player;
pub(crate) mod sign_in;
