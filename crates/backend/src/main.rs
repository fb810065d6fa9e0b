//! `gongke-backend`: serves, loads class folders, prints the OpenAPI document.

mod cli;

use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use backend::{App, Clock, Db, Settings, loader};
use cli::{Command, USAGE, parse};
use tokio::net::TcpListener;

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env()
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,sqlx=warn")),
        )
        .init();
    let done = parse(std::env::args_os().skip(1))
        .map_err(|error| format!("{error}\n\n{USAGE}"))
        .and_then(run);
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<(), String> {
    match command {
        Command::Help => print(USAGE),
        Command::OpenApi => print(backend::document().trim_end()),
        Command::Accounts { folder } => print(&accounts(&folder)?),
        Command::Load { folder, data } => block_on(async {
            let db = open(&data).await?;
            load(&db, &data.join("media"), &folder).await?;
            db.close().await;
            Ok(())
        }),
        Command::Serve {
            settings,
            address,
            load,
        } => block_on(serve(settings, address, load)),
    }
}

fn block_on(work: impl Future<Output = Result<(), String>>) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    runtime.map_err(|error| error.to_string())?.block_on(work)
}

async fn serve(
    settings: Settings,
    address: SocketAddr,
    folder: Option<PathBuf>,
) -> Result<(), String> {
    let db = open(&settings.data).await?;
    if let Some(folder) = folder
        && !loader::holds_a_class(&db)
            .await
            .map_err(|error| error.to_string())?
    {
        load(&db, &settings.media_dir(), &folder).await?;
    }
    let listener = TcpListener::bind(address)
        .await
        .map_err(|error| format!("{address}: {error}"))?;
    let bound = listener.local_addr().map_err(|error| error.to_string())?;
    let stop = stop_signal()?;
    print(&format!("ready http://{bound}"))?;
    let app = App::new(settings, db, Clock::system());
    backend::serve(app, listener, stop)
        .await
        .map_err(|error| error.to_string())
}

/// Done at SIGTERM or SIGINT.
fn stop_signal() -> Result<impl Future<Output = ()> + Send + 'static, String> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).map_err(|error| error.to_string())?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(|error| error.to_string())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

async fn open(data: &Path) -> Result<Db, String> {
    std::fs::create_dir_all(data).map_err(|error| format!("{}: {error}", data.display()))?;
    let opened = match std::env::var("DATABASE_URL") {
        Ok(url) => Db::open(&url).await,
        Err(_) => Db::open_file(&data.join("gongke.sqlite")).await,
    };
    opened.map_err(|error| format!("the database cannot be opened: {error}"))
}

async fn load(db: &Db, media_dir: &Path, folder: &Path) -> Result<(), String> {
    let loaded = loader::load(db, &Clock::system(), media_dir, folder).await;
    let loaded = loaded.map_err(|error| format!("{}:\n{error}", folder.display()))?;
    tracing::info!(
        courses = loaded.courses,
        lessons = loaded.lessons,
        questions = loaded.questions,
        accounts = loaded.accounts,
        "class folder loaded"
    );
    Ok(())
}

fn accounts(folder: &Path) -> Result<String, String> {
    let accounts = loader::accounts(folder).map_err(|complaints| {
        complaints
            .iter()
            .map(|complaint| format!("{complaint}\n"))
            .collect::<String>()
    })?;
    let line = |account: &loader::Account| {
        let note = account.note.as_deref().unwrap_or_default();
        format!(
            "{}  {}  {}  {note}",
            account.username, account.password, account.name
        )
    };
    Ok(accounts.iter().map(line).collect::<Vec<_>>().join("\n"))
}

fn print(text: &str) -> Result<(), String> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}")
        .and_then(|()| out.flush())
        .map_err(|error| error.to_string())
}
