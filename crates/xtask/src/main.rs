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
mod house;
mod run;
mod step;
mod tidy;
mod tools;

use std::process::ExitCode;

const USAGE: &str = "\
The project's commands:

  cargo xtask run [--port N] [--data DIR]   build what changed and serve the app with the sample class
  cargo xtask dev [--port N] [--data DIR]   the same with hot reload
  cargo xtask tidy                          the rules of the house that a compiler does not know
";

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let command = args.next().unwrap_or_default();
    let rest: Vec<String> = args.collect();
    let done = match command.as_str() {
        "run" => run::run(&rest),
        "dev" => dev::run(&rest),
        "tidy" => tidy::run(),
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
