//! The app as its users use it.
