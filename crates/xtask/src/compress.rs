//! Compresses the built site ahead of time, so that no request pays for it.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::{Context as _, Result};

use crate::fingerprint::collect;

/// What shrinks. Pictures, video and WOFF2 are compressed already.
const SHRINKS: &[&str] = &[
    "html",
    "js",
    "mjs",
    "css",
    "json",
    "svg",
    "txt",
    "vtt",
    "wasm",
    "otf",
    "ttf",
    "bin",
    "map",
    "webmanifest",
];
/// Below this a compressed copy is not worth a lookup, in bytes.
const SMALL: usize = 200;

/// Writes `file.br` (level 11) and `file.gz` (level 9) beside every file of `site` that shrinks
/// by it. Results are kept in `cache` by content, since most files outlive many builds.
pub(crate) fn precompress(site: &Path, cache: &Path) -> Result<usize> {
    fs::create_dir_all(cache)?;
    let mut files = Vec::new();
    collect(site, &mut files)?;
    files.retain(|file| {
        file.extension()
            .and_then(|ext| ext.to_str())
            .is_some_and(|ext| SHRINKS.contains(&ext))
    });
    let count = files.len();
    let queue = Mutex::new(files);
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        let handles: Vec<_> = (0..workers)
            .map(|_| scope.spawn(|| work(&queue, cache)))
            .collect();
        handles.into_iter().try_for_each(|handle| {
            handle
                .join()
                .unwrap_or_else(|_| Err(anyhow::anyhow!("a compressing thread panicked")))
        })
    })?;
    Ok(count)
}

fn work(queue: &Mutex<Vec<PathBuf>>, cache: &Path) -> Result<()> {
    loop {
        let next = queue.lock().ok().and_then(|mut files| files.pop());
        let Some(file) = next else { return Ok(()) };
        let raw = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        if raw.len() < SMALL {
            continue;
        }
        let mut hasher = DefaultHasher::new();
        raw.hash(&mut hasher);
        let name = format!("{:016x}-{}", hasher.finish(), raw.len());
        place(&raw, &file, cache, &name, "br", brotli)?;
        place(&raw, &file, cache, &name, "gz", gzip)?;
    }
}

fn place(
    raw: &[u8],
    file: &Path,
    cache: &Path,
    name: &str,
    suffix: &str,
    pack: fn(&[u8]) -> Result<Vec<u8>>,
) -> Result<()> {
    let kept = cache.join(format!("{name}.{suffix}"));
    if !kept.exists() {
        // Written aside and renamed: a build that is stopped leaves no half file in the cache.
        let aside = cache.join(format!("{name}.{suffix}.{:?}", std::thread::current().id()));
        fs::write(&aside, pack(raw)?)?;
        fs::rename(&aside, &kept)?;
    }
    let packed = fs::read(&kept)?;
    if packed.len() < raw.len() {
        let mut beside = file.as_os_str().to_owned();
        beside.push(".");
        beside.push(suffix);
        fs::write(PathBuf::from(beside), packed)?;
    }
    Ok(())
}

/// Brotli, level 11.
pub(crate) fn brotli(raw: &[u8]) -> Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: raw.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &raw[..], &mut packed, &params)?;
    Ok(packed)
}

fn gzip(raw: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(raw)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::fs;

    #[test]
    fn text_gets_smaller_copies_and_pictures_none() {
        let folder = std::env::temp_dir().join(format!("gongke-compress-{}", std::process::id()));
        let site = folder.join("site");
        fs::create_dir_all(&site).unwrap();
        let text = "工会 ".repeat(500);
        fs::write(site.join("app.js"), &text).unwrap();
        fs::write(site.join("poster.jpg"), &text).unwrap();
        super::precompress(&site, &folder.join("cache")).unwrap();
        let br = fs::read(site.join("app.js.br")).unwrap();
        assert!(br.len() < text.len() / 10);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &br[..], &mut back).unwrap();
        assert_eq!(back, text.as_bytes());
        assert!(site.join("app.js.gz").exists());
        assert!(!site.join("poster.jpg.br").exists());
        fs::remove_dir_all(&folder).unwrap();
    }
}
