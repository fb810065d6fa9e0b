//! The fonts of slides and hand-outs.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail, ensure};

use super::tools;

/// The faces that a hand-out is set in: a file's name, the family, the style, the CSS weight.
const FACES: [(&str, &str, &str, u32); 2] = [
    ("sans.ttf", "Noto Sans CJK SC", "Regular", 400),
    ("serif.ttf", "Noto Serif CJK SC", "Bold", 700),
];

/// Drawn, and not in the text: page numbers and list marks.
const EXTRA: &str = "0123456789/.• ";

/// The font files, and a Python that has fontTools.
pub(super) struct Fonts {
    python: &'static str,
    files: Vec<PathBuf>,
}

impl Fonts {
    /// Finds them.
    ///
    /// # Errors
    /// One line that says what is missing, and how to get it.
    pub(super) fn find() -> Result<Self> {
        // A Python of one's own may come first in PATH; Debian's has what Debian installed.
        let can = |python: &&str| {
            tools::output(Command::new(python).args(["-c", "import fontTools.subset"])).is_ok()
        };
        let Some(python) = ["python3", "/usr/bin/python3"].into_iter().find(can) else {
            bail!("missing: fontTools for Python 3; on Debian: apt-get install fonttools");
        };
        let mut files = Vec::new();
        for (_, family, style, _) in FACES {
            let pattern = format!("{family}:style={style}");
            let found = Command::new("fc-match")
                .args(["-f", "%{family}\n%{file}", &pattern])
                .output()?;
            let found = String::from_utf8(found.stdout)?;
            let (name, file) = found.split_once('\n').unwrap_or_default();
            ensure!(
                name.contains(family),
                "missing: the font {family}; on Debian: apt-get install fonts-noto-cjk"
            );
            files.push(PathBuf::from(file));
        }
        Ok(Self { python, files })
    }

    /// Cuts the characters of `text` out of the faces into `work`, as TrueType; returns the CSS by
    /// which a page in that folder finds them, each under its family's own name.
    pub(super) fn cut(&self, text: &str, work: &Path) -> Result<String> {
        let script = work.join("outlines.py");
        fs::write(&script, include_str!("outlines.py"))?;
        let characters: BTreeSet<char> = text.chars().chain(EXTRA.chars()).collect();
        let list = work.join("characters.txt");
        fs::write(&list, characters.into_iter().collect::<String>())?;
        let mut css = String::new();
        for ((name, family, _, weight), file) in FACES.iter().zip(&self.files) {
            tools::output(
                Command::new(self.python)
                    .arg(&script)
                    .arg(file)
                    .arg(family)
                    .arg(&list)
                    .arg(work.join(name)),
            )?;
            css += &format!(
                "@font-face {{ font-family: \"{family}\"; font-weight: {weight}; src: url({name}); }}\n"
            );
        }
        Ok(css)
    }
}
