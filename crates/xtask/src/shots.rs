//! `shots`: a picture of every page in every state, into `target/shots`.

use anyhow::Result;

use crate::house::House;
use crate::{system, test};

/// `shots [part of a page's name…] [--width N] [--lang en]`.
pub(crate) fn run(args: &[String]) -> Result<()> {
    let house = House::find()?;
    system::ensure(&[system::CHROMIUM, system::FONT])?;
    let mut cargo = test::harness(&house, &["run", "--quiet", "--bin", "shots"])?;
    cargo.env("GONGKE_SHOTS", house.target.join("shots"));
    test::told(cargo.arg("--").args(args))
}
