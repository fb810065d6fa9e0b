//! The web worker that writes certificates. `press.js` starts it and passes orders on.

use std::collections::BTreeMap;

use js_sys::{Array, Function, Promise, Uint8Array};
use press::font::{FOLDER, Font, INDEX, Slices};
use press::order::{Failure, Order, Product};
use press::{Material, Options, Picture, PressError, layout};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCredentials, RequestInit, Response, WorkerGlobalScope};

/// Pixels on each side of a drawn character: some 800 to the inch in the largest paragraph.
const SIDE: u16 = 256;

fn main() {}

/// Carries an order out: the product's bytes, or a [`Failure`]'s word as exception. `picture`
/// draws a character with the device's fonts: it takes the character, the square's side and the
/// baseline in pixels, and returns the ink of each pixel, or null if it cannot.
#[wasm_bindgen]
pub async fn press(order: Vec<u8>, picture: Function) -> Result<Vec<u8>, JsValue> {
    carry_out(&order, &picture)
        .await
        .map_err(|failure| failure.to_word().into())
}

async fn carry_out(order: &[u8], picture: &Function) -> Result<Vec<u8>, Failure> {
    let order = Order::from_bytes(order)?;
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
            let pictures: BTreeMap<char, Picture> = chars
                .iter()
                .filter(|&&char| !font.has(char))
                .filter_map(|&char| Some((char, draw(picture, char)?)))
                .collect();
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

/// Asks the device to draw a character.
fn draw(picture: &Function, char: char) -> Option<Picture> {
    let baseline = f64::from(SIDE) * f64::from(Picture::BASELINE) / 1000.0;
    let text = JsValue::from_str(char.encode_utf8(&mut [0; 4]));
    let drawn = picture
        .call3(&JsValue::NULL, &text, &SIDE.into(), &baseline.into())
        .ok()?;
    let ink = drawn.dyn_into::<Uint8Array>().ok()?.to_vec();
    Some(Picture { side: SIDE, ink })
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
