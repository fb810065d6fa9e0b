//! Child processes that leave nothing behind.

use std::collections::HashMap;
use std::fs;
use std::net::TcpListener;
use std::process::{Child, Command};

use anyhow::{Context as _, Result};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// A child with all that it started; killed when dropped.
pub(crate) struct Tree {
    child: Child,
}

impl Tree {
    pub(crate) fn spawn(command: &mut Command) -> Result<Self> {
        let program = command.get_program().to_string_lossy().into_owned();
        let child = command
            .spawn()
            .with_context(|| format!("cannot start {program}"))?;
        Ok(Self { child })
    }

    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Kills (SIGKILL) everything that the child started, and not the child itself. Says how many
    /// processes that were.
    pub(crate) fn kill_offspring(&self) -> usize {
        let pids = offspring(self.child.id());
        for &pid in &pids {
            kill_now(pid);
        }
        pids.len()
    }

    /// Kills (SIGKILL) the child, and waits until it is gone.
    pub(crate) fn kill(&mut self) -> Result<()> {
        kill_now(self.child.id());
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        // Listed before the child goes: its orphans could not be found any more.
        self.kill_offspring();
        self.kill().ok();
    }
}

fn kill_now(pid: u32) {
    if let Ok(pid) = i32::try_from(pid) {
        kill(Pid::from_raw(pid), Signal::SIGKILL).ok();
    }
}

/// Children, and theirs, parents first.
fn offspring(root: u32) -> Vec<u32> {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Ok(pid) = entry.file_name().to_string_lossy().parse::<u32>() else {
            continue;
        };
        // The second field is the program's name in parentheses, and may hold blanks.
        let stat = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        let parent = stat
            .rsplit(") ")
            .next()
            .and_then(|rest| rest.split(' ').nth(1)?.parse().ok());
        if let Some(parent) = parent {
            children.entry(parent).or_default().push(pid);
        }
    }
    let mut found = vec![root];
    let mut at = 0;
    while at < found.len() {
        let next = children.remove(&found[at]).unwrap_or_default();
        found.extend(next);
        at += 1;
    }
    found.remove(0);
    found
}

/// A port that nobody has now.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
