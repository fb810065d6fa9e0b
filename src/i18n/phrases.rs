//! Sentences with numbers or names in them.

use super::{Language, Texts};

impl Texts {
    fn zh(&self) -> bool {
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
            (true, _) => format!("还差 {courses} 门课程，约 {time}，即可参加考试"),
            (false, 1) => format!("1 course to go, about {time}; then the exam opens"),
            (false, _) => format!("{courses} courses to go, about {time}; then the exam opens"),
        }
    }

    /// Every lesson is complete and hours are still missing.
    pub(crate) fn hours_short(&self, hours: u32) -> String {
        if self.zh() {
            format!("课程已全部完成，学时还差 {hours} 学时。请与培训班主办单位联系。")
        } else {
            format!(
                "Every course is complete, and {hours} credit hours are missing. Please ask the organiser of the class."
            )
        }
    }

    /// Hours earned of those needed.
    pub(crate) fn hours(&self, earned: u32, needed: u32) -> String {
        if self.zh() {
            format!("已得 {earned} 学时，共需 {needed} 学时")
        } else {
            format!("{earned} of {needed} credit hours earned")
        }
    }

    /// Credit hours of a course.
    pub(crate) fn course_hours(&self, hours: u32) -> String {
        if self.zh() {
            format!("{hours} 学时")
        } else {
            format!("{hours} credit hours")
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

    /// A course by its number.
    pub(crate) fn course_number(&self, number: usize) -> String {
        if self.zh() {
            format!("第 {number} 门")
        } else {
            format!("Course {number}")
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

    /// Days from and to.
    pub(crate) fn term_of(&self, from: &str, to: &str) -> String {
        if self.zh() {
            format!("{from} 至 {to}")
        } else {
            format!("{from} to {to}")
        }
    }

    /// The exam is open, with so many attempts left.
    pub(crate) fn exam_open(&self, left: u32) -> String {
        match (self.zh(), left) {
            (true, _) => format!("全部课程已完成，可以参加考试，还有 {left} 次机会"),
            (false, 1) => {
                "Every course is complete. The exam is open; one attempt is left".to_owned()
            }
            (false, _) => {
                format!("Every course is complete. The exam is open; {left} attempts are left")
            }
        }
    }

    /// An attempt is under way.
    pub(crate) fn exam_under_way(&self, left: &str) -> String {
        if self.zh() {
            format!("考试正在进行，剩余 {left}")
        } else {
            format!("The exam is under way, {left} left")
        }
    }

    /// Number of questions.
    pub(crate) fn questions(&self, count: u32) -> String {
        if self.zh() {
            format!("{count} 题")
        } else {
            count.to_string()
        }
    }

    /// Marks.
    pub(crate) fn marks_of(&self, marks: u32) -> String {
        if self.zh() {
            format!("{marks} 分")
        } else {
            marks.to_string()
        }
    }

    /// Attempts left of those allowed.
    pub(crate) fn attempts_left(&self, left: u32, of: u32) -> String {
        if self.zh() {
            format!("{left} 次（共 {of} 次）")
        } else {
            format!("{left} of {of}")
        }
    }

    /// An attempt by number.
    pub(crate) fn attempt_number(&self, number: u32) -> String {
        if self.zh() {
            format!("第 {number} 次考试")
        } else {
            format!("Attempt {number}")
        }
    }

    /// A question by its place.
    pub(crate) fn question_of(&self, number: usize, of: usize) -> String {
        if self.zh() {
            format!("第 {number} 题，共 {of} 题")
        } else {
            format!("Question {number} of {of}")
        }
    }

    /// A question in the overview, with its state in words.
    pub(crate) fn question_state(&self, number: usize, state: &str) -> String {
        if self.zh() {
            format!("第 {number} 题，{state}")
        } else {
            format!("Question {number}, {state}")
        }
    }

    /// How far the answers are.
    pub(crate) fn counts(&self, answered: usize, unanswered: usize, flagged: usize) -> String {
        if self.zh() {
            format!("已答 {answered} 题，未答 {unanswered} 题，标记 {flagged} 题")
        } else {
            format!("{answered} answered, {unanswered} not answered, {flagged} marked")
        }
    }

    /// Unanswered questions at hand-in.
    pub(crate) fn hand_in_unanswered(&self, unanswered: usize) -> String {
        match (self.zh(), unanswered) {
            (true, 0) => "全部题目已作答。".to_owned(),
            (true, _) => format!("还有 {unanswered} 题未作答。"),
            (false, 0) => "Every question is answered.".to_owned(),
            (false, 1) => "One question is not answered.".to_owned(),
            (false, _) => format!("{unanswered} questions are not answered."),
        }
    }

    /// Answers that only this device holds.
    pub(crate) fn answers_on_device(&self, count: usize) -> String {
        match (self.zh(), count) {
            (true, _) => format!("{count} 题存于本机，待上传"),
            (false, 1) => "1 answer on this device, to be sent".to_owned(),
            (false, _) => format!("{count} answers on this device, to be sent"),
        }
    }

    /// Answers that neither this device nor the server holds.
    pub(crate) fn answers_unsaved(&self, count: usize) -> String {
        match (self.zh(), count) {
            (true, _) => format!("{count} 题尚未保存，请不要关闭本页"),
            (false, 1) => "1 answer is not saved: keep this page open".to_owned(),
            (false, _) => format!("{count} answers are not saved: keep this page open"),
        }
    }

    /// Answers that the server will not take.
    pub(crate) fn answers_refused(&self, count: usize) -> String {
        match (self.zh(), count) {
            (true, _) => format!("{count} 题未被接受，请重新作答"),
            (false, 1) => "1 answer was not accepted: please answer it again".to_owned(),
            (false, _) => format!("{count} answers were not accepted: please answer them again"),
        }
    }

    /// Answers that came after the deadline.
    pub(crate) fn answers_late(&self, count: usize) -> String {
        match (self.zh(), count) {
            (true, _) => format!("有 {count} 题在截止时间之后送达：已留存，不计分。"),
            (false, 1) => "1 answer came after the deadline: kept, and not counted.".to_owned(),
            (false, _) => {
                format!("{count} answers came after the deadline: kept, and not counted.")
            }
        }
    }

    /// Changes that never reached the server.
    pub(crate) fn answers_lost(&self, count: usize) -> String {
        match (self.zh(), count) {
            (true, _) => format!("有 {count} 题的最后一次修改没有送达服务器，不计分。"),
            (false, 1) => "The last change to 1 answer did not reach the server.".to_owned(),
            (false, _) => {
                format!("The last changes to {count} answers did not reach the server.")
            }
        }
    }

    /// Marks of a question.
    pub(crate) fn question_marks(&self, marks: u32) -> String {
        match (self.zh(), marks) {
            (true, _) => format!("{marks} 分"),
            (false, 1) => "1 mark".to_owned(),
            (false, _) => format!("{marks} marks"),
        }
    }

    /// Marks given for a question.
    pub(crate) fn marks_given(&self, marks: u32, of: u32) -> String {
        if self.zh() {
            format!("得 {marks} 分，共 {of} 分")
        } else {
            format!("{marks} of {of} marks")
        }
    }

    /// A question by its place alone.
    pub(crate) fn question_number(&self, number: usize) -> String {
        if self.zh() {
            format!("第 {number} 题")
        } else {
            format!("Question {number}")
        }
    }

    /// How many questions were right.
    pub(crate) fn right_of(&self, right: usize, of: usize) -> String {
        if self.zh() {
            format!("答对 {right} 题，共 {of} 题")
        } else {
            format!("{right} of {of} right")
        }
    }

    /// Attempts that are left after one was not passed.
    pub(crate) fn attempts_remain(&self, left: u32) -> String {
        match (self.zh(), left) {
            (true, _) => format!("还有 {left} 次考试机会。"),
            (false, 1) => "One attempt is left.".to_owned(),
            (false, _) => format!("{left} attempts are left."),
        }
    }

    /// Words side by side.
    pub(crate) fn joined(&self, words: &[&str]) -> String {
        words.join(if self.zh() { "，" } else { ", " })
    }

    /// Marks of those that a full paper carries, and the pass mark.
    pub(crate) fn result_marks(&self, marks: u32, full: u32, pass: u32) -> String {
        if self.zh() {
            format!("得分 {marks}，满分 {full}，{pass} 分合格")
        } else {
            format!("{marks} of {full} marks; {pass} needed to pass")
        }
    }

    /// Answered questions of a paper.
    pub(crate) fn answered_of(&self, answered: u32, of: u32) -> String {
        if self.zh() {
            format!("{answered} 题，共 {of} 题")
        } else {
            format!("{answered} of {of}")
        }
    }

    /// Records that wait to be sent.
    pub(crate) fn waiting(&self, count: usize) -> String {
        match (self.zh(), count) {
            (true, _) => format!("有 {count} 条记录待上传。"),
            (false, 1) => "1 record waits to be sent.".to_owned(),
            (false, _) => format!("{count} records wait to be sent."),
        }
    }

    /// A day, from `YYYY-MM-DD`.
    pub(crate) fn day(&self, iso: &str) -> String {
        let mut parts = iso.splitn(3, '-').map(|part| part.trim_start_matches('0'));
        match (self.zh(), parts.next(), parts.next(), parts.next()) {
            (true, Some(year), Some(month), Some(day)) => format!("{year} 年 {month} 月 {day} 日"),
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

    /// Part of a claim that the server did not credit.
    pub(crate) fn study_clipped(&self, ms: u64) -> String {
        let time = self.duration(ms);
        if self.zh() {
            format!("有 {time} 未计入：播放时间不足")
        } else {
            format!("{time} did not count: less time had passed")
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
                "字体里没有“{character}”（U+{code:04X}），PDF 没有生成。请用“打印”另存为 PDF，并告知主办单位。"
            )
        } else {
            format!(
                "No font has “{character}” (U+{code:04X}), so the PDF was not made. Print it to a PDF instead, and tell the organiser."
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
        assert_eq!(ZH_CN.day("2026-01-09"), "2026 年 1 月 9 日");
        assert_eq!(EN.day("2026-01-09"), "2026-01-09");
    }
}
