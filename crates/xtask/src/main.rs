//! The project's commands: `cargo xtask` lists them.
#![expect(
    clippy::print_stdout,
    reason = "this is a command-line program: its output is what it is for"
)]

mod backend;
mod client;
mod compress;
mod dev;
mod fingerprint;
mod fonts;
mod house;
mod run;
mod sample;
mod shots;
mod size;
mod split;
mod step;
mod system;
mod test;
mod tidy;
mod tools;

use std::process::ExitCode;

use crate::house::House;

const USAGE: &str = "\
The project's commands:

  cargo xtask run [--port N] [--data DIR]   build what changed and serve the app with the sample class
  cargo xtask dev [--port N] [--data DIR]   the same with hot reload
  cargo xtask test [part…] [-- words]       everything that must hold, or these parts: fmt, tidy, clippy,
                                            unit, backend, openapi, size, browser; by name only: engines
  cargo xtask tidy                          the rules of the house that a compiler does not know
  cargo xtask size                          what a cold sign-in page costs, against budget.toml
  cargo xtask shots [page…] [--width N] [--lang en]
                                            a picture of every page in every state, into target/shots
  cargo xtask sample [check]                makes (or only checks) the media of the sample class
";

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let command = args.next().unwrap_or_default();
    let rest: Vec<String> = args.collect();
    let done = match command.as_str() {
        "run" => run::run(&rest),
        "dev" => dev::run(&rest),
        "test" => test::run(&rest),
        "tidy" => House::find().and_then(|house| tidy::run(&house)),
        "size" => House::find().and_then(|house| size::run(&house)),
        "sample" => sample::run(&rest),
        "shots" => shots::run(&rest),
        "" | "help" | "--help" | "-h" => {
            print!("{USAGE}");
            Ok(())
        }
        other => Err(anyhow::anyhow!("there is no command `{other}`\n\n{USAGE}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
