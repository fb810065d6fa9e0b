//! The backend's API without a browser: to put a person where a test begins, and to look at what
//! the server really has.

use anyhow::{Context as _, Result, ensure};
use contract::{
    Attempt, Certificate, Class, Enrolment, HandIn, HandInAnswer, IDEMPOTENCY_KEY, Lesson, Page,
    SignIn, WRITE_HEADER, path,
};
use reqwest::{Client, Method, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::bank::Bank;

/// A signed-in person.
pub struct Api {
    client: Client,
    origin: String,
}

impl Api {
    /// Signs in.
    pub async fn sign_in(origin: &str, username: &str, password: &str) -> Result<Self> {
        let client = Client::builder().cookie_store(true).build()?;
        let api = Self {
            client,
            origin: origin.to_owned(),
        };
        let body = SignIn {
            username: username.to_owned(),
            password: password.to_owned(),
        };
        api.write(Method::POST, path::SESSION, &body, None).await?;
        Ok(api)
    }

    /// The person's only class.
    pub async fn class(&self) -> Result<Class> {
        let page: Page<Enrolment> = self.read(path::ENROLMENTS).await?;
        let first = page.items.into_iter().next();
        first.map(|enrolment| enrolment.class).context("no class")
    }

    /// A lesson; asking for it opens it for study.
    pub async fn lesson(&self, id: &contract::LessonId) -> Result<Lesson> {
        self.read(&path::lesson(id)).await
    }

    /// An attempt as the server has it.
    pub async fn attempt(&self, id: &contract::AttemptId) -> Result<Attempt> {
        self.read(&path::attempt(id)).await
    }

    /// The person's newest attempt, as the server has it.
    pub async fn newest_attempt(&self) -> Result<Attempt> {
        let class = self.class().await?;
        let newest = class.exam.attempts.last().context("no attempt")?;
        self.attempt(&newest.id).await
    }

    /// Starts an attempt, or resumes the one that is open.
    pub async fn start_exam(&self) -> Result<Attempt> {
        let class = self.class().await?;
        let reply = self
            .write(
                Method::POST,
                &path::attempts(&class.id),
                &(),
                Some(KEY_START),
            )
            .await?;
        Ok(reply.json().await?)
    }

    /// Answers everything rightly (or, with no bank, nothing) and hands in.
    pub async fn hand_in(&self, attempt: &Attempt, bank: Option<&Bank>) -> Result<Attempt> {
        let mut answers = Vec::new();
        for question in attempt.questions.iter().filter(|_| bank.is_some()) {
            let right = bank.context("a bank")?.right(&question.stem)?;
            let chosen = question
                .options
                .iter()
                .filter(|option| right.contains(&option.text));
            answers.push(HandInAnswer {
                question: question.id.clone(),
                seq: 1,
                choice: chosen.map(|option| option.id.clone()).collect(),
            });
        }
        let body = HandIn { answers };
        let reply = self
            .write(
                Method::POST,
                &path::hand_in(&attempt.id),
                &body,
                Some(KEY_HAND_IN),
            )
            .await?;
        Ok(reply.json().await?)
    }

    /// The person's certificates.
    pub async fn certificates(&self) -> Result<Vec<Certificate>> {
        let page: Page<Certificate> = self.read(path::CERTIFICATES).await?;
        Ok(page.items)
    }

    async fn read<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        let reply = self
            .client
            .get(format!("{}{path}", self.origin))
            .send()
            .await?;
        Ok(expect_success(path, reply).await?.json().await?)
    }

    async fn write<B: Serialize>(
        &self,
        method: Method,
        path: &str,
        body: &B,
        key: Option<&str>,
    ) -> Result<Response> {
        let url = format!("{}{path}", self.origin);
        let mut request = self
            .client
            .request(method, url)
            .header(WRITE_HEADER, "1")
            .json(body);
        if let Some(key) = key {
            request = request.header(IDEMPOTENCY_KEY, key);
        }
        expect_success(path, request.send().await?).await
    }
}

// Each person of a test starts and hands in once; the keys are the person's own.
const KEY_START: &str = "01890a5d-ac96-774b-bcce-b302099a8057";
const KEY_HAND_IN: &str = "01890a5d-ac96-774b-bcce-b302099a8058";

async fn expect_success(path: &str, reply: Response) -> Result<Response> {
    let status = reply.status();
    ensure!(status.is_success(), "{path} replied {status}");
    Ok(reply)
}
