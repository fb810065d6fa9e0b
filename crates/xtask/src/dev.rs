//! `dev`: Trunk serves the client and reloads it on change; the backend runs beside it.

use std::fs;
use std::net::TcpListener;

use anyhow::{Context as _, Result, bail};

use crate::backend::{self, Backend};
use crate::house::House;
use crate::run::{Options, must_be_free, on_stop, print_accounts};
use crate::tools;

pub(crate) fn run(args: &[String]) -> Result<()> {
    let house = House::find()?;
    let options = Options::parse(&house, args)?;
    must_be_free(options.port)?;
    let path = tools::ensure(&house)?;
    let program = backend::build(&house, "dev")?;
    // Its own folder: a debug client must never be taken for the release one.
    let site = house.target.join("site-dev");
    fs::create_dir_all(&site)?;
    let stop = on_stop()?;
    let api_port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
    let mut backend = Backend::start(&program, &options.data, &site, api_port, &house.sample())?;
    print_accounts(&house, &program)?;
    let mut trunk = house
        .command("trunk")
        .args([
            "serve",
            "--address",
            "127.0.0.1",
            "--port",
            &options.port.to_string(),
        ])
        .arg(format!("--proxy-backend={}/api/", backend.url))
        .arg("--dist")
        .arg(&site)
        .env("PATH", path)
        .env_remove("NO_COLOR")
        .spawn()
        .context("cannot start trunk")?;
    while !stop.load(std::sync::atomic::Ordering::SeqCst) {
        if let Some(status) = trunk.try_wait()? {
            bail!("trunk ended with {status}");
        }
        if let Some(status) = backend.ended()? {
            trunk.kill()?;
            bail!("the backend ended with {status}");
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    trunk.kill().ok();
    trunk.wait()?;
    Ok(())
}
