//! Tells whether anything that a build depends on has changed since it was made.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// A hash over names and contents of files. Good within one toolchain, which is enough: a new
/// toolchain means a new build anyway.
pub(crate) fn of(root: &Path, inputs: &[&str], extra: &[String]) -> Result<String> {
    let mut files = Vec::new();
    for input in inputs {
        collect(&root.join(input), &mut files)?;
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    extra.hash(&mut hasher);
    for file in files {
        file.strip_prefix(root).unwrap_or(&file).hash(&mut hasher);
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        bytes.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Whether the note at `path` holds this fingerprint.
pub(crate) fn matches(path: &Path, fingerprint: &str) -> bool {
    fs::read_to_string(path).is_ok_and(|noted| noted == fingerprint)
}

/// Leaves the fingerprint for the next time; call it when the build has succeeded.
pub(crate) fn note(path: &Path, fingerprint: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, fingerprint).with_context(|| format!("cannot write {}", path.display()))
}

/// Every file at or below `path`, hidden ones and what is not there left out.
pub(crate) fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        files.push(path.to_path_buf());
    } else if path.is_dir() {
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            if !entry.file_name().to_string_lossy().starts_with('.') {
                collect(&entry.path(), files)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    #[test]
    fn a_fingerprint_changes_with_names_and_contents_and_only_with_them() {
        let folder =
            std::env::temp_dir().join(format!("gongke-fingerprint-{}", std::process::id()));
        fs::create_dir_all(folder.join("src")).unwrap();
        fs::write(folder.join("src/a.rs"), "one").unwrap();
        let print = || super::of(&folder, &["src", "absent"], &[]).unwrap();
        let first = print();
        fs::write(folder.join("src/a.rs"), "one").unwrap();
        assert_eq!(print(), first, "written anew with the same content");
        fs::write(folder.join("src/a.rs"), "two").unwrap();
        let second = print();
        assert_ne!(second, first, "another content");
        fs::rename(folder.join("src/a.rs"), folder.join("src/b.rs")).unwrap();
        assert_ne!(print(), second, "another name");
        fs::remove_dir_all(&folder).unwrap();
    }
}
