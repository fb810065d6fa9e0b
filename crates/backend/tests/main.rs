//! The backend over real HTTP, on a real SQLite file.
