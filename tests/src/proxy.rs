//! A proxy between browser and backend that fails in the ways that networks fail. It counts what
//! it did, so that a test can show that its fault happened.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, Result};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::sleep;

/// Longest head of a request, in bytes.
const HEAD: usize = 64 * 1024;

/// What befalls a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The connection breaks before the request goes anywhere.
    Refuse,
    /// The request waits so long before it goes on.
    Delay(Duration),
    /// The backend does what it was asked at once, and the reply waits so long on its way.
    DelayReply(Duration),
    /// The backend never sees it; this status comes back without a body.
    Status(u16),
    /// The backend never sees it; a wireless network's sign-in page comes back with 200.
    Portal,
    /// The backend does what it was asked, and the reply is lost.
    LoseReply,
    /// The backend does what it was asked, and the reply breaks off in its middle.
    Truncate,
}

struct Rule {
    method: Option<String>,
    path: String,
    fault: Fault,
    happened: usize,
}

#[derive(Default)]
struct State {
    rules: Vec<Rule>,
    seen: Vec<String>,
}

/// The proxy; gone when dropped.
pub struct FaultProxy {
    port: u16,
    state: Arc<Mutex<State>>,
    accepting: JoinHandle<()>,
}

impl FaultProxy {
    /// A proxy before `127.0.0.1:backend` that lets everything through.
    pub async fn start(backend: u16) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        let accepting = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let state = Arc::clone(&shared);
                // A connection that breaks is what this proxy is for.
                tokio::spawn(async move { serve(client, backend, &state).await.ok() });
            }
        });
        Ok(Self {
            port,
            state,
            accepting,
        })
    }

    /// What the browser asks instead of the backend.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// From now on `fault` befalls requests of that method (any, if empty) whose path contains
    /// `path`. The newest rule that fits wins.
    pub fn fail(&self, method: &str, path: &str, fault: Fault) {
        let method = (!method.is_empty()).then(|| method.to_owned());
        let rule = Rule {
            method,
            path: path.to_owned(),
            fault,
            happened: 0,
        };
        self.lock().rules.push(rule);
    }

    /// Lets everything through again. The counts stay.
    pub fn heal(&self) {
        for rule in &mut self.lock().rules {
            rule.path = "\0".to_owned();
        }
    }

    /// How often faults have happened.
    pub fn happened(&self) -> usize {
        self.lock().rules.iter().map(|rule| rule.happened).sum()
    }

    /// How many requests of that method, with `path` in their path, came by.
    pub fn seen(&self, method: &str, path: &str) -> usize {
        let state = self.lock();
        let seen = state.seen.iter().filter(|line| {
            line.split_once(' ')
                .is_some_and(|(m, p)| (method.is_empty() || m == method) && p.contains(path))
        });
        seen.count()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One request and its reply; then the connection closes, which keeps this simple and is allowed.
async fn serve(mut client: TcpStream, backend: u16, state: &Mutex<State>) -> Result<()> {
    let (head, body) = read_head(&mut client).await?;
    let (line, headers) = head.split_once("\r\n").context("no request line")?;
    let mut words = line.split(' ');
    let method = words.next().unwrap_or_default().to_owned();
    let path = words.next().unwrap_or_default().to_owned();
    match judge(state, &method, &path) {
        Some(Fault::Refuse) => Ok(()),
        Some(Fault::Status(status)) => {
            read_body(&mut client, headers, body).await?;
            let reply = format!(
                "HTTP/1.1 {status} Fault\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            );
            client.write_all(reply.as_bytes()).await?;
            Ok(client.shutdown().await?)
        }
        Some(Fault::Portal) => {
            read_body(&mut client, headers, body).await?;
            let page = "<!DOCTYPE html><title>WLAN</title><form>Sign in to this network</form>";
            let reply = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{page}",
                page.len()
            );
            client.write_all(reply.as_bytes()).await?;
            Ok(client.shutdown().await?)
        }
        Some(Fault::Delay(time)) => {
            sleep(time).await;
            forward(client, backend, line, headers, body, Reply::Whole).await
        }
        Some(Fault::DelayReply(time)) => {
            forward(client, backend, line, headers, body, Reply::After(time)).await
        }
        Some(Fault::LoseReply) => forward(client, backend, line, headers, body, Reply::Lost).await,
        Some(Fault::Truncate) => forward(client, backend, line, headers, body, Reply::Half).await,
        None => forward(client, backend, line, headers, body, Reply::Whole).await,
    }
}

fn judge(state: &Mutex<State>, method: &str, path: &str) -> Option<Fault> {
    let mut state = lock(state);
    state.seen.push(format!("{method} {path}"));
    let mut rules = state.rules.iter_mut().rev();
    let rule = rules.find(|rule| {
        path.contains(&rule.path) && rule.method.as_deref().is_none_or(|wanted| wanted == method)
    })?;
    rule.happened += 1;
    Some(rule.fault)
}

#[derive(PartialEq)]
enum Reply {
    Whole,
    After(Duration),
    Half,
    Lost,
}

async fn forward(
    mut client: TcpStream,
    backend: u16,
    line: &str,
    headers: &str,
    body: Vec<u8>,
    reply: Reply,
) -> Result<()> {
    let mut server = TcpStream::connect(("127.0.0.1", backend)).await?;
    let kept: Vec<&str> = headers
        .split("\r\n")
        .filter(|header| !header.is_empty() && header_value(header, "connection").is_none())
        .collect();
    let head = format!(
        "{line}\r\n{}\r\nconnection: close\r\n\r\n",
        kept.join("\r\n")
    );
    let body = read_body(&mut client, headers, body).await?;
    server.write_all(head.as_bytes()).await?;
    server.write_all(&body).await?;
    if reply == Reply::Whole {
        tokio::io::copy_bidirectional(&mut client, &mut server).await?;
        return Ok(());
    }
    let mut whole = Vec::new();
    server.read_to_end(&mut whole).await?;
    if let Reply::After(time) = reply {
        sleep(time).await;
        client.write_all(&whole).await?;
    }
    if reply == Reply::Half {
        let start = whole
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .unwrap_or(0)
            + 4;
        let half = start + whole.len().saturating_sub(start) / 2;
        client.write_all(&whole[..half.min(whole.len())]).await?;
    }
    Ok(())
}

/// The head up to its empty line, and what came of the body with it.
async fn read_head(client: &mut TcpStream) -> Result<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let body = bytes.split_off(end + 4);
            bytes.truncate(end);
            return Ok((String::from_utf8(bytes)?, body));
        }
        anyhow::ensure!(bytes.len() < HEAD, "the head of a request is too long");
        let read = client.read_buf(&mut bytes).await?;
        anyhow::ensure!(read > 0, "closed before a request");
    }
}

/// The whole body, of which `begun` has come already.
async fn read_body(client: &mut TcpStream, headers: &str, mut begun: Vec<u8>) -> Result<Vec<u8>> {
    let length = headers
        .split("\r\n")
        .find_map(|header| header_value(header, "content-length"))
        .and_then(|value| value.parse().ok())
        .unwrap_or(0);
    while begun.len() < length {
        let read = client.read_buf(&mut begun).await?;
        anyhow::ensure!(read > 0, "closed in the middle of a request");
    }
    Ok(begun)
}

fn header_value<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    let (found, value) = header.split_once(':')?;
    found.eq_ignore_ascii_case(name).then(|| value.trim())
}
