//! Attempts: papers, answers, deadlines, hand-in and results.

mod answer;
mod deadline;
mod hand_in;
mod paper;
mod sitting;
mod start;
mod view;

pub(crate) use deadline::{keep_deadlines, settle};
pub(crate) use sitting::passed_without_certificate;
pub(crate) use view::summaries;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(start::start))
        .routes(routes!(view::read))
        .routes(routes!(answer::put))
        .routes(routes!(hand_in::hand_in))
}
