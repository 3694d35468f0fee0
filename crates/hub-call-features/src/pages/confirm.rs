//! The page that asks before something is deleted.

use askama::Template;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use kit::Error;
use kit_web::{Page, status_of};

#[derive(Template)]
#[template(path = "feature_confirm.html")]
pub(super) struct Confirm<'a> {
    pub(super) name: &'a str,
    /// The breadcrumbs: label, path.
    pub(super) trail: Vec<(&'a str, &'a str)>,
    pub(super) consequences: Vec<String>,
    /// Where to go instead.
    pub(super) back: &'a str,
    pub(super) problem: Option<String>,
}

impl Confirm<'_> {
    pub(super) fn ask(&self) -> Response {
        Page::new(format!("Delete {}", self.name), self).into_response()
    }

    /// The same page with the reason why nothing was deleted.
    pub(super) fn refused(mut self, error: &Error) -> Response {
        self.problem = Some(error.public().to_owned());
        let status: StatusCode = status_of(error.kind());
        Page::new(format!("Delete {}", self.name), &self)
            .with_status(status)
            .into_response()
    }
}
