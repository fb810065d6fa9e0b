//! The web worker that writes certificates. `press.js` starts it and passes orders on.

use std::collections::BTreeMap;

use js_sys::{Array, Promise, Uint8Array};
use press::font::{FOLDER, Font, INDEX, Slices};
use press::order::{Failure, Order, Product};
use press::{Material, Options, PressError, layout};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCredentials, RequestInit, Response, WorkerGlobalScope};

fn main() {}

/// Carries an order out: the product's bytes, or a [`Failure`]'s word as exception.
#[wasm_bindgen]
pub async fn press(order: Vec<u8>) -> Result<Vec<u8>, JsValue> {
    carry_out(&order)
        .await
        .map_err(|failure| failure.to_word().into())
}

async fn carry_out(order: &[u8]) -> Result<Vec<u8>, Failure> {
    let order: Order = postcard::from_bytes(order).map_err(|_| Failure::Broken)?;
    let options = Options {
        check_at: order.check_at.as_deref(),
    };
    let sheet = layout(&order.certificate, options);
    let chars = sheet.chars();

    let photo = match (&order.certificate.photo_url, order.product) {
        (Some(url), Product::Pdf) => Some(fetch(url)),
        _ => None,
    };
    let index = bytes(fetch(&format!("{FOLDER}/{INDEX}"))).await?;
    let slices = Slices::read(&index).map_err(|_| Failure::Network)?;
    let files: Array = slices
        .needed(&chars)
        .into_iter()
        .map(|slice| fetch(&format!("{FOLDER}/{}", Slices::file(slice))))
        .collect();
    let mut font = Font::new(&slices);
    for file in files.iter() {
        font.add(&bytes(file.unchecked_into()).await?)
            .map_err(|_| Failure::Network)?;
    }
    let photo = match photo {
        Some(photo) => Some(bytes(photo).await?),
        None => None,
    };
    match order.product {
        Product::Font => Ok(font.truetype(&sheet)),
        Product::Pdf => {
            let pictures = BTreeMap::new();
            let material = Material {
                font: &font,
                pictures: &pictures,
                photo: photo.as_deref(),
            };
            press::pdf(&sheet, &material).map_err(|error| match error {
                PressError::MissingGlyph(char) => Failure::MissingGlyph(char),
                PressError::Photo => Failure::Photo,
            })
        }
    }
}

/// Asks for a file; a relative URL is relative to the worker's own.
fn fetch(url: &str) -> Promise {
    let options = RequestInit::new();
    // The photo is behind the session's cookie, on another origin too if the backend is there.
    options.set_credentials(RequestCredentials::Include);
    js_sys::global()
        .unchecked_into::<WorkerGlobalScope>()
        .fetch_with_str_and_init(url, &options)
}

async fn bytes(response: Promise) -> Result<Vec<u8>, Failure> {
    let whole = async {
        let response: Response = JsFuture::from(response).await?.unchecked_into();
        if !response.ok() {
            return Err(JsValue::NULL);
        }
        JsFuture::from(response.array_buffer()?).await
    };
    whole
        .await
        .map(|buffer| Uint8Array::new(&buffer).to_vec())
        .map_err(|_| Failure::Network)
}
