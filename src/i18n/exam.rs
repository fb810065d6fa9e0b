//! Sentences with numbers in them that tell of the exam.

use super::Texts;

impl Texts {
    /// The exam is open, with so many attempts left.
    pub(crate) fn exam_open(&self, left: u32) -> String {
        match (self.zh(), left) {
            (true, _) => format!("全部课程已完成，可以参加考试，还有 {left} 次机会。"),
            (false, 1) => {
                "Every course is complete. The exam is open; one attempt is left.".to_owned()
            }
            (false, _) => {
                format!("Every course is complete. The exam is open; {left} attempts are left.")
            }
        }
    }

    /// An attempt is under way.
    pub(crate) fn exam_under_way(&self, left: &str) -> String {
        if self.zh() {
            format!("考试正在进行，剩余 {left}。")
        } else {
            format!("The exam is under way, {left} left.")
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
            format!("已答 {answered} 题，未作答 {unanswered} 题，标记 {flagged} 题")
        } else {
            format!("{answered} answered, {unanswered} not answered, {flagged} flagged")
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
            (true, _) => format!("{count} 题已存本机，待上传"),
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
            (true, _) => format!("{count} 题未被服务器接受，请清除答案后重新选择"),
            (false, 1) => "1 answer was not accepted: clear it and answer again".to_owned(),
            (false, _) => format!("{count} answers were not accepted: clear them and answer again"),
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
            (false, 1) => {
                "The last change to 1 answer did not reach the server and does not count."
                    .to_owned()
            }
            (false, _) => {
                format!(
                    "The last changes to {count} answers did not reach the server and do not count."
                )
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

    /// What kind of question, and its marks.
    pub(crate) fn kind_and_marks(&self, kind: &str, marks: u32) -> String {
        let marks = self.question_marks(marks);
        if self.zh() {
            format!("{kind}（{marks}）")
        } else {
            format!("{kind}, {marks}")
        }
    }

    /// Marks given for a question.
    pub(crate) fn marks_given(&self, marks: u32, of: u32) -> String {
        if self.zh() {
            format!("本题 {of} 分，得 {marks} 分")
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

    /// Marks of those that a full paper carries, and the pass mark.
    pub(crate) fn result_marks(&self, marks: u32, full: u32, pass: u32) -> String {
        if self.zh() {
            format!("得 {marks} 分，满分 {full} 分，{pass} 分合格")
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
}
