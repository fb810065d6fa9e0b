//! Page and worker understand each other.

use crate::support::certificate;
use contract::Certificate;
use press::order::{Failure, Order, Product};

#[test]
fn an_order_reaches_the_worker_as_it_was_given() {
    for (product, photo_url) in [
        (Product::Pdf, None),
        (Product::Font, Some("https://example.org/p.jpg")),
    ] {
        let order = Order {
            certificate: Certificate {
                photo_url: photo_url.map(str::to_owned),
                ..certificate("买买提·吐尔逊江·阿不都热合曼")
            },
            check_at: photo_url.map(str::to_owned),
            product,
        };
        let mut bytes = order.to_bytes().unwrap();
        assert_eq!(Order::from_bytes(&bytes), Ok(order));
        for length in 0..bytes.len() {
            assert_eq!(Order::from_bytes(&bytes[..length]), Err(Failure::Broken));
        }
        // From a page of another version.
        bytes[0] ^= 1;
        assert_eq!(Order::from_bytes(&bytes), Err(Failure::Broken));
    }
}

#[test]
fn what_failed_survives_as_a_word() {
    for failure in [
        Failure::Network,
        Failure::MissingGlyph('𤧛'),
        Failure::MissingGlyph(' '),
        Failure::Photo,
        Failure::Broken,
    ] {
        assert_eq!(Failure::from_word(&failure.to_word()), failure);
    }
    for odd in ["", "glyph ", "RuntimeError: unreachable"] {
        assert_eq!(Failure::from_word(odd), Failure::Broken);
    }
}
