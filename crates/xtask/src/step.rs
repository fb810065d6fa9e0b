//! Shows what is being done: one line a step, with the seconds that it took; on long steps a
//! line now and then with the last thing that the tool said.

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

/// How often a long step says that it is still at work.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How much of a failed tool's output is shown, in lines.
const TAIL: usize = 60;

/// Runs `work` as a named step.
pub(crate) fn step<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let start = Instant::now();
    println!("» {what}");
    let done = work().with_context(|| format!("{what}: failed"))?;
    println!("  done in {:.1} s", start.elapsed().as_secs_f64());
    Ok(done)
}

/// Runs a tool with its output in `log`; on failure the end of the log is shown.
pub(crate) fn quietly(command: &mut Command, log: &Path) -> Result<()> {
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder)?;
    }
    let out = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
    let program = command.get_program().to_string_lossy().into_owned();
    let start = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(out.try_clone()?)
        .stderr(out)
        .spawn()
        .with_context(|| format!("cannot start {program}"))?;
    let mut next = HEARTBEAT;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if start.elapsed() >= next {
            println!("  {:4.0} s  {}", start.elapsed().as_secs_f64(), said(log));
            next += HEARTBEAT;
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    if !status.success() {
        bail!(
            "{program} ended with {status}; its last lines:\n{}",
            last_lines(log, TAIL)?
        );
    }
    Ok(())
}

/// The last thing that a tool said it was doing: cargo and Trunk begin such lines in upper case.
fn said(log: &Path) -> String {
    let lines = last_lines(log, TAIL).unwrap_or_default();
    let mut lines = lines.lines().rev().map(str::trim);
    let doing = lines.find(|line| line.starts_with(|c: char| c.is_ascii_uppercase()));
    doing.unwrap_or_default().to_owned()
}

/// The last `count` lines of a file that are not empty.
fn last_lines(path: &Path, count: usize) -> Result<String> {
    const WINDOW: u64 = 16 * 1024;
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(WINDOW)))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    Ok(lines[lines.len().saturating_sub(count)..].join("\n"))
}
