//! The rules of the training network.
