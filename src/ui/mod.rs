//! Buttons, fields, dialogs, bars: properties in, callbacks out. They know the words and nothing
//! else of the app.

pub(crate) mod button;
pub(crate) mod dialog;
pub(crate) mod facts;
pub(crate) mod field;
pub(crate) mod icon;
pub(crate) mod modal;
pub(crate) mod notice;
pub(crate) mod progress;
pub(crate) mod sheet;
pub(crate) mod stations;
pub(crate) mod tabs;
