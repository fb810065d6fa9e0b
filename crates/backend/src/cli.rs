//! The command line.

use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use backend::Settings;
use lexopt::{Arg, ValueExt};

/// What `--help` prints.
pub(crate) const USAGE: &str = "\
gongke-backend serve --data DIR [options]      serve the API, and a built client
  --site DIR            the built client (default: none, API only)
  --host ADDRESS        default 127.0.0.1
  --port N              default 8080; 0 takes a free one
  --load FOLDER         load this class folder first, if the database holds no class
  --public-https        an HTTPS proxy stands in front: Secure cookie, X-Forwarded-For is trusted
  --name TEXT           name of the site
  --contact TEXT        whom to ask for help
gongke-backend load FOLDER --data DIR          load a class folder, or load it anew
gongke-backend accounts FOLDER                 print the accounts of a class folder, with passwords
gongke-backend openapi                         print the OpenAPI document

The database is DIR/gongke.sqlite, or what DATABASE_URL names (postgres://…). Logs go to stderr;
RUST_LOG sets how much.";

/// What the command line asks for.
pub(crate) enum Command {
    Serve {
        settings: Settings,
        address: SocketAddr,
        load: Option<PathBuf>,
    },
    Load {
        folder: PathBuf,
        data: PathBuf,
    },
    Accounts {
        folder: PathBuf,
    },
    OpenApi,
    Help,
}

/// Reads the arguments after the program's name.
pub(crate) fn parse(
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<Command, lexopt::Error> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let command = match parser.next()? {
        Some(Arg::Value(command)) => command.string()?,
        Some(Arg::Long("help") | Arg::Short('h')) | None => return Ok(Command::Help),
        Some(other) => return Err(other.unexpected()),
    };
    let (mut data, mut folder, mut load) = (None, None, None);
    let (mut host, mut port) = (IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);
    let mut settings = Settings::new("");
    let serve = command == "serve";
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("data") if command == "load" || serve => {
                data = Some(PathBuf::from(parser.value()?));
            }
            Arg::Long("site") if serve => settings.site = Some(parser.value()?.into()),
            Arg::Long("host") if serve => host = parser.value()?.parse()?,
            Arg::Long("port") if serve => port = parser.value()?.parse()?,
            Arg::Long("load") if serve => load = Some(PathBuf::from(parser.value()?)),
            Arg::Long("public-https") if serve => settings.public_https = true,
            Arg::Long("name") if serve => settings.name = parser.value()?.string()?,
            Arg::Long("contact") if serve => settings.help = Some(parser.value()?.string()?),
            Arg::Value(value)
                if folder.is_none() && (command == "load" || command == "accounts") =>
            {
                folder = Some(PathBuf::from(value));
            }
            Arg::Long("help") | Arg::Short('h') => return Ok(Command::Help),
            other => return Err(other.unexpected()),
        }
    }
    let data = || data.ok_or("missing option '--data DIR'");
    let folder = || folder.ok_or("missing argument FOLDER");
    match command.as_str() {
        "serve" => {
            settings.data = data()?;
            Ok(Command::Serve {
                settings,
                address: SocketAddr::new(host, port),
                load,
            })
        }
        "load" => Ok(Command::Load {
            folder: folder()?,
            data: data()?,
        }),
        "accounts" => Ok(Command::Accounts { folder: folder()? }),
        "openapi" => Ok(Command::OpenApi),
        _ => Err(format!("unknown command '{command}'").into()),
    }
}
