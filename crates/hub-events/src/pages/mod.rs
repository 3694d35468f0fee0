//! Pages of administrators: the audit, and the mail that this Hub wrote.

mod audit;
mod csv;
mod mail;

use axum::Router;
use axum::routing::get;
use http::Method;
use kit_web::RouteSpec;

use crate::Events;

/// What browsers ask of this slice.
pub const PAGE_ROUTES: &[RouteSpec] = &[
    RouteSpec::page(&Method::GET, "/audit", "What administrators did"),
    RouteSpec::page(&Method::GET, "/audit/export", "The same as CSV"),
    RouteSpec::page(&Method::GET, "/mail", "Mail that this Hub wrote"),
    RouteSpec::page(&Method::GET, "/mail/{letter_id}", "One letter"),
];

/// The pages of this slice.
pub fn pages_router(events: Events) -> Router {
    Router::new()
        .route("/audit", get(audit::audit))
        .route("/audit/export", get(audit::export))
        .route("/mail", get(mail::mail))
        .route("/mail/{letter_id}", get(mail::letter))
        .with_state(events)
}

/// Which rows of a list a page shows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows {
    pub(super) page: i64,
    pub(super) total: i64,
    pub(super) shown: i64,
}

impl Rows {
    pub(super) const A_PAGE: i64 = 50;

    /// The number of a page out of a query; nonsense is the first one.
    pub(super) fn page_number(text: &str) -> i64 {
        text.parse().unwrap_or(1).clamp(1, 20_000)
    }

    pub(super) const fn offset(page: i64) -> i64 {
        (page - 1) * Self::A_PAGE
    }

    pub(super) const fn first(&self) -> i64 {
        Self::offset(self.page) + 1
    }

    pub(super) const fn last(&self) -> i64 {
        Self::offset(self.page) + self.shown
    }

    pub(super) const fn has_next(&self) -> bool {
        self.last() < self.total
    }
}
