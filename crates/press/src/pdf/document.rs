//! The document around the page: catalogue, metadata, structure, images.

use pdf_writer::types::{PageLayout, StructRole};
use pdf_writer::{Date, Filter, Finish as _, Name, Pdf, Rect, Ref, Settings, TextStr};

use super::jpeg::Jpeg;
use super::page::{self, Page, points};
use super::{Picture, Set, face};
use crate::sheet::{Caption, Role, Sheet};

/// Hands out object numbers.
struct Numbers(i32);

impl Numbers {
    fn next(&mut self) -> Ref {
        self.0 += 1;
        Ref::new(self.0)
    }
}

pub(crate) fn write(sheet: &Sheet, set: &Set<'_>, photo: Option<Jpeg<'_>>) -> Vec<u8> {
    let mut numbers = Numbers(0);
    let mut next = || numbers.next();
    let (catalog, pages, page, content, info) = (next(), next(), next(), next(), next());
    let (tree, document, parents) = (next(), next(), next());
    let face = face::Ids {
        font: next(),
        descendant: next(),
        descriptor: next(),
        file: next(),
        to_unicode: next(),
    };
    let photo = photo.map(|jpeg| (next(), jpeg));
    let pictures: Vec<(Ref, Ref)> = set.pictures.iter().map(|_| (next(), next())).collect();

    let drawn = page::draw(sheet, set, photo.map(|(_, jpeg)| jpeg));
    let elements: Vec<Ref> = drawn.tagged.iter().map(|_| next()).collect();

    let mut pdf = Pdf::with_settings(Settings { pretty: false });
    catalogue(&mut pdf, catalog, pages, tree);
    metadata(&mut pdf, info, sheet);
    pdf.pages(pages).kids([page]).count(1);
    {
        let mut object = pdf.page(page);
        object
            .parent(pages)
            .media_box(page_box(sheet))
            .contents(content)
            .struct_parents(0);
        let mut resources = object.resources();
        resources.fonts().pair(page::FONT, face.font);
        let mut images = resources.x_objects();
        if let Some((id, _)) = photo {
            images.pair(page::PHOTO, id);
        }
        for (index, (id, _)) in pictures.iter().enumerate() {
            images.pair(Name(page::picture(index).as_bytes()), *id);
        }
    }
    let data = compress(&drawn.content);
    pdf.stream(content, &data).filter(Filter::FlateDecode);
    face::write(&mut pdf, face, set);
    if let Some((id, jpeg)) = photo {
        write_photo(&mut pdf, id, jpeg);
    }
    for ((id, mask), (_, picture)) in pictures.into_iter().zip(&set.pictures) {
        write_picture(&mut pdf, id, mask, picture);
    }
    structure(
        &mut pdf, sheet, &drawn, page, tree, document, parents, &elements,
    );
    let id = hash(drawn.content).to_be_bytes().to_vec();
    pdf.set_file_id((id.clone(), id));
    pdf.finish()
}

fn catalogue(pdf: &mut Pdf, id: Ref, pages: Ref, tree: Ref) {
    let mut catalog = pdf.catalog(id);
    catalog
        .pages(pages)
        .lang(TextStr("zh-CN"))
        .page_layout(PageLayout::SinglePage);
    catalog.viewer_preferences().display_doc_title(true);
    catalog.mark_info().marked(true);
    catalog.pair(Name(b"StructTreeRoot"), tree);
}

fn metadata(pdf: &mut Pdf, id: Ref, sheet: &Sheet) {
    let mut info = pdf.document_info(id);
    info.title(TextStr(&sheet.title))
        .author(TextStr(&sheet.author))
        .creator(TextStr("Gongke"));
    let mut fields = sheet.issued_on.splitn(3, '-');
    let mut field = || fields.next()?.parse::<u16>().ok();
    if let (Some(year), Some(month), Some(day)) = (field(), field(), field()) {
        let small = |number: u16| u8::try_from(number).unwrap_or(1);
        info.creation_date(
            Date::new(year)
                .month(small(month))
                .day(small(day))
                .hour(0)
                .minute(0)
                .second(0)
                .utc_offset_hour(8)
                .utc_offset_minute(0),
        );
    }
}

fn page_box(sheet: &Sheet) -> Rect {
    Rect::new(0.0, 0.0, points(sheet.width), points(sheet.height))
}

fn write_photo(pdf: &mut Pdf, id: Ref, jpeg: Jpeg<'_>) {
    let mut image = pdf.image_xobject(id, jpeg.data);
    image.filter(Filter::DctDecode);
    image
        .width(jpeg.width.into())
        .height(jpeg.height.into())
        .bits_per_component(8);
    match jpeg.components {
        1 => image.color_space().device_gray(),
        3 => image.color_space().device_rgb(),
        _ => {
            image.color_space().device_cmyk();
            // Programs that write CMYK JPEGs write them inverted.
            image.decode([1.0, 0.0].repeat(4));
        }
    }
}

/// Ink of one colour, thinned by a mask.
fn write_picture(pdf: &mut Pdf, id: Ref, mask: Ref, picture: &Picture) {
    let side = i32::from(picture.side);
    let mut ink = picture.ink.clone();
    ink.resize(usize::from(picture.side) * usize::from(picture.side), 0);
    let data = compress(&ink);
    let mut image = pdf.image_xobject(mask, &data);
    image.filter(Filter::FlateDecode);
    image
        .width(side)
        .height(side)
        .bits_per_component(8)
        .color_space()
        .device_gray();
    image.finish();
    let rgb = crate::sheet::Colour::Ink.rgb();
    let mut image = pdf.image_xobject(id, &rgb);
    image
        .width(1)
        .height(1)
        .bits_per_component(8)
        .s_mask(mask)
        .color_space()
        .device_rgb();
}

/// The structure tree: one element for each part that has something to read.
#[expect(clippy::too_many_arguments, reason = "the ids of one structure")]
fn structure(
    pdf: &mut Pdf,
    sheet: &Sheet,
    drawn: &Page,
    page: Ref,
    tree: Ref,
    document: Ref,
    parents: Ref,
    elements: &[Ref],
) {
    let mut root = pdf
        .indirect(tree)
        .start::<pdf_writer::writers::StructTreeRoot<'_>>();
    root.child(document).parent_tree_next_key(1);
    root.parent_tree().nums().insert(0, parents);
    root.finish();
    let mut element = pdf.struct_element(document);
    element.kind(StructRole::Document).parent(tree);
    let mut children = element.children();
    for &id in elements {
        children.struct_element(id);
    }
    children.finish();
    element.finish();
    pdf.indirect(parents).array().items(elements);
    for ((id, tagged), mark) in elements.iter().zip(&drawn.tagged).zip(0..) {
        let mut element = pdf.struct_element(*id);
        element.parent(document).page(page);
        match &sheet.parts[tagged.part].role {
            Role::Title => element.kind(StructRole::H1),
            Role::Figure(_) => element.kind(StructRole::Figure),
            Role::Paragraph | Role::Ornament => element.kind(StructRole::P),
        };
        match &sheet.parts[tagged.part].role {
            Role::Figure(Caption::Photo) => {
                element.alt(TextStr("照片"));
            }
            Role::Figure(Caption::Seal(text)) => {
                element.alt(TextStr(&format!("印章：{text}")));
            }
            Role::Title | Role::Paragraph | Role::Ornament => {}
        }
        if let Some(edges) = tagged.edges {
            element.attributes().push().layout().bbox(edges);
        }
        element.children().marked_content_id(mark);
    }
}

pub(crate) fn compress(data: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(data, 9)
}

/// A length as PDF writes it.
pub(crate) fn number(length: usize) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

/// FNV-1a.
pub(crate) fn hash(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}
