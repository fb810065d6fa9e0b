//! Who gets a certificate, and the texts on it.

use contract::Class;

use crate::progress::missing;

/// What a template is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateKind {
    /// The number: `{year}` and `{serial:N}`, N digits at least.
    Number,
    /// The text: `{name}`, `{from}`, `{to}`, `{class}`, `{hours}`.
    Body,
}

/// What fills the text of a certificate.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'a> {
    /// The holder's name.
    pub name: &'a str,
    /// First day, as it prints.
    pub from: &'a str,
    /// Last day, as it prints.
    pub to: &'a str,
    /// The class's title.
    pub class: &'a str,
    /// Credit hours earned.
    pub hours: u32,
}

/// Whether a certificate is due: passed, every course complete, enough hours.
pub fn eligible(class: &Class, passed: bool) -> bool {
    passed && missing(class).is_none()
}

/// The number of a certificate. What is no placeholder of a number stands as it is.
pub fn number(template: &str, year: i32, serial: u32) -> String {
    fill(template, |name| {
        if name == "year" {
            return Some(year.to_string());
        }
        let width = serial_width(name)?;
        let digits = serial.to_string();
        let mut text = "0".repeat(width.saturating_sub(digits.len()));
        text.push_str(&digits);
        Some(text)
    })
}

/// The text of a certificate. What is no placeholder of a text stands as it is, and so does
/// whatever the fields hold: a name with braces is a name.
pub fn body(template: &str, fields: &Fields<'_>) -> String {
    fill(template, |name| match name {
        "name" => Some(fields.name.to_owned()),
        "from" => Some(fields.from.to_owned()),
        "to" => Some(fields.to.to_owned()),
        "class" => Some(fields.class.to_owned()),
        "hours" => Some(fields.hours.to_string()),
        _ => None,
    })
}

/// What is wrong with a template, in English, for the operator who loads it; `None` if it is right.
///
/// A number needs `{year}` and `{serial:N}`, since serials begin again each year; a text needs
/// `{name}`.
pub fn template_problem(template: &str, kind: TemplateKind) -> Option<String> {
    let mut missing: Vec<&str> = match kind {
        TemplateKind::Number => vec!["year", "serial"],
        TemplateKind::Body => vec!["name"],
    };
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let Some((name, after)) = placeholder(&rest[at..]) else {
            return Some(String::from("a brace that opens or closes no placeholder"));
        };
        let known = match kind {
            TemplateKind::Number => name == "year" || serial_width(name).is_some(),
            TemplateKind::Body => matches!(name, "name" | "from" | "to" | "class" | "hours"),
        };
        if !known {
            let expected = match kind {
                TemplateKind::Number => "}: expected {year} or {serial:N}, N from 1 to 12",
                TemplateKind::Body => "}: expected {name}, {from}, {to}, {class} or {hours}",
            };
            return Some(["unknown placeholder {", name, expected].concat());
        }
        missing.retain(|m| !name.starts_with(m));
        rest = after;
    }
    let lacks = missing.first()?;
    Some(
        [
            "the placeholder {",
            lacks,
            if *lacks == "serial" {
                ":N} is missing"
            } else {
                "} is missing"
            },
        ]
        .concat(),
    )
}

/// Puts values in the places of `{…}`, in one pass.
fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut text = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        match placeholder(rest).and_then(|(name, after)| Some((value(name)?, after))) {
            Some((value, after)) => {
                text.push_str(&value);
                rest = after;
            }
            None => {
                text.push('{');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    text
}

/// The name of the placeholder with which the text begins, and what follows it.
fn placeholder(text: &str) -> Option<(&str, &str)> {
    let (name, after) = text.strip_prefix('{')?.split_once('}')?;
    (!name.contains('{')).then_some((name, after))
}

/// N of `serial:N`.
fn serial_width(name: &str) -> Option<usize> {
    let width = name.strip_prefix("serial:")?;
    let digits = width.bytes().all(|b| b.is_ascii_digit());
    let width: usize = width.parse().ok()?;
    (digits && (1..=12).contains(&width)).then_some(width)
}

#[cfg(test)]
mod tests {
    use super::{Fields, TemplateKind, body, number, template_problem};

    #[test]
    fn numbers_fill_year_and_serial_with_leading_zeros() {
        let template = "网培字〔{year}〕第{serial:6}号";
        assert_eq!(number(template, 2026, 42), "网培字〔2026〕第000042号");
        assert_eq!(
            number(template, 2026, 12_345_678),
            "网培字〔2026〕第12345678号"
        );
        assert_eq!(number("{year}-{serial:1}", 2026, 7), "2026-7");
    }

    #[test]
    fn texts_fill_their_fields_and_a_name_with_braces_is_a_name() {
        let template = "{name} 同志于 {from} 至 {to} 参加{class}学习，修满 {hours} 学时。";
        let mut fields = Fields {
            name: "阿卜杜拉·买买提",
            from: "2026年1月1日",
            to: "2026年3月5日",
            class: "培训班",
            hours: 32,
        };
        let expected = "阿卜杜拉·买买提 同志于 2026年1月1日 至 2026年3月5日 \
                        参加培训班学习，修满 32 学时。";
        assert_eq!(body(template, &fields), expected);
        fields.name = "{hours}";
        assert_eq!(body("{name}{year}{", &fields), "{hours}{year}{");
    }

    #[test]
    fn a_wrong_template_is_found_before_it_is_used() {
        use TemplateKind::{Body, Number};
        let right = [
            ("网培字〔{year}〕第{serial:6}号", Number),
            ("{serial:12}/{year}", Number),
            ("{name}", Body),
            ("{name}{from}{to}{class}{hours}", Body),
        ];
        for (template, kind) in right {
            assert_eq!(template_problem(template, kind), None, "{template}");
        }
        let wrong = [
            ("{serial:6}", Number, "{year} is missing"),
            ("{year}", Number, "{serial:N} is missing"),
            ("{year}{serial}", Number, "unknown placeholder {serial}"),
            ("{year}{serial:0}", Number, "unknown placeholder {serial:0}"),
            (
                "{year}{serial:13}",
                Number,
                "unknown placeholder {serial:13}",
            ),
            (
                "{year}{serial:+6}",
                Number,
                "unknown placeholder {serial:+6}",
            ),
            (
                "{year}{serial:6}{name}",
                Number,
                "unknown placeholder {name}",
            ),
            ("{class}", Body, "{name} is missing"),
            ("{name}{serial:6}", Body, "unknown placeholder {serial:6}"),
            ("{name", Body, "brace"),
            ("name}{name}", Body, "brace"),
            ("{{name}}", Body, "brace"),
        ];
        for (template, kind, expected) in wrong {
            let problem = template_problem(template, kind).unwrap();
            assert!(problem.contains(expected), "{template}: {problem}");
        }
    }
}
