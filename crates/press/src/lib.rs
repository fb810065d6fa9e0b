//! Lays a certificate out and writes its PDF.
