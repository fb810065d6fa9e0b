//! Files that a class folder names: checked, hashed, and copied under their hash.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::mp4;
use super::source::{At, Folder};
use crate::{files, hex};

/// A file to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Medium {
    pub(super) path: PathBuf,
    pub(super) hash: String,
    pub(super) mime: String,
    pub(super) bytes: u64,
    /// A photo is its person's; everything else is the class's.
    pub(super) personal: bool,
}

/// What a file must be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Video,
    Picture,
    Captions,
    Handout,
    Photo,
}

/// A file that was found right.
pub(super) struct Taken {
    pub(super) hash: String,
    pub(super) url: String,
    pub(super) mime: String,
    pub(super) bytes: u64,
    /// 0 if it is no video.
    pub(super) duration_ms: u64,
}

const HANDOUTS: [(&str, &str); 7] = [
    ("pdf", "application/pdf"),
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ("txt", "text/plain; charset=utf-8"),
    ("md", "text/markdown; charset=utf-8"),
    ("zip", "application/zip"),
];

const PHOTO_LIMIT: u64 = 2 * 1024 * 1024;

/// Checks the file that stands at a place, and notes it to be kept.
pub(super) fn take(folder: &Folder, at: &At<PathBuf>, kind: Kind) -> Option<Taken> {
    let parent = Path::new(&at.place.file).parent().unwrap_or(Path::new(""));
    let path = folder.root().join(parent).join(&at.value);
    let refuse = |expected: &str, found: &str| {
        let found = format!("{} which {found}", at.value.display());
        folder.complain(&at.place, expected, found);
        None
    };
    let inside = match (path.canonicalize(), folder.root().canonicalize()) {
        (Ok(path), Ok(root)) => path.starts_with(root),
        _ => return refuse("a file", "does not exist"),
    };
    if !inside || !path.is_file() {
        return refuse("a file inside the class folder", "is none");
    }
    let Ok(mut file) = File::open(&path) else {
        return refuse("a file that can be read", "cannot be read");
    };
    let mut start = [0; 16];
    let read = fill(&mut file, &mut start);
    let start = &start[..read];
    let mut duration_ms = 0;
    let (extension, mime) = match kind {
        Kind::Video => {
            let expected = "an H.264 video, its sound AAC, in a faststart MP4 file";
            match mp4::facts(&mut file) {
                Ok(Some(facts)) if !facts.h264 => return refuse(expected, "has no H.264 track"),
                Ok(Some(facts)) if facts.other_sound => {
                    return refuse(expected, "has sound that is not AAC");
                }
                Ok(Some(facts)) if !facts.faststart => {
                    return refuse(
                        expected,
                        "has its index at the end (ffmpeg -movflags +faststart)",
                    );
                }
                Ok(Some(facts)) if facts.duration_ms == 0 => {
                    return refuse(expected, "has no length");
                }
                Ok(Some(facts)) => duration_ms = facts.duration_ms,
                _ => return refuse(expected, "is no MP4 file"),
            }
            ("mp4", "video/mp4")
        }
        Kind::Picture | Kind::Photo => {
            if !start.starts_with(&[0xFF, 0xD8, 0xFF]) {
                return refuse("a JPEG picture", "is none");
            }
            ("jpg", "image/jpeg")
        }
        Kind::Captions => {
            if !start
                .strip_prefix(b"\xEF\xBB\xBF")
                .unwrap_or(start)
                .starts_with(b"WEBVTT")
            {
                return refuse("captions in WebVTT", "does not begin with WEBVTT");
            }
            ("vtt", "text/vtt; charset=utf-8")
        }
        Kind::Handout => {
            let extension = at
                .value
                .extension()
                .and_then(|ext| ext.to_str())
                .unwrap_or_default();
            match HANDOUTS
                .iter()
                .find(|(known, _)| extension.eq_ignore_ascii_case(known))
            {
                Some(("pdf", _)) if !start.starts_with(b"%PDF-") => {
                    return refuse("a PDF file", "is none");
                }
                Some(known) => *known,
                None => {
                    return refuse(
                        "a pdf, docx, pptx, xlsx, txt, md or zip file",
                        "is none of them",
                    );
                }
            }
        }
    };
    let Ok((hash, bytes)) = hash(&mut file) else {
        return refuse("a file that can be read", "cannot be read");
    };
    if kind == Kind::Photo && bytes > PHOTO_LIMIT {
        return refuse("a photo of at most 2 MiB", "is larger");
    }
    let personal = kind == Kind::Photo;
    let url = files::media::url(&hash, extension);
    folder.add_medium(Medium {
        path,
        hash: hash.clone(),
        mime: mime.to_owned(),
        bytes,
        personal,
    });
    Some(Taken {
        hash,
        url,
        mime: mime.to_owned(),
        bytes,
        duration_ms,
    })
}

/// Copies a file under its hash, unless it is there. A half-made copy never bears the name.
pub(super) fn keep(medium: &Medium, dir: &Path) -> std::io::Result<()> {
    let target = dir.join(&medium.hash);
    if target
        .metadata()
        .is_ok_and(|there| there.len() == medium.bytes)
    {
        return Ok(());
    }
    std::fs::create_dir_all(dir)?;
    let partial = dir.join(format!("{}.part-{}", medium.hash, std::process::id()));
    std::fs::copy(&medium.path, &partial)?;
    File::open(&partial)?.sync_all()?;
    std::fs::rename(&partial, &target)
}

/// Reads until the buffer is full or the file ends.
fn fill(file: &mut File, buffer: &mut [u8]) -> usize {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read(rest) {
            Ok(0) | Err(_) => break,
            Ok(read) => filled += read,
        }
    }
    filled
}

fn hash(file: &mut File) -> std::io::Result<(String, u64)> {
    file.seek(SeekFrom::Start(0))?;
    let mut hash = Sha256::new();
    let mut bytes = 0;
    let mut buffer = vec![0; 1 << 20];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok((hex(&hash.finalize()), bytes)),
            read => {
                hash.update(&buffer[..read]);
                bytes += u64::try_from(read).unwrap_or(0);
            }
        }
    }
}
