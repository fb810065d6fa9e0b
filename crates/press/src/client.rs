//! How a page has an order carried out: in a web worker of its own, so that the page stays quick,
//! and the program for it is fetched only now.

use js_sys::{Function, Promise, Uint8Array};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{FontFace, MessageEvent, Worker};

use crate::order::{Failure, Order};

/// The worker's script, beside the page's own files.
const SCRIPT: &str = "press.js";

/// Ends the worker, also when nobody waits for it any more.
struct Running(Worker);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.terminate();
    }
}

/// Has an order carried out, and returns the product's bytes. `base` is the URL of the folder of
/// the page's own files, with a slash at its end. Dropping the future ends the worker.
///
/// Under Trusted Types the page must have a policy named `default` that lets `press.js` pass.
pub async fn press(base: &str, order: &Order) -> Result<Vec<u8>, Failure> {
    let order = order.to_bytes()?;
    let running = Running(Worker::new(&format!("{base}{SCRIPT}")).map_err(|_| Failure::Network)?);
    let reply = Promise::new(&mut |resolve: Function, reject: Function| {
        running.0.set_onmessage(Some(&resolve));
        running.0.set_onerror(Some(&reject));
    });
    running
        .0
        .post_message(&Uint8Array::from(order.as_slice()))
        .map_err(|_| Failure::Broken)?;
    // What fails before the worker can say anything is that its files did not come.
    let event: MessageEvent = JsFuture::from(reply)
        .await
        .map_err(|_| Failure::Network)?
        .unchecked_into();
    match event.data().dyn_into::<Uint8Array>() {
        Ok(bytes) => Ok(bytes.to_vec()),
        Err(word) => Err(Failure::from_word(&word.as_string().unwrap_or_default())),
    }
}

/// The family of the font that [`show_font`] gives the page.
pub const FAMILY: &str = "Gongke Certificate";

/// Gives the page the font of a sheet, the product of [`crate::order::Product::Font`]; from then
/// on the sheet on the page, and on paper, has the very glyphs of the PDF.
pub async fn show_font(product: &[u8]) -> Result<(), Failure> {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or(Failure::Broken)?;
    let data = Uint8Array::from(product);
    let face = FontFace::new_with_array_buffer_view(FAMILY, &data).map_err(|_| Failure::Broken)?;
    let loaded = face.load().map_err(|_| Failure::Broken)?;
    JsFuture::from(loaded).await.map_err(|_| Failure::Broken)?;
    document.fonts().add(&face).map_err(|_| Failure::Broken)?;
    Ok(())
}
