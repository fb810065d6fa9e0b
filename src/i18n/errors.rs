//! What to tell people when something goes wrong: what happened, what is safe, what to do.

use contract::ErrorCode;

use super::{Language, Texts};

/// An error in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Advice {
    /// What happened.
    pub(crate) title: &'static str,
    /// What is safe, and what to do next.
    pub(crate) text: String,
}

impl Texts {
    fn advice(&self, zh: (&'static str, &str), en: (&'static str, &str)) -> Advice {
        let (title, text) = if self.language == Language::ZhCn {
            zh
        } else {
            en
        };
        Advice {
            title,
            text: text.to_owned(),
        }
    }

    /// No reply came.
    pub(crate) fn unreachable(&self) -> Advice {
        self.advice(
            (
                "无法连接服务器",
                "已保存的学习记录和答案不受影响。请检查网络，然后重试。",
            ),
            (
                "The server cannot be reached",
                "Your saved progress and answers are safe. Check the connection, then try again.",
            ),
        )
    }

    /// A reply came that is not the backend's.
    pub(crate) fn malformed(&self) -> Advice {
        self.advice(
            (
                "无法识别服务器的回复",
                "已保存的学习记录和答案不受影响。如正在使用公共无线网络，请先完成该网络的登录认证，再重试。",
            ),
            (
                "The reply was not the server's",
                "Your saved progress and answers are safe. On a public wireless network, sign in to that network first, then try again.",
            ),
        )
    }

    /// The backend's own word.
    pub(crate) fn problem(&self, code: ErrorCode, retry_after_s: Option<u32>) -> Advice {
        use ErrorCode as C;
        let advice = |zh, en| self.advice(zh, en);
        match code {
            C::WrongCredentials => advice(
                (
                    "用户名或密码不正确",
                    "请检查后再试。如忘记密码，请联系所在单位工会或主办单位。",
                ),
                (
                    "Wrong user name or password",
                    "Check them and try again. If you forgot the password, contact your union or the organiser.",
                ),
            ),
            C::TooManyAttempts => {
                let wait = retry_after_s.unwrap_or(60);
                let minutes = wait.div_ceil(60);
                let mut said = advice(("登录尝试次数过多", ""), ("Too many sign-in attempts", ""));
                said.text = if self.language == Language::ZhCn {
                    format!("为保护账号安全，已暂停登录，请在约 {minutes} 分钟后再试。")
                } else {
                    format!(
                        "Sign-in is paused to protect the account. Try again in about {minutes} min."
                    )
                };
                said
            }
            C::NotSignedIn => advice(
                ("登录已过期", "已保存的学习记录和答案不受影响。请重新登录。"),
                (
                    "Your session has ended",
                    "Your saved progress and answers are safe. Sign in again.",
                ),
            ),
            C::NotFound => advice(
                ("没有找到", "链接可能已失效，或内容不属于当前账号。"),
                (
                    "Not found",
                    "The link may be out of date, or belong to another account.",
                ),
            ),
            C::ExamClosed => advice(
                ("考试尚未开放", "完成全部课程后，考试自动开放。"),
                (
                    "The exam is not open yet",
                    "It opens once every course is complete.",
                ),
            ),
            C::NoAttemptLeft => advice(
                ("考试次数已用完", "请与培训班主办单位联系。"),
                (
                    "No attempt is left",
                    "Please contact the organiser of the class.",
                ),
            ),
            C::AlreadyPassed => advice(
                ("您已通过考试", "不需要再考，可以查看证书。"),
                (
                    "You have passed already",
                    "There is nothing to sit again. See your certificate.",
                ),
            ),
            C::ClassNotRunning => advice(
                ("当前不在培训时间内", "请查看培训时间，或与主办单位联系。"),
                (
                    "The class is not running",
                    "See its dates, or contact the organiser.",
                ),
            ),
            C::Unavailable => advice(
                ("服务器正忙", "已保存的学习记录和答案不受影响。请稍后重试。"),
                (
                    "The server is busy",
                    "Your saved progress and answers are safe. Try again shortly.",
                ),
            ),
            _ => advice(
                (
                    "服务器出错",
                    "已保存的学习记录和答案不受影响。请稍后重试；如仍有问题，请与主办单位联系。",
                ),
                (
                    "Something went wrong on the server",
                    "Your saved progress and answers are safe. Try again shortly; if the problem continues, contact the organiser.",
                ),
            ),
        }
    }
}
