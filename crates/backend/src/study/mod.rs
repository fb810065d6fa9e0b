//! Classes, lessons and watched time.

mod class;
mod enrolments;
mod lesson;
mod repeat;
mod watched;

pub(crate) use class::read_class;
pub(crate) use repeat::{Repeat, prune, remember, repeated};

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(enrolments::list))
        .routes(routes!(enrolments::class))
        .routes(routes!(lesson::read))
        .routes(routes!(watched::report))
}
