//! Sentences with numbers or names in them.

use super::{Language, Texts};

impl Texts {
    pub(super) fn zh(&self) -> bool {
        self.language == Language::ZhCn
    }

    /// A length of time in words, rounded up to minutes; below two minutes in seconds.
    pub(crate) fn duration(&self, ms: u64) -> String {
        let seconds = ms.div_ceil(1000);
        let minutes = seconds.div_ceil(60);
        match (self.zh(), seconds) {
            (true, 0..120) => format!("{seconds} 秒"),
            (false, 0..120) => format!("{seconds} s"),
            (true, _) => format!("{minutes} 分钟"),
            (false, _) => format!("{minutes} min"),
        }
    }

    /// What is still missing for the exam.
    pub(crate) fn missing(&self, courses: usize, remaining_ms: u64) -> String {
        let time = self.duration(remaining_ms);
        match (self.zh(), courses) {
            (true, _) => format!("还差 {courses} 门课程，约 {time}，即可参加考试。"),
            (false, 1) => format!("1 course to go, about {time}; then the exam opens."),
            (false, _) => format!("{courses} courses to go, about {time}; then the exam opens."),
        }
    }

    /// Every lesson is complete and hours are still missing.
    pub(crate) fn hours_short(&self, hours: u32) -> String {
        if self.zh() {
            format!("课程已全部完成，还差 {hours} 学时。请与培训班主办单位联系。")
        } else {
            format!(
                "Every course is complete, and {hours} more credit hours are needed. Please contact the organiser of the class."
            )
        }
    }

    /// Hours earned of those needed.
    pub(crate) fn hours(&self, earned: u32, needed: u32) -> String {
        if self.zh() {
            format!("已获得 {earned} 学时，共需 {needed} 学时")
        } else {
            format!("{earned} of {needed} credit hours earned")
        }
    }

    /// Credit hours of a course.
    pub(crate) fn course_hours(&self, hours: u32) -> String {
        match (self.zh(), hours) {
            (true, _) => format!("{hours} 学时"),
            (false, 1) => "1 credit hour".to_owned(),
            (false, _) => format!("{hours} credit hours"),
        }
    }

    /// Part of a lesson watched, in percent.
    pub(crate) fn watched(&self, percent: u64) -> String {
        if self.zh() {
            format!("已学 {percent}%")
        } else {
            format!("{percent}% watched")
        }
    }

    /// Watched time of a lesson.
    pub(crate) fn watched_of(&self, covered: &str, duration: &str) -> String {
        if self.zh() {
            format!("已学 {covered}，共 {duration}")
        } else {
            format!("{covered} of {duration} watched")
        }
    }

    /// A part of a lesson, from and to.
    pub(crate) fn span(&self, from: &str, to: &str) -> String {
        if self.zh() {
            format!("{from} 至 {to}")
        } else {
            format!("{from} to {to}")
        }
    }

    /// The parts of a lesson that were not watched.
    pub(crate) fn unwatched(&self, spans: &[String]) -> String {
        if self.zh() {
            format!("未学：{}", spans.join("、"))
        } else {
            format!("Not watched: {}", spans.join(", "))
        }
    }

    /// A course by its number.
    pub(crate) fn course_number(&self, number: usize) -> String {
        if self.zh() {
            format!("第 {number} 门课程：")
        } else {
            format!("Course {number}: ")
        }
    }

    /// How many courses are complete.
    pub(crate) fn courses_done(&self, done: usize, of: usize) -> String {
        if self.zh() {
            format!("已完成 {done} 门，共 {of} 门")
        } else {
            format!("{done} of {of} complete")
        }
    }

    /// Words side by side.
    pub(crate) fn joined(&self, words: &[&str]) -> String {
        words.join(if self.zh() { "，" } else { ", " })
    }

    /// Records that wait to be sent.
    pub(crate) fn waiting(&self, count: usize) -> String {
        match (self.zh(), count) {
            (true, _) => format!("有 {count} 条记录待上传。"),
            (false, 1) => "1 record is waiting to be sent.".to_owned(),
            (false, _) => format!("{count} records are waiting to be sent."),
        }
    }

    /// A day, from `YYYY-MM-DD`.
    pub(crate) fn day(&self, iso: &str) -> String {
        let mut parts = iso.splitn(3, '-').map(|part| part.trim_start_matches('0'));
        match (self.zh(), parts.next(), parts.next(), parts.next()) {
            (true, Some(year), Some(month), Some(day)) => format!("{year}年{month}月{day}日"),
            _ => iso.to_owned(),
        }
    }

    /// Media time as a clock shows it: `1:05`, `1:02:03`.
    pub(crate) fn clock(&self, ms: u64) -> String {
        let s = ms / 1000;
        let (h, m, s) = (s / 3600, s / 60 % 60, s % 60);
        if h > 0 {
            format!("{h}:{m:02}:{s:02}")
        } else {
            format!("{m}:{s:02}")
        }
    }

    /// Where the player is, for who cannot see the bar.
    pub(crate) fn position(&self, at: &str, of: &str) -> String {
        if self.zh() {
            format!("{at}，共 {of}")
        } else {
            format!("{at} of {of}")
        }
    }

    /// Playback speed.
    pub(crate) fn rate(&self, permille: u32) -> String {
        let (whole, part) = (permille / 1000, permille % 1000 / 10);
        let part = format!("{part:02}");
        let part = part.trim_end_matches('0');
        let number = if part.is_empty() {
            whole.to_string()
        } else {
            format!("{whole}.{part}")
        };
        if self.zh() {
            format!("{number} 倍")
        } else {
            format!("{number}×")
        }
    }

    /// A size in bytes.
    pub(crate) fn bytes(&self, bytes: u64) -> String {
        if bytes < 1_000_000 {
            format!("{} KB", bytes.div_ceil(1000))
        } else {
            format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
        }
    }

    /// Watched time whose report the server refused.
    pub(crate) fn study_clipped(&self, ms: u64) -> String {
        let time = self.duration(ms);
        if self.zh() {
            format!(
                "有 {time}的学习未被服务器接受，不计入学时；已计入的部分不受影响。请核对培训时间，如有疑问请与主办单位联系。"
            )
        } else {
            format!(
                "{time} was not accepted by the server and does not count; what was credited is safe. Check the dates of the class, or contact the organiser."
            )
        }
    }

    /// The page's title in the window.
    pub(crate) fn window_title(&self, page: &str) -> String {
        if page.is_empty() {
            self.app_name.to_owned()
        } else {
            format!("{page} · {}", self.app_name)
        }
    }

    /// The picture of a certificate, for who cannot see it.
    pub(crate) fn certificate_label(&self, title: &str, name: &str, number: &str) -> String {
        if self.zh() {
            format!("{title}，{name}，{number}")
        } else {
            format!("{title}, {name}, {number}")
        }
    }

    /// File name of a certificate.
    pub(crate) fn certificate_file(&self, title: &str, number: &str) -> String {
        format!("{title}-{number}.pdf")
    }

    /// A character that no font of ours has.
    pub(crate) fn missing_glyph(&self, character: char) -> String {
        let code = u32::from(character);
        if self.zh() {
            format!(
                "证书不受影响。现有字体缺少“{character}”（U+{code:04X}），无法生成 PDF。请用“打印”另存为 PDF，并告知主办单位。"
            )
        } else {
            format!(
                "The certificate is safe. No font has “{character}” (U+{code:04X}), so the PDF cannot be made. Print it to a PDF instead, and tell the organiser."
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{EN, ZH_CN};

    #[test]
    fn lengths_of_time_are_told_with_units() {
        assert_eq!(ZH_CN.duration(46 * 60_000 - 1), "46 分钟");
        assert_eq!(ZH_CN.duration(65_000), "65 秒");
        assert_eq!(EN.duration(3_600_000), "60 min");
    }

    #[test]
    fn speeds_have_no_idle_zeros() {
        let said: Vec<_> = [750, 1000, 1250, 1500, 2000].map(|r| EN.rate(r)).into();
        assert_eq!(said, ["0.75×", "1×", "1.25×", "1.5×", "2×"]);
    }

    #[test]
    fn days_read_as_chinese_writes_them() {
        assert_eq!(ZH_CN.day("2026-01-09"), "2026年1月9日");
        assert_eq!(EN.day("2026-01-09"), "2026-01-09");
    }
}
