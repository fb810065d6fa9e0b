//! The backend over real HTTP, on a real SQLite file (or on the PostgreSQL server that
//! `GONGKE_TEST_DATABASE_URL` names). Time is moved by hand; nothing sleeps.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

mod bad_input;
mod certificate_numbers;
mod certificates;
mod documents;
mod durability;
mod exam_answers;
mod exam_deadline;
mod exam_hand_in;
mod exam_start;
mod guessing;
mod isolation;
mod loading;
mod loading_complaints;
mod logs;
mod media;
mod sessions;
mod static_files;
mod study;
