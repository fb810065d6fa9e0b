//! `run`: the whole app from one port, with the sample class on the first start.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::backend::{self, Backend};
use crate::client;
use crate::house::House;

/// What `run` and `dev` take.
pub(crate) struct Options {
    pub(crate) port: u16,
    pub(crate) data: PathBuf,
}

impl Options {
    pub(crate) fn parse(house: &House, args: &[String]) -> Result<Self> {
        let mut options = Self {
            port: 8080,
            data: house.root.join("data"),
        };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let mut value = || args.next().with_context(|| format!("{arg} needs a value"));
            match arg.as_str() {
                "--port" => {
                    options.port = value()?
                        .parse()
                        .context("--port needs a number up to 65535")?;
                }
                "--data" => options.data = std::env::current_dir()?.join(value()?),
                other => bail!("unknown option `{other}`; there are --port N and --data DIR"),
            }
        }
        Ok(options)
    }
}

pub(crate) fn run(args: &[String]) -> Result<()> {
    let house = House::find()?;
    let options = Options::parse(&house, args)?;
    must_be_free(options.port)?;
    let site = client::build(&house)?;
    let program = backend::build(&house, "server")?;
    let stop = on_stop()?;
    let mut backend = Backend::start(
        &program,
        &options.data,
        &site,
        options.port,
        &house.sample(),
    )?;
    println!("ready {}", backend.url);
    print_accounts(&house, &program)?;
    println!("Ctrl-C stops it.");
    wait(&stop, &mut backend)
}

pub(crate) fn must_be_free(port: u16) -> Result<()> {
    if TcpListener::bind(("127.0.0.1", port)).is_err() {
        bail!(
            "port {port} is in use by another program: stop that one, or choose another with --port N"
        );
    }
    Ok(())
}

/// The sample accounts, as the backend tells them.
pub(crate) fn print_accounts(house: &House, program: &Path) -> Result<()> {
    let output = house
        .command(program)
        .arg("accounts")
        .arg(house.sample())
        .output()?;
    print!("{}", String::from_utf8_lossy(&output.stdout));
    Ok(())
}

/// A flag that Ctrl-C or SIGTERM raises.
pub(crate) fn on_stop() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let raise = Arc::clone(&stop);
    ctrlc::set_handler(move || raise.store(true, Ordering::SeqCst))?;
    Ok(stop)
}

/// Until someone stops us, or the backend ends by itself.
pub(crate) fn wait(stop: &AtomicBool, backend: &mut Backend) -> Result<()> {
    while !stop.load(Ordering::SeqCst) {
        if let Some(status) = backend.ended()? {
            bail!("the backend ended with {status}");
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    println!("stopped");
    Ok(())
}
