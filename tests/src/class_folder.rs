//! A changed copy of the sample class, for tests that need it shorter.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use tempfile::TempDir;
use toml::{Table, Value};

use crate::places;

/// A class folder of one test; gone when dropped.
pub struct ClassFolder {
    folder: TempDir,
}

impl ClassFolder {
    /// The sample class as it is, in a folder of its own.
    pub fn sample() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("gongke-class-").tempdir()?;
        copy(&places::sample(), folder.path())?;
        Ok(Self { folder })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// With another exam time, such as `20s`, and no grace beyond `1s`.
    pub fn exam_time(self, duration: &str) -> Result<Self> {
        self.change("class.toml", |class| {
            let exam = table(class, "exam")?;
            exam.insert("duration".to_owned(), duration.into());
            exam.insert("grace".to_owned(), "1s".into());
            Ok(())
        })
    }

    /// With the first `count` courses only, the hours that the class needs lowered with them.
    pub fn courses(self, count: usize) -> Result<Self> {
        let courses = self.path().join("courses");
        let mut folders: Vec<_> = fs::read_dir(&courses)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        folders.sort();
        for folder in folders.split_off(count.min(folders.len())) {
            fs::remove_dir_all(folder)?;
        }
        let mut ids = Vec::new();
        let mut hours = 0;
        for folder in folders {
            let course: Table = toml::from_str(&fs::read_to_string(folder.join("course.toml"))?)?;
            hours += course
                .get("hours")
                .and_then(Value::as_integer)
                .unwrap_or_default();
            ids.extend(course.get("id").and_then(Value::as_str).map(str::to_owned));
        }
        let changed = self.change("class.toml", |class| {
            class.insert("hours_needed".to_owned(), hours.into());
            Ok(())
        })?;
        changed.change("accounts.toml", |accounts| {
            let accounts = accounts.get_mut("account").and_then(Value::as_array_mut);
            for account in accounts.context("no accounts")? {
                if let Some(granted) = account.get_mut("granted").and_then(Value::as_array_mut) {
                    granted.retain(|id| ids.iter().any(|kept| id.as_str() == Some(kept)));
                }
            }
            Ok(())
        })
    }

    fn change(self, file: &str, change: impl FnOnce(&mut Table) -> Result<()>) -> Result<Self> {
        let path = self.path().join(file);
        let mut content: Table = toml::from_str(&fs::read_to_string(&path)?)?;
        change(&mut content)?;
        fs::write(path, toml::to_string(&content)?)?;
        Ok(self)
    }
}

fn table<'a>(within: &'a mut Table, name: &str) -> Result<&'a mut Table> {
    let found = within.get_mut(name).and_then(Value::as_table_mut);
    found.with_context(|| format!("no [{name}]"))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
