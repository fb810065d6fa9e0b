//! The smallest file that passes for an H.264 video in a faststart MP4.

/// So long, with so many bytes of what would be media.
pub(crate) fn video(duration_ms: u32, media_bytes: usize) -> Vec<u8> {
    file(duration_ms, b"avc1", &[b"moov", b"mdat"], media_bytes)
}

/// The same with a track of sound in this codec.
pub(crate) fn with_sound(codec: &[u8; 4]) -> Vec<u8> {
    let boxes: [&[u8; 4]; 2] = [b"moov", b"mdat"];
    of(
        60_000,
        &[track(b"vmhd", b"avc1"), track(b"smhd", codec)],
        &boxes,
        10,
    )
}

/// The same with another codec, or other boxes, or another order.
pub(crate) fn file(
    duration_ms: u32,
    codec: &[u8; 4],
    boxes: &[&[u8; 4]],
    media_bytes: usize,
) -> Vec<u8> {
    of(duration_ms, &[track(b"vmhd", codec)], boxes, media_bytes)
}

fn of(duration_ms: u32, tracks: &[Vec<u8>], boxes: &[&[u8; 4]], media_bytes: usize) -> Vec<u8> {
    let mut header = vec![0; 12];
    header.extend(1000_u32.to_be_bytes());
    header.extend(duration_ms.to_be_bytes());
    header.extend([0; 80]);
    let movie = [one(b"mvhd", &header), tracks.concat()].concat();
    let media: Vec<u8> = (0..=250).cycle().take(media_bytes).collect();
    let mut file = one(b"ftyp", b"isom\0\0\0\0isomavc1");
    for kind in boxes {
        file.extend(one(kind, if *kind == b"moov" { &movie } else { &media }));
    }
    file
}

/// A track with this media header and codec.
fn track(header: &[u8; 4], codec: &[u8; 4]) -> Vec<u8> {
    let mut entries = vec![0, 0, 0, 0, 0, 0, 0, 1];
    entries.extend(one(codec, &[0; 78]));
    let table = one(b"stbl", &one(b"stsd", &entries));
    let media = one(b"minf", &[one(header, &[0; 8]), table].concat());
    one(b"trak", &one(b"mdia", &media))
}

fn one(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len() + 8).unwrap();
    [&length.to_be_bytes(), kind.as_slice(), content].concat()
}
