//! The learning client: a single-page app that plays the courses, counts the study, runs the
//! timed exams and prints the certificates. `docs/ARCHITECTURE.md` is the map.

mod app;
mod features;
mod i18n;
mod pages;
mod platform;
mod routes;
mod state;
mod ui;

fn main() {
    app::start();
}
