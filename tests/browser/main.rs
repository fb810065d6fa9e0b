//! The promises of the app, proved in a real browser on the real backend. The tests speak the
//! app's first language, as its users do.

// The longest: the runner begins with it, since it goes by the alphabet.
mod certificate;
mod deadline;
mod every_page;
mod exam_survives;
mod keyboard;
mod shared_computer;
mod sign_in;
mod steps;
mod storage;
mod study;
