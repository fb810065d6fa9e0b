//! Writes sample sheets as SVG and PDF, to look at them; SITE is where `font-slices` has put the
//! font.
//!
//! `cargo run -p gongke-press --features pdf --example preview -- SITE OUT`
#![expect(clippy::print_stdout, reason = "tells sizes")]
#![expect(
    clippy::unwrap_used,
    reason = "a tool for the eye of whoever works on the layout"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use contract::{Certificate, Seal};
use press::font::{FOLDER, Font, INDEX, Slices};
use press::{Mark, Material, Options, Paint, Sheet, layout, pdf, svg as units};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (fonts, out) = (Path::new(&args[0]).join(FOLDER), Path::new(&args[1]));
    std::fs::create_dir_all(out).unwrap();
    let index = std::fs::read(fonts.join(INDEX)).unwrap();
    let slices = Slices::read(&index).unwrap();
    let photo = args.get(2).map(|photo| std::fs::read(photo).unwrap());
    for (name, certificate) in samples() {
        let sheet = layout(&certificate, Options::default());
        std::fs::write(out.join(format!("{name}.svg")), svg(&sheet)).unwrap();
        let chars = sheet.chars();
        let mut font = Font::new(&slices);
        let mut fetched = index.len();
        let needed = slices.needed(&chars);
        for slice in &needed {
            let file = std::fs::read(fonts.join(Slices::file(*slice))).unwrap();
            fetched += file.len();
            font.add(&file).unwrap();
        }
        std::fs::write(out.join(format!("{name}.ttf")), font.truetype(&sheet)).unwrap();
        let pictures = BTreeMap::new();
        let photo = certificate.photo_url.as_ref().and(photo.as_deref());
        let pdf = pdf(
            &sheet,
            &Material {
                font: &font,
                pictures: &pictures,
                photo,
            },
        )
        .unwrap();
        println!(
            "{name}: {} characters in {} slices, {fetched} bytes with the index ({}); PDF {} bytes",
            chars.len(),
            needed.len(),
            index.len(),
            pdf.len()
        );
        std::fs::write(out.join(format!("{name}.pdf")), pdf).unwrap();
    }
}

fn seal(text: &str, caption: &str) -> Seal {
    Seal {
        text: text.into(),
        caption: caption.into(),
    }
}

fn samples() -> Vec<(&'static str, Certificate)> {
    let one = Certificate {
        id: "c-1".into(),
        number: "网培字〔2026〕第000001号".into(),
        class_id: "fgqy-2026".into(),
        class_title: "全国非公企业工会主席上岗资格网络培训班".into(),
        title: "工会干部上岗资格培训证书".into(),
        name: "王建国".into(),
        body: "王建国 同志于 2026年1月1日 至 2026年11月22日 参加全国非公企业工会主席上岗资格网络培训班学习，修满 32 学时，经考核合格，准予上岗。特发此证。".into(),
        hours: 32,
        issued_on: "2026-11-22".into(),
        supervisor: "全国总工会统一监制".into(),
        seals: vec![
            seal("中国工会网络培训学院", "培训机构（盖章）"),
            seal("浙江省总工会组织部", "省级工会培训主管部门（盖章）"),
        ],
        photo_url: None,
    };
    let long = "买买提·吐尔逊江·阿不都热合曼";
    let named = |name: &str| Certificate {
        name: name.into(),
        body: one.body.replace("王建国", name),
        ..one.clone()
    };
    vec![
        ("plain", one.clone()),
        (
            "photo",
            Certificate {
                photo_url: Some("photo.jpg".into()),
                ..one.clone()
            },
        ),
        (
            "name",
            Certificate {
                photo_url: Some("photo.jpg".into()),
                ..named(long)
            },
        ),
        ("rare", named("𬭎㛃𤧛")),
        (
            "three",
            Certificate {
                seals: [
                    &one.seals[..],
                    &[seal(
                        "中华全国总工会干部教育培训领导小组办公室",
                        "监制单位（盖章）",
                    )],
                ]
                .concat(),
                ..named("古丽巴哈尔·阿卜杜热西提·麦麦提图尔荪·阿吉尼亚孜汗")
            },
        ),
        (
            "short",
            Certificate {
                title: "结业证书".into(),
                class_title: "基层工会财务培训班".into(),
                body: "王建国 同志参加基层工会财务培训班学习，修满 8 学时，成绩合格，准予结业。"
                    .into(),
                seals: vec![seal("省总工会干校", "主办单位（盖章）")],
                hours: 8,
                ..one.clone()
            },
        ),
        (
            "text",
            Certificate {
                body: one.body.repeat(6),
                photo_url: Some("photo.jpg".into()),
                ..one.clone()
            },
        ),
    ]
}

fn svg(sheet: &Sheet) -> String {
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" width=\"1782\" height=\"1260\" font-family=\"'LXGW WenKai','Noto Serif CJK SC'\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>",
        units(sheet.width),
        units(sheet.height)
    );
    for mark in sheet.parts.iter().flat_map(|part| &part.marks) {
        match mark {
            Mark::Text(run) => {
                let colour = run.colour.css();
                write!(text, "<text x=\"{}\" y=\"{}\" font-size=\"{}\" textLength=\"{}\" fill=\"{colour}\" stroke=\"{colour}\" stroke-width=\"{}\">{}</text>", units(run.x), units(run.y), units(run.size), units(run.width), units(run.weight), run.text).unwrap();
            }
            Mark::Arc(glyphs) => {
                for glyph in glyphs {
                    write!(text, "<text text-anchor=\"middle\" font-size=\"{}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"{}\" transform=\"{}\">{}</text>", units(glyph.size), glyph.colour.css(), glyph.colour.css(), units(glyph.weight), glyph.transform(), glyph.char).unwrap();
                }
            }
            Mark::Path(path) => {
                let paint = match path.paint {
                    Paint::Fill(colour) => format!("fill=\"{}\"", colour.css()),
                    Paint::Stroke(colour, width) => format!(
                        "fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\"",
                        colour.css()
                    ),
                };
                write!(text, "<path d=\"{}\" {paint}/>", path.data()).unwrap();
            }
            Mark::Photo(rect) => write!(
                text,
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"#dde\"/>",
                units(rect.x),
                units(rect.y),
                units(rect.width),
                units(rect.height)
            )
            .unwrap(),
        }
    }
    text.push_str("</svg>");
    text
}
