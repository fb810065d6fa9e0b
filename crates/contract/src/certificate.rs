//! Certificates.

use serde::{Deserialize, Serialize};

use crate::{CertificateId, ClassId};

/// A certificate, with all that its sheet shows; a row of `GET /certificates` and the reply to
/// `GET /certificates/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Certificate {
    /// Its id.
    pub id: CertificateId,
    /// Its number (统一编号), as printed.
    pub number: String,
    /// The class that it came from.
    pub class_id: ClassId,
    /// The class's title.
    pub class_title: String,
    /// Its own title, such as 工会干部上岗资格培训证书.
    pub title: String,
    /// The holder's name.
    pub name: String,
    /// The text of the sheet, with the holder's name in it.
    pub body: String,
    /// Credit hours earned.
    pub hours: u32,
    /// Day of issue, `YYYY-MM-DD`, in the class's time zone.
    pub issued_on: String,
    /// Under whose supervision the form is made, such as 全国总工会统一监制.
    pub supervisor: String,
    /// Seals, left to right.
    pub seals: Vec<Seal>,
    /// The holder's photo (JPEG), if there is one.
    #[serde(default)]
    pub photo_url: Option<String>,
}

/// A round red seal, drawn by the client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Seal {
    /// Text on the arc.
    pub text: String,
    /// Words beneath.
    pub caption: String,
}
