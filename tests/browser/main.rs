//! The promises of the app, proved in a real browser on the real backend. The tests speak the
//! app's first language, as its users do.

mod deadline;
mod every_page;
mod exam_survives;
mod keyboard;
mod sign_in;
mod steps;
mod study;
mod whole_trip;
