//! class.toml.

use contract::{QuestionKind, Seal, StudyPolicy};
use domain::certificate::{TemplateKind, template_problem};
use toml::de::DeValue;

use super::course::CourseEntry;
use super::source::{At, Folder, Place};
use super::table::Table;
use super::values::{ID, id, short, text, texts, whole};
use crate::clock::day_begins;
use crate::documents::{CertificateDocument, ClassDocument, Draw, ExamDocument, ResultPolicy};

/// A class as its folder gives it.
pub(super) struct ClassEntry {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) starts_on: String,
    pub(super) ends_on: String,
    pub(super) document: ClassDocument,
    /// Where each draw stands.
    pub(super) draws_at: Vec<Place>,
    hours_at: Place,
}

const FILE: &str = "class.toml";
const MINUTE_MS: u64 = 60_000;

pub(super) fn read(folder: &Folder) -> Option<ClassEntry> {
    let mut class = None;
    folder.read(FILE, false, |table| class = read_class(table));
    class
}

impl ClassEntry {
    /// Without enough hours in its courses, nobody could ever pass.
    pub(super) fn check_hours(&self, folder: &Folder, courses: &[CourseEntry]) {
        let offered: u32 = courses.iter().map(|course| course.document.hours).sum();
        if offered < self.document.hours_needed {
            folder.complain(
                &self.hours_at,
                "`hours_needed`: at most the hours of all courses",
                format!(
                    "{} where the courses give {offered}",
                    self.document.hours_needed
                ),
            );
        }
    }
}

fn read_class(table: &mut Table<'_>) -> Option<ClassEntry> {
    let class_id = table.required("id", ID, id);
    let title = table.required("title", "text of at most 100 characters", short(100));
    let audience = table.required("audience", "text", text);
    let organiser = table.required("organiser", "text", text);
    let starts_on = table.required("starts_on", "a date such as 2026-01-01", date);
    let ends_on = table.required("ends_on", "a date such as 2027-12-31", date);
    let hours = table.required(
        "hours_needed",
        "a whole number from 1 to 1000",
        whole(1, 1000),
    );
    let policy = table.table("study", |table| {
        let rate = table.required("max_rate", "a number from 1.0 to 4.0", permille(1000, 4000));
        let part = table.required(
            "complete_at",
            "a number from 0.5 to 1.0",
            permille(500, 1000),
        );
        Some(StudyPolicy {
            max_rate_permille: rate?.value,
            complete_at_permille: part?.value,
        })
    });
    let exam = table.table("exam", read_exam);
    let certificate = table.table("certificate", read_certificate);
    if let (Some(starts), Some(ends)) = (&starts_on, &ends_on)
        && ends.value < starts.value
    {
        let expected = format!("`ends_on`: no earlier than {}", starts.value);
        table.folder().complain(&ends.place, expected, &ends.value);
    }
    let (exam, draws_at) = exam?;
    let hours = hours?;
    Some(ClassEntry {
        id: class_id?.value,
        title: title?.value,
        starts_on: starts_on?.value,
        ends_on: ends_on?.value,
        document: ClassDocument {
            audience: audience?.value,
            organiser: organiser?.value,
            hours_needed: hours.value,
            policy: policy?,
            exam,
            certificate: certificate?,
        },
        draws_at,
        hours_at: hours.place,
    })
}

fn read_exam(table: &mut Table<'_>) -> Option<(ExamDocument, Vec<Place>)> {
    let title = table.required("title", "text of at most 100 characters", short(100));
    let time = table.required(
        "duration",
        "a time such as \"60m\", from 5s to 12h",
        |value| duration(value).filter(|ms| (5000..=720 * MINUTE_MS).contains(ms)),
    );
    let grace = table.required("grace", "a time such as \"30s\", at most 10m", |value| {
        duration(value).filter(|ms| *ms <= 10 * MINUTE_MS)
    });
    let attempts = table.required("attempts", "a whole number from 1 to 100", whole(1, 100));
    let pass_mark = table.required(
        "pass_mark",
        "a whole number of marks from 1",
        whole(1, 1_000_000),
    );
    let result = table.required(
        "result",
        "\"pass-only\", \"score\" or \"score-and-review\"",
        |value| match value.as_str()? {
            "pass-only" => Some(ResultPolicy::PassOnly),
            "score" => Some(ResultPolicy::Score),
            "score-and-review" => Some(ResultPolicy::ScoreAndReview),
            _ => None,
        },
    );
    let instructions = table.required("instructions", "a list of texts", texts);
    let draws = table.some_tables("draw", |table| {
        let kind = table.required("kind", KIND, kind);
        let count = table.required("count", "a whole number from 1 to 500", whole(1, 500));
        let marks = table.required("marks", "a whole number from 1 to 1000", whole(1, 1000));
        let count = count?;
        let draw = Draw {
            kind: kind?.value,
            count: count.value,
            marks: marks?.value,
        };
        Some((draw, count.place))
    });
    let full_marks: u32 = draws.iter().map(|(draw, _)| draw.count * draw.marks).sum();
    if let Some(mark) = &pass_mark
        && full_marks > 0
        && mark.value > full_marks
    {
        let expected = format!("`pass_mark`: at most {full_marks}, the marks of a full paper");
        table
            .folder()
            .complain(&mark.place, expected, format!("number {}", mark.value));
    }
    let (draw, draws_at) = draws.into_iter().unzip();
    let exam = ExamDocument {
        title: title?.value,
        instructions: instructions?.value,
        duration_ms: time?.value,
        grace_ms: grace?.value,
        attempts: attempts?.value,
        pass_mark: pass_mark?.value,
        result: result?.value,
        draw,
    };
    Some((exam, draws_at))
}

fn read_certificate(table: &mut Table<'_>) -> Option<CertificateDocument> {
    let title = table.required("title", "text of at most 40 characters", short(40));
    let number = table.required("number", "text with {year} and {serial:N}", text);
    let body = table.required("body", "text with {name}", text);
    let supervisor = table.required("supervisor", "text of at most 60 characters", short(60));
    let seals = table.tables("seals", |table| {
        let on_arc = |value: &DeValue<'_>| {
            text(value).filter(|text| (6..=24).contains(&text.chars().count()))
        };
        let text = table.required("text", "text of 6 to 24 characters", on_arc);
        let caption = table.required("caption", "text of at most 40 characters", short(40));
        Some(Seal {
            text: text?.value,
            caption: caption?.value,
        })
    });
    check_template(table, "number", number.as_ref(), TemplateKind::Number);
    check_template(table, "body", body.as_ref(), TemplateKind::Body);
    Some(CertificateDocument {
        title: title?.value,
        number: number?.value,
        body: body?.value,
        supervisor: supervisor?.value,
        seals,
    })
}

fn check_template(table: &Table<'_>, key: &str, template: Option<&At<String>>, kind: TemplateKind) {
    let Some(template) = template else { return };
    if let Some(problem) = template_problem(&template.value, kind) {
        let expected = format!("`{key}`: text with known placeholders");
        table.folder().complain(&template.place, expected, problem);
    }
}

/// What a kind is called, for complaints.
pub(super) const KIND: &str = "\"single\", \"multiple\" or \"judge\"";

/// A kind of question.
pub(super) fn kind(value: &DeValue<'_>) -> Option<QuestionKind> {
    match value.as_str()? {
        "single" => Some(QuestionKind::Single),
        "multiple" => Some(QuestionKind::Multiple),
        "judge" => Some(QuestionKind::Judge),
        _ => None,
    }
}

/// A TOML date that is a day of the calendar.
fn date(value: &DeValue<'_>) -> Option<String> {
    let date = value
        .as_datetime()
        .filter(|d| d.time.is_none() && d.offset.is_none())?
        .date?;
    let text = date.to_string();
    day_begins(&text).map(|_| text)
}

/// A length of time in milliseconds.
fn duration(value: &DeValue<'_>) -> Option<u64> {
    let duration = humantime::parse_duration(value.as_str()?).ok()?;
    u64::try_from(duration.as_millis()).ok()
}

/// A number in thousandths.
fn permille(least: u32, most: u32) -> impl Fn(&DeValue<'_>) -> Option<u32> {
    move |value| {
        let number: f64 = match value {
            DeValue::Float(number) => number.as_str().parse().ok()?,
            DeValue::Integer(number) => number.as_str().parse().ok()?,
            _ => return None,
        };
        (least..=most).find(|permille| (f64::from(*permille) - number * 1000.0).abs() < 0.5)
    }
}
