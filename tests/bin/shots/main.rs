//! Takes a picture of every page in every state, in four sizes: `cargo xtask shots`.
#![expect(clippy::print_stdout, reason = "it says what it took")]

mod exam;
mod scenes;
mod studio;

use anyhow::{Context as _, Result, bail};

use studio::{Options, SIZES};

#[tokio::main]
async fn main() -> Result<()> {
    let options = parse(std::env::args().skip(1))?;
    let start = std::time::Instant::now();
    let mut taken = 0;
    for person in scenes::PEOPLE {
        taken += scenes::of(person, &options)
            .await
            .with_context(|| format!("the pages of {person}"))?;
    }
    if taken == 0 {
        bail!("no scene has such a name; all of them: {}", scenes::names());
    }
    let seconds = start.elapsed().as_secs();
    println!(
        "{taken} pictures in {}, {seconds} s",
        options.folder.display()
    );
    Ok(())
}

/// `[part of a scene's name…] [--width N] [--lang en] [--fold]`.
fn parse(args: impl Iterator<Item = String>) -> Result<Options> {
    let mut options = Options {
        wanted: Vec::new(),
        sizes: SIZES.to_vec(),
        language: "zh-CN",
        whole: true,
        folder: match std::env::var_os("GONGKE_SHOTS") {
            Some(folder) => folder.into(),
            None => harness::target()?.join("shots"),
        },
    };
    let mut args = args;
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--width" => {
                let width: u32 = args.next().context("--width needs a number")?.parse()?;
                options.sizes.retain(|(known, _)| *known == width);
                if options.sizes.is_empty() {
                    bail!(
                        "there are the widths {}",
                        SIZES.map(|(w, _)| w.to_string()).join(", ")
                    );
                }
            }
            "--lang" => {
                options.language = match args.next().as_deref() {
                    Some("en") => "en",
                    Some("zh-CN" | "zh") => "zh-CN",
                    _ => bail!("--lang is zh-CN or en"),
                };
            }
            "--fold" => options.whole = false,
            other if other.starts_with('-') => {
                bail!("unknown option {other}; there are --width N, --lang zh-CN|en, --fold")
            }
            name => options.wanted.push(name.to_owned()),
        }
    }
    Ok(options)
}
