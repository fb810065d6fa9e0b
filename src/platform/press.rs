//! The program that writes certificates: a web worker, fetched when it is first asked for.

use contract::Certificate;
use gloo::utils::window;
use press::client;
use press::order::{Order, Product};

pub(crate) use press::order::Failure;

use super::http;

/// Writes the certificate's PDF.
pub(crate) async fn pdf(certificate: &Certificate) -> Result<Vec<u8>, Failure> {
    client::press(&base(), &order(certificate, Product::Pdf)).await
}

/// Gives the page the font of this certificate, so that it prints with the glyphs of the PDF.
pub(crate) async fn show_font(certificate: &Certificate) -> Result<(), Failure> {
    let font = client::press(&base(), &order(certificate, Product::Font)).await?;
    client::show_font(&font).await
}

fn order(certificate: &Certificate, product: Product) -> Order {
    let mut certificate = certificate.clone();
    // The worker stands in another folder than the page: its addresses must be whole.
    certificate.photo_url = certificate.photo_url.map(|path| {
        let url = http::url(&path);
        if url.starts_with('/') {
            format!("{}{url}", origin())
        } else {
            url
        }
    });
    Order {
        certificate,
        check_at: None,
        product,
    }
}

/// The folder of the page's own files, with a slash at its end.
fn base() -> String {
    format!("{}/", origin())
}

fn origin() -> String {
    window().location().origin().unwrap_or_default()
}
