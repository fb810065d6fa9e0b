//! The PDF holds what the sheet says, for machines as for eyes. Poppler's tools are the judges.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use crate::support::{NAMES, Site, certificate, no_pictures, seal, sheet};
use contract::Certificate;
use press::{Mark, Material, Picture, PressError, Sheet, pdf};
use proptest::prelude::*;

/// A JPEG: black at the upper left, grey at the upper right, white below.
const PHOTO: &[u8] = include_bytes!("corners.jpg");

fn print(sheet: &Sheet) -> Vec<u8> {
    let (font, _) = Site::get().font(&sheet.chars());
    let material = Material {
        font: &font,
        pictures: no_pictures(),
        photo: None,
    };
    pdf(sheet, &material).unwrap()
}

/// What one of Poppler's programs says of a PDF.
fn poppler(program: &str, options: &[&str], pdf: &[u8]) -> String {
    let file = keep(pdf);
    let output = Command::new(program)
        .args(options)
        .arg(&file)
        .args((program == "pdftotext").then_some("-"))
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}: install poppler-utils"));
    std::fs::remove_file(file).unwrap();
    assert!(
        output.stderr.is_empty(),
        "{program}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// Writes a PDF to a file of its own.
fn keep(pdf: &[u8]) -> PathBuf {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!(
        "{}-{}.pdf",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&file, pdf).unwrap();
    file
}

fn text(pdf: &[u8]) -> String {
    poppler("pdftotext", &[], pdf)
}

#[test]
fn the_text_of_the_pdf_holds_name_number_class_hours_and_date() {
    for name in NAMES {
        let certificate = certificate(name);
        let text = text(&print(&sheet(&certificate)));
        for words in [
            name,
            &certificate.number,
            &certificate.class_title,
            &certificate.title,
            "32 学时",
            "2026年11月22日",
            "省级工会培训主管部门（盖章）",
            &certificate.supervisor,
        ] {
            assert!(text.contains(words), "{name}: {words} is not in\n{text}");
        }
    }
}

#[test]
fn the_paragraph_can_be_copied_as_it_was_written() {
    for name in NAMES {
        let certificate = certificate(name);
        let text = text(&print(&sheet(&certificate)));
        let strip = |text: &str| text.replace([' ', '\n'], "");
        assert!(strip(&text).contains(&strip(&certificate.body)), "{text}");
    }
}

#[test]
fn the_same_certificate_is_the_same_bytes() {
    let certificate = Certificate {
        photo_url: Some("photo.jpg".into()),
        ..certificate("张𬭎")
    };
    let print = || {
        let sheet = sheet(&certificate);
        let (font, _) = Site::get().font(&sheet.chars());
        let photo = Some(PHOTO);
        let pictures = no_pictures();
        pdf(
            &sheet,
            &Material {
                font: &font,
                pictures,
                photo,
            },
        )
        .unwrap()
    };
    assert_eq!(print(), print());
}

#[test]
fn the_font_is_inside_and_the_document_says_what_it_is() {
    let certificate = certificate("王建国");
    let pdf = print(&sheet(&certificate));
    let fonts = poppler("pdffonts", &[], &pdf);
    let row = fonts.lines().nth(2).unwrap();
    assert!(
        row.contains("+LXGWWenKai-Regular") && row.contains("Identity-H"),
        "{fonts}"
    );
    // Embedded, a subset, with a map to Unicode.
    assert!(row.contains("yes yes yes"), "{fonts}");
    assert_eq!(fonts.lines().count(), 3, "{fonts}");
    let info = poppler("pdfinfo", &["-isodates"], &pdf);
    for words in [
        "工会干部上岗资格培训证书 王建国",
        "中国工会网络培训学院、浙江省总工会组织部",
        "2026-11-22T00:00:00+08",
        "Tagged:          yes",
        "Pages:           1",
        "841.89 x 595.276 pts (A4)",
    ] {
        assert!(info.contains(words), "{words} is not in\n{info}");
    }
    let tree = poppler("pdfinfo", &["-struct-text"], &pdf);
    let paragraph = certificate.body.replace(' ', "");
    assert!(
        tree.contains("H1 (block)\n    \"工会干部上岗资格培训证书\""),
        "{tree}"
    );
    assert!(tree.replace(' ', "").contains(&paragraph), "{tree}");
    assert_eq!(tree.matches("Figure:").count(), 2, "{tree}");
    let file = String::from_utf8_lossy(&pdf);
    assert!(file.contains("/Lang(zh-CN)"));
    // What a seal shows, in words: UTF-16 in hexadecimal.
    let words = "印章：中国工会网络培训学院".encode_utf16();
    let words: String = words.map(|unit| format!("{unit:04X}")).collect();
    assert!(file.contains(&format!("/Alt<FEFF{words}>")));
}

#[test]
fn qpdf_finds_no_fault() {
    let sheet = sheet(&certificate("张𬭎"));
    let file = keep(&print(&sheet));
    let output = Command::new("qpdf")
        .arg("--check")
        .arg(&file)
        .output()
        .unwrap_or_else(|error| panic!("qpdf: {error}: install qpdf"));
    std::fs::remove_file(file).unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    assert!(
        said.contains("No syntax or stream encoding errors found"),
        "{said}"
    );
}

#[test]
fn seals_are_outlines_and_leave_no_stray_text() {
    let certificate = Certificate {
        seals: vec![seal("甲乙丙丁戊己庚辛", "盖章")],
        ..certificate("王建国")
    };
    let text = text(&print(&sheet(&certificate)));
    assert!(!text.contains(['甲', '乙', '丙', '丁', '戊']), "{text}");
}

/// U+2FFFF is no character, and in no font.
const NO_CHARACTER: char = '\u{2FFFF}';

#[test]
fn a_character_that_nothing_can_draw_is_named_with_its_code_point() {
    let sheet = sheet(&certificate("王\u{2FFFF}"));
    let (font, _) = Site::get().font(&sheet.chars());
    let material = Material {
        font: &font,
        pictures: no_pictures(),
        photo: None,
    };
    let error = pdf(&sheet, &material).unwrap_err();
    assert_eq!(error, PressError::MissingGlyph(NO_CHARACTER));
    assert!(error.to_string().contains("U+2FFFF"));
}

#[test]
fn a_character_that_has_only_a_picture_is_drawn_and_stays_that_character() {
    // One that the font has, but that we do not fetch.
    let certificate = Certificate {
        seals: vec![seal("龘龘", "盖章")],
        ..certificate("王龘")
    };
    let sheet = sheet(&certificate);
    let chars: Vec<char> = sheet
        .chars()
        .into_iter()
        .filter(|&char| char != '龘')
        .collect();
    let (font, _) = Site::get().font(&chars);
    assert!(!font.has('龘'));
    let picture = Picture {
        side: 8,
        ink: vec![255; 64],
    };
    let pictures = BTreeMap::from([('龘', picture)]);
    let material = Material {
        font: &font,
        pictures: &pictures,
        photo: None,
    };
    let pdf = pdf(&sheet, &material).unwrap();
    assert!(text(&pdf).contains("王龘"));
    let images = poppler("pdfimages", &["-list"], &pdf);
    // Once in the name and twice in the seal, each with its mask.
    assert_eq!(images.lines().count() - 2, 6, "{images}");
}

#[test]
fn the_photo_goes_in_as_it_is() {
    let certificate = Certificate {
        photo_url: Some("photo.jpg".into()),
        ..certificate("王建国")
    };
    let sheet = sheet(&certificate);
    let (font, _) = Site::get().font(&sheet.chars());
    let mut material = Material {
        font: &font,
        pictures: no_pictures(),
        photo: Some(PHOTO),
    };
    let with = pdf(&sheet, &material).unwrap();
    assert!(poppler("pdfimages", &["-list"], &with).contains("jpeg"));
    assert!(with.windows(PHOTO.len()).any(|window| window == PHOTO));
    for bad in [&b"GIF89a"[..], &PHOTO[..PHOTO.len() / 8], b""] {
        material.photo = Some(bad);
        assert_eq!(pdf(&sheet, &material), Err(PressError::Photo));
    }
}

/// The photo as a camera writes it that was held otherwise.
fn turned(orientation: u8) -> Vec<u8> {
    let exif = [
        &b"\xFF\xE1\x00\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"[..],
        &[orientation, 0, 0, 0, 0, 0, 0],
    ];
    [&PHOTO[..2], &exif.concat(), &PHOTO[2..]].concat()
}

#[test]
fn a_photo_stands_upright_however_the_camera_was_held() {
    // Where black and grey come to stand: across and down, in quarters of the photo.
    let corners = [
        ((1, 1), (3, 1)),
        ((3, 1), (1, 1)),
        ((3, 3), (1, 3)),
        ((1, 3), (3, 3)),
        ((1, 1), (1, 3)),
        ((3, 1), (3, 3)),
        ((3, 3), (3, 1)),
        ((1, 3), (1, 1)),
    ];
    let certificate = Certificate {
        photo_url: Some("photo.jpg".into()),
        ..certificate("王建国")
    };
    let sheet = sheet(&certificate);
    let (font, _) = Site::get().font(&sheet.chars());
    let marks = sheet.parts.iter().flat_map(|part| &part.marks);
    let mut frames = marks.filter_map(|mark| match mark {
        Mark::Photo(rect) => Some(*rect),
        _ => None,
    });
    let frame = frames.next().unwrap();
    for (orientation, (black, grey)) in (1..).zip(corners) {
        let photo = turned(orientation);
        let material = Material {
            font: &font,
            pictures: no_pictures(),
            photo: Some(&photo),
        };
        let picture = rendered(&pdf(&sheet, &material).unwrap());
        let at = |(across, down): (i32, i32)| {
            picture(
                frame.x + frame.width * across / 4,
                frame.y + frame.height * down / 4,
            )
        };
        assert!(at(black) < 30, "{orientation}: {}", at(black));
        assert!((80..130).contains(&at(grey)), "{orientation}: {}", at(grey));
    }
}

/// The page as Poppler draws it: how bright it is at a place, in micrometres.
fn rendered(pdf: &[u8]) -> impl Fn(i32, i32) -> u8 + use<> {
    let file = keep(pdf);
    let output = Command::new("pdftoppm")
        .args(["-gray", "-r", "50.8"])
        .arg(&file)
        .output()
        .unwrap_or_else(|error| panic!("pdftoppm: {error}: install poppler-utils"));
    std::fs::remove_file(file).unwrap();
    let header = output
        .stdout
        .splitn(4, |&byte| byte == b'\n')
        .take(3)
        .collect::<Vec<_>>();
    let size = String::from_utf8(header[1].to_vec()).unwrap();
    let width: usize = size.split(' ').next().unwrap().parse().unwrap();
    let start: usize = header.iter().map(|line| line.len() + 1).sum();
    // Two pixels to the millimetre.
    let pixel = |um: i32| usize::try_from(um / 500).unwrap();
    move |x, y| output.stdout[start + pixel(y) * width + pixel(x)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_that_pretend_to_be_a_photo_bring_it_down(
        rest in prop::collection::vec(prop_oneof![Just(0xFF), Just(0xC0), any::<u8>()], 0..60)
    ) {
        let sheet = sheet(&certificate(""));
        let (font, _) = Site::get().font(&[]);
        let photo = [&[0xFF, 0xD8], &rest[..]].concat();
        let material = Material { font: &font, pictures: no_pictures(), photo: Some(&photo) };
        // The photo is read after the characters, so they must be there or have pictures.
        let pictures = sheet.chars().into_iter().map(|char| (char, Picture { side: 1, ink: vec![0] })).collect();
        let _ = pdf(&sheet, &Material { pictures: &pictures, ..material });
    }
}

#[test]
fn a_name_of_any_length_comes_out_whole() {
    let part = "古丽巴哈尔·";
    for times in 1..12 {
        let name = part.repeat(times);
        let name = name.trim_end_matches('·');
        let text = text(&print(&sheet(&certificate(name)))).replace('\n', "");
        assert!(text.contains(name), "{text}");
    }
}

#[test]
fn what_is_drawn_is_what_the_sheet_says() {
    let sheet = sheet(&certificate("王建国"));
    // Boxes of lines that Poppler finds, against the sheet's runs.
    let bbox = poppler("pdftotext", &["-bbox-layout"], &print(&sheet));
    let title = sheet
        .parts
        .iter()
        .flat_map(|part| &part.marks)
        .find_map(|mark| match mark {
            Mark::Text(run) => Some(run),
            _ => None,
        })
        .unwrap();
    let line = bbox.lines().find(|line| line.contains("<line")).unwrap();
    let edge = |name: &str| -> f64 {
        let from = line.find(name).unwrap() + name.len() + 2;
        line[from..].split('"').next().unwrap().parse().unwrap()
    };
    let points = |um: i32| f64::from(um) * 72.0 / 25_400.0;
    assert!((edge("xMin") - points(title.x)).abs() < 0.05, "{line}");
    assert!(
        (edge("xMax") - points(title.x + title.width)).abs() < 0.05,
        "{line}"
    );
}
