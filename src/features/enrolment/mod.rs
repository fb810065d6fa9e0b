//! How far a person is in a class: the path, the next step, the courses.

mod course_list;
mod next_step;

pub(crate) use course_list::CourseList;
pub(crate) use next_step::{ClassPath, NextStepPanel};
