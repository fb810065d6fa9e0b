//! The certificate's sheet on the page: the same marks that its PDF has, as SVG.

use std::rc::Rc;

use contract::Certificate;
use gloo::utils::document_element;
use press::{ArcGlyph, Mark, Options, Paint, Path, Rect, Run, layout, svg};
use yew::prelude::*;

/// The first is the font that the worker makes for one sheet (`press::client::FAMILY`); until it
/// is there, and where it cannot be had, the system's own Kai and Song faces serve.
const FONTS: &str = "'Gongke Certificate', 'LXGW WenKai', 'Kaiti SC', STKaiti, KaiTi, \
    'Source Han Serif SC', 'Noto Serif CJK SC', 'Songti SC', STSong, SimSun, serif";

/// Set on `<html>` while a sheet is on the page; `print.css` then prints the sheet and nothing else.
const PRINTS: &str = "data-prints-sheet";

#[derive(Properties, PartialEq)]
pub(crate) struct CertificateSheetProps {
    /// What to show.
    pub(crate) certificate: Rc<Certificate>,
    /// Where the browser finds the holder's photo, if there is one.
    #[prop_or_default]
    pub(crate) photo_url: Option<AttrValue>,
    /// What the sheet says, for who does not see it.
    pub(crate) label: AttrValue,
}

/// A certificate as it prints. It takes the width that it is given; its text can be selected.
#[component]
pub(crate) fn CertificateSheet(props: &CertificateSheetProps) -> Html {
    use_effect_with((), |()| {
        let _ = document_element().set_attribute(PRINTS, "");
        || {
            let _ = document_element().remove_attribute(PRINTS);
        }
    });
    let sheet = use_memo(props.certificate.clone(), |certificate| {
        layout(certificate, Options::default())
    });
    let marks = sheet.parts.iter().flat_map(|part| &part.marks);
    html! {
        <svg class="certificate-sheet" role="img" aria-label={props.label.clone()} lang="zh-CN"
            viewBox={format!("0 0 {} {}", svg(sheet.width), svg(sheet.height))} font-family={FONTS}>
            { for marks.map(|mark| view(mark, props.photo_url.as_ref())) }
        </svg>
    }
}

fn view(mark: &Mark, photo_url: Option<&AttrValue>) -> Html {
    match mark {
        Mark::Text(run) => text(run),
        Mark::Arc(glyphs) => glyphs.iter().map(arc_glyph).collect(),
        Mark::Path(shape) => path(shape),
        Mark::Photo(rect) => photo_url.map(|url| photo(*rect, url)).unwrap_or_default(),
    }
}

/// `textLength` makes the line as wide as it is on paper, whatever the system's font is. Where the
/// characters are to stand apart that goes into the gaps; else into the characters, so that no
/// number falls apart whose digits are narrower here.
fn text(run: &Run) -> Html {
    let colour = run.colour.css();
    let adjust = if run.tracking == 0 {
        "spacingAndGlyphs"
    } else {
        "spacing"
    };
    html! {
        <text x={svg(run.x)} y={svg(run.y)} font-size={svg(run.size)}
            textLength={svg(run.width)} lengthAdjust={adjust} fill={colour}
            stroke={colour} stroke-width={svg(run.weight)}>
            { &run.text }
        </text>
    }
}

fn arc_glyph(glyph: &ArcGlyph) -> Html {
    let colour = glyph.colour.css();
    html! {
        <text text-anchor="middle" transform={glyph.transform()} font-size={svg(glyph.size)}
            fill={colour} stroke={colour} stroke-width={svg(glyph.weight)}>
            { glyph.char }
        </text>
    }
}

fn path(path: &Path) -> Html {
    let (fill, stroke, width) = match path.paint {
        Paint::Fill(colour) => (colour.css(), "none", 0),
        Paint::Stroke(colour, width) => ("none", colour.css(), width),
    };
    html! { <path d={path.data()} {fill} {stroke} stroke-width={svg(width)} /> }
}

fn photo(rect: Rect, url: &AttrValue) -> Html {
    html! {
        <image x={svg(rect.x)} y={svg(rect.y)} width={svg(rect.width)}
            height={svg(rect.height)} href={url} preserveAspectRatio="xMidYMid slice" />
    }
}
