//! A small class: two courses of one lesson each, ten questions, three people.
//!
//! wang starts from nothing; li has all courses granted; zhao has a photo and an ID number and is
//! not in the class. Right options read `r-…`, wrong ones `w-…`; true statements end in `(t)`.

use std::fs;
use std::path::{Path, PathBuf};

use super::mp4;

/// Length of the lessons.
pub(crate) const FIRST_MS: u64 = 60_000;
pub(crate) const SECOND_MS: u64 = 40_000;

/// A class folder in a temporary place.
pub(crate) struct Folder {
    dir: tempfile::TempDir,
}

impl Folder {
    /// The class `c`.
    pub(crate) fn new() -> Self {
        Self::of("c")
    }

    /// A class of another name; the ids of its courses and people begin with the name.
    pub(crate) fn of(class: &str) -> Self {
        let folder = Self {
            dir: tempfile::tempdir().unwrap(),
        };
        folder.write("class.toml", CLASS.replace("CLASS", class));
        for (course, ms) in [("1", FIRST_MS), ("2", SECOND_MS)] {
            let text = COURSE.replace("CLASS", class).replace("COURSE", course);
            folder.write(&format!("courses/{course}/course.toml"), &text);
            let video = mp4::video(u32::try_from(ms).unwrap(), 10_000);
            folder.write(&format!("courses/{course}/video.mp4"), &video);
            folder.write(
                &format!("courses/{course}/poster.jpg"),
                b"\xFF\xD8\xFF\xE0 poster",
            );
            folder.write(
                &format!("courses/{course}/zh.vtt"),
                "WEBVTT\n\n00:00.000 --> 00:01.000\n你好\n",
            );
            folder.write(
                &format!("courses/{course}/notes.txt"),
                format!("讲义 {class} {course}\n"),
            );
        }
        folder.write("questions.toml", questions());
        folder.write("accounts.toml", ACCOUNTS.replace("CLASS", class));
        let photo = [b"\xFF\xD8\xFF\xE0".as_slice(), class.as_bytes()].concat();
        folder.write("photos/zhao.jpg", &photo);
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn write(&self, file: &str, content: impl AsRef<[u8]>) {
        let path: PathBuf = self.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Replaces a part of a file, which must be there.
    pub(crate) fn edit(&self, file: &str, from: &str, to: &str) -> &Self {
        let text = fs::read_to_string(self.path().join(file)).unwrap();
        assert!(text.contains(from), "{file} holds no {from}");
        self.write(file, text.replacen(from, to, 1));
        self
    }

    /// The line on which a text first stands.
    pub(crate) fn line(&self, file: &str, text: &str) -> usize {
        let content = fs::read_to_string(self.path().join(file)).unwrap();
        content
            .lines()
            .position(|line| line.contains(text))
            .unwrap()
            + 1
    }
}

const CLASS: &str = r#"id = "CLASS"
title = "企业工会主席培训班 CLASS"
audience = "企业工会主席"
organiser = "某某工会"
starts_on = 2026-01-01
ends_on = 2026-12-31
hours_needed = 8

[study]
max_rate = 2.0
complete_at = 0.95

[exam]
title = "结业考试"
duration = "10m"
grace = "30s"
attempts = 2
pass_mark = 6
result = "score-and-review"
instructions = ["独立完成。"]

[[exam.draw]]
kind = "single"
count = 2
marks = 2

[[exam.draw]]
kind = "multiple"
count = 1
marks = 4

[[exam.draw]]
kind = "judge"
count = 1
marks = 2

[certificate]
title = "培训证书"
number = "CLASS〔{year}〕第{serial:6}号"
body = "{name} 同志于 {from} 至 {to} 参加{class}，修满 {hours} 学时，准予上岗。"
supervisor = "全国总工会统一监制"

[[certificate.seals]]
text = "某某工会干部学院"
caption = "培训机构（盖章）"
"#;

const COURSE: &str = r#"id = "CLASS-COURSE"
title = "第 COURSE 门课"
hours = 4
summary = "一门课。"

[[teachers]]
name = "李德齐"
post = "教授"

[[lessons]]
id = "CLASS-COURSE-1"
title = "第一讲"
label = "示例课件"
video = "video.mp4"
poster = "poster.jpg"

[[lessons.captions]]
language = "zh-CN"
label = "中文"
file = "zh.vtt"

[[lessons.chapters]]
title = "开始"
start = "0:00"

[[lessons.chapters]]
title = "后来"
start = "0:20"

[[lessons.handouts]]
title = "讲义"
file = "notes.txt"
"#;

const ACCOUNTS: &str = r#"[[account]]
id = "CLASS-wang"
username = "wang-CLASS"
password = "gongke-2026"
name = "王·建国"
sex = "男"
unit = "某某公司工会"
post = "主席"
classes = ["CLASS"]

[[account]]
id = "CLASS-li"
username = "li-CLASS"
password = "gongke-2026"
name = "李𬭎"
sex = "女"
unit = "某某公司工会"
post = "副主席"
classes = ["CLASS"]
granted = ["CLASS-1", "CLASS-2"]
note = "全部认定"

[[account]]
id = "CLASS-zhao"
username = "zhao-CLASS"
password = "gongke-2026"
name = "赵敏"
sex = "女"
unit = "某某公司工会"
post = "委员"
id_number = "11010519491231002x"
photo = "photos/zhao.jpg"
classes = []
"#;

fn questions() -> String {
    let mut text = String::new();
    for n in 1..=4 {
        text += &format!(
            "[[question]]\nid = \"s{n}\"\nkind = \"single\"\nstem = \"单选 {n}\"\n\
             options = [\"w-{n}a\", \"r-{n}b\", \"w-{n}c\", \"w-{n}d\"]\nanswer = [\"B\"]\n\
             explanation = \"SECRET-WHY s{n}\"\nbasis = \"SECRET-LAW s{n}\"\n\n"
        );
    }
    for n in 1..=3 {
        text += &format!(
            "[[question]]\nid = \"m{n}\"\nkind = \"multiple\"\nstem = \"多选 {n}\"\n\
             options = [\"r-{n}a\", \"w-{n}b\", \"r-{n}c\", \"w-{n}d\"]\nanswer = [\"A\", \"C\"]\n\
             explanation = \"SECRET-WHY m{n}\"\nbasis = \"SECRET-LAW m{n}\"\n\n"
        );
    }
    for n in 1..=3 {
        let (mark, answer) = if n % 2 == 1 { ("t", "A") } else { ("f", "B") };
        text += &format!(
            "[[question]]\nid = \"j{n}\"\nkind = \"judge\"\nstem = \"判断 {n} ({mark})\"\n\
             answer = [\"{answer}\"]\nexplanation = \"SECRET-WHY j{n}\"\nbasis = \"SECRET-LAW j{n}\"\n\n"
        );
    }
    text
}
