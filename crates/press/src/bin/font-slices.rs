//! Cuts the font of the certificates into the slices that a site serves.
//!
//! `font-slices FONT SITE`: FONT is the folder of one style in the npm package, SITE the folder
//! under which the slices go.
#![expect(clippy::print_stdout, reason = "a command-line program")]

use std::path::Path;
use std::process::ExitCode;

use press::cut::{Cut, cut};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [font, site] = args.as_slice() else {
        eprintln!("usage: font-slices FONT SITE");
        return ExitCode::from(2);
    };
    match cut(Path::new(font), Path::new(site)) {
        Ok(Cut::UpToDate) => println!("the font slices are up to date"),
        Ok(Cut::Written { characters, files }) => {
            println!("{characters} characters in {files} files");
        }
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
