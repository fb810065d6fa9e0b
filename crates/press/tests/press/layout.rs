//! The sheet keeps its form whatever the certificate says.

use crate::support::{NAMES, certificate, seal, sheet};
use contract::Certificate;
use press::{Caption, Mark, Options, Role, Run, Sheet, Step, chinese_date, layout};
use proptest::prelude::*;

/// Inside the hairline of the border, in micrometres.
const EDGE: i32 = 11_700;
/// What rounding to whole micrometres may add up to on a line.
const ROUNDING: i32 = 150;

#[derive(Clone, Debug)]
pub(crate) struct Area {
    what: String,
    pub(crate) left: i32,
    pub(crate) top: i32,
    pub(crate) right: i32,
    pub(crate) bottom: i32,
}

impl Area {
    fn meets(&self, other: &Self) -> bool {
        self.left < other.right - ROUNDING
            && other.left < self.right - ROUNDING
            && self.top < other.bottom - ROUNDING
            && other.top < self.bottom - ROUNDING
    }
}

fn runs(sheet: &Sheet) -> Vec<&Run> {
    let marks = sheet.parts.iter().flat_map(|part| &part.marks);
    marks
        .filter_map(|mark| match mark {
            Mark::Text(run) => Some(run),
            _ => None,
        })
        .collect()
}

/// The em boxes of a run's characters, without the empty halves of punctuation at its ends.
fn area(run: &Run) -> Area {
    let half = |is: bool| if is { run.size / 2 } else { 0 };
    let after = run
        .text
        .ends_with(['，', '。', '、', '；', '：', '）', '》']);
    let before = run.text.starts_with(['（', '《']);
    Area {
        what: run.text.clone(),
        left: run.x + half(before),
        top: run.y - run.size * 88 / 100,
        right: run.x + run.width - half(after),
        bottom: run.y + run.size * 12 / 100,
    }
}

/// Seals and the photo.
pub(crate) fn figures(sheet: &Sheet) -> Vec<Area> {
    let mut figures = Vec::new();
    for part in &sheet.parts {
        let Role::Figure(caption) = &part.role else {
            continue;
        };
        let mut area: Option<Area> = None;
        for mark in &part.marks {
            let Mark::Path(path) = mark else { continue };
            for step in &path.steps {
                let (Step::Move(x, y) | Step::Line(x, y) | Step::Curve(.., x, y)) = *step else {
                    continue;
                };
                let area = area.get_or_insert_with(|| Area {
                    what: format!("{caption:?}"),
                    left: x,
                    top: y,
                    right: x,
                    bottom: y,
                });
                area.left = area.left.min(x);
                area.right = area.right.max(x);
                area.top = area.top.min(y);
                area.bottom = area.bottom.max(y);
            }
        }
        figures.extend(area);
    }
    figures
}

fn assert_in_order(certificate: &Certificate, sheet: &Sheet) {
    let areas: Vec<Area> = runs(sheet).into_iter().map(area).collect();
    let figures = figures(sheet);
    for area in areas.iter().chain(&figures) {
        assert!(
            area.left >= EDGE - ROUNDING
                && area.top >= EDGE - ROUNDING
                && area.right <= sheet.width - EDGE + ROUNDING
                && area.bottom <= sheet.height - EDGE + ROUNDING,
            "on the border or beyond: {area:?}"
        );
    }
    for (n, a) in areas.iter().enumerate() {
        for b in &areas[n + 1..] {
            assert!(!a.meets(b), "one on the other: {a:?} {b:?}");
        }
    }
    for (n, a) in figures.iter().enumerate() {
        for b in &figures[n + 1..] {
            assert!(!a.meets(b), "one on the other: {a:?} {b:?}");
        }
    }
    // Seals are stamped over their captions and the date, and over nothing else.
    let captions: Vec<String> = certificate
        .seals
        .iter()
        .map(|seal| shown(&seal.caption))
        .collect();
    let date = chinese_date(&certificate.issued_on);
    for area in areas
        .iter()
        .filter(|area| area.what != date && !captions.contains(&area.what))
    {
        for figure in &figures {
            assert!(!area.meets(figure), "text in a figure: {area:?} {figure:?}");
        }
    }
}

fn shown(text: &str) -> String {
    text.replace('\n', " ").trim().to_owned()
}

/// The lines of the paragraph: baseline, and the runs from left to right.
fn body_lines(sheet: &Sheet) -> Vec<(i32, Vec<Run>)> {
    let part = sheet
        .parts
        .iter()
        .find(|part| part.role == Role::Paragraph)
        .unwrap();
    let mut lines: Vec<(i32, Vec<Run>)> = Vec::new();
    for mark in &part.marks {
        let Mark::Text(run) = mark else {
            panic!("{mark:?}")
        };
        match lines.last_mut().filter(|(y, _)| *y == run.y) {
            Some((_, runs)) => runs.push(run.clone()),
            None => lines.push((run.y, vec![run.clone()])),
        }
    }
    lines
}

fn texts(sheet: &Sheet) -> Vec<String> {
    body_lines(sheet)
        .into_iter()
        .map(|(_, runs)| runs.into_iter().map(|run| run.text).collect())
        .collect()
}

fn words() -> impl Strategy<Value = String> {
    let han = prop::sample::select("学习工会干部培训㛃𤧛𬭎一丁".chars().collect::<Vec<_>>());
    let marks = prop::sample::select(
        "，。、；：？！（）《》“”·— 2026Ab-\n"
            .chars()
            .collect::<Vec<_>>(),
    );
    prop_oneof![8 => han, 2 => marks].prop_map(String::from)
}

fn text(length: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    prop::collection::vec(words(), length).prop_map(|words| words.concat())
}

prop_compose! {
    fn any_certificate()(
        name in text(0..40),
        body in prop_oneof![text(0..120), text(0..3000)],
        title in text(0..60),
        class_title in text(0..120),
        number in text(0..90),
        supervisor in text(0..120),
        hours in any::<u32>(),
        seals in prop::collection::vec((text(0..40), text(0..60)), 0..5),
        photo in any::<bool>(),
    ) -> Certificate {
        Certificate {
            body: format!("{name}{body}{name}"),
            title: title.replace('\n', ""),
            class_title,
            number,
            supervisor,
            hours,
            seals: seals.iter().map(|(text, caption)| seal(text, caption)).collect(),
            photo_url: photo.then(|| "photo.jpg".to_owned()),
            ..certificate(&name)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_ever_leaves_the_border_or_covers_another_thing(certificate in any_certificate()) {
        assert_in_order(&certificate, &sheet(&certificate));
    }

    #[test]
    fn no_character_of_the_paragraph_is_lost(certificate in any_certificate()) {
        let all: String = texts(&sheet(&certificate)).concat();
        let strip = |text: &str| text.replace([' ', '\n'], "");
        prop_assert_eq!(strip(&all), strip(&certificate.body));
    }

    #[test]
    fn no_line_starts_or_ends_with_punctuation_that_must_not(
        sentences in prop::collection::vec("[学习工会干部]{1,12}(，|。|；|（[学习]{1,3}）|《[工会]{1,4}》|“[干部]{1,5}”)", 1..40)
    ) {
        let certificate = Certificate { body: sentences.concat(), ..certificate("") };
        for line in texts(&sheet(&certificate)) {
            prop_assert!(!line.starts_with(['，', '。', '；', '）', '》', '”']), "{}", line);
            prop_assert!(!line.ends_with(['（', '《', '“']), "{}", line);
        }
    }
}

#[test]
fn the_shortest_and_the_longest_texts_keep_the_form_too() {
    for (name, body) in [
        ("", String::new()),
        ("王", "王".to_owned()),
        ("王", "长".repeat(20_000)),
    ] {
        let certificate = Certificate {
            body,
            ..certificate(name)
        };
        assert_in_order(&certificate, &sheet(&certificate));
    }
}

#[test]
fn paragraphs_start_two_characters_in() {
    let certificate = Certificate {
        body: "王建国同志参加学习，成绩合格。\n特发此证。".into(),
        ..certificate("王建国")
    };
    let lines = body_lines(&sheet(&certificate));
    assert_eq!(lines.len(), 2);
    for (_, runs) in &lines {
        assert_eq!(runs[0].x, 32_000 + 2 * runs[0].size);
    }
}

#[test]
fn full_lines_end_at_the_same_edge() {
    let certificate = certificate("买买提·吐尔逊江·阿不都热合曼");
    let certificate = Certificate {
        body: certificate.body.repeat(3),
        ..certificate
    };
    let lines = body_lines(&sheet(&certificate));
    let (_, full) = lines.split_last().unwrap();
    let ends: Vec<i32> = full
        .iter()
        .filter_map(|(_, runs)| runs.last())
        // A mark that fills half its em ends where its ink does.
        .map(|run| {
            run.x + run.width
                - if run.text.ends_with(['，', '。']) {
                    run.size / 2
                } else {
                    0
                }
        })
        .collect();
    assert!(ends.len() > 3);
    for end in &ends {
        assert!((end - ends[0]).abs() <= ROUNDING, "{ends:?}");
    }
}

#[test]
fn a_name_stays_on_one_line_and_is_heavier_than_the_rest() {
    for name in NAMES {
        let sheet = sheet(&certificate(name));
        let of_name: Vec<&Run> = runs(&sheet)
            .into_iter()
            .filter(|run| run.weight > 200)
            .collect();
        let of_name: Vec<&Run> = of_name.into_iter().filter(|run| run.size < 9_000).collect();
        let shown: Vec<&str> = of_name.iter().map(|run| run.text.as_str()).collect();
        assert_eq!(shown.concat().replace(' ', ""), name.replace(' ', ""));
        assert!(of_name.iter().all(|run| run.y == of_name[0].y), "{name}");
    }
}

#[test]
fn numbers_stay_with_their_units() {
    for spaces in 0..60 {
        let certificate = Certificate {
            body: format!("{}2026年11月22日 修满 32 学时。", "学".repeat(spaces)),
            ..certificate("")
        };
        for line in texts(&sheet(&certificate)) {
            assert!(!line.starts_with(['年', '月', '日', '时']), "{line}");
            assert!(
                !line.ends_with(|last: char| last.is_ascii_digit()),
                "{line}"
            );
        }
    }
}

#[test]
fn a_photo_has_its_frame_only_if_there_is_one() {
    let without = sheet(&certificate("王建国"));
    let is_photo = |sheet: &Sheet| {
        sheet
            .parts
            .iter()
            .any(|part| part.role == Role::Figure(Caption::Photo))
    };
    assert!(!is_photo(&without));
    let with = sheet(&Certificate {
        photo_url: Some("photo.jpg".into()),
        ..certificate("王建国")
    });
    assert!(is_photo(&with));
}

#[test]
fn where_to_check_is_said_only_if_it_is_known() {
    let certificate = certificate("王建国");
    let options = Options {
        check_at: Some("查验：https://example.org/c/1"),
    };
    let said = |options| {
        let sheet = layout(&certificate, options);
        assert_in_order(&certificate, &sheet);
        runs(&sheet).iter().any(|run| run.text.starts_with("查验"))
    };
    assert!(said(options));
    assert!(!said(Options::default()));
}

#[test]
fn dates_are_written_the_chinese_way() {
    assert_eq!(chinese_date("2026-11-22"), "2026年11月22日");
    assert_eq!(chinese_date("2026-01-02"), "2026年1月2日");
    for odd in [
        "",
        "soon",
        "2026-11",
        "2026-00-10",
        "2026-x1-10",
        "2026-11-22-1",
    ] {
        assert_eq!(chinese_date(odd), odd);
    }
}
