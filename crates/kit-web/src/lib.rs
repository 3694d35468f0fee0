//! What every page and every endpoint shares.
//!
//! * [`stack()`] puts the common layers around a product's router: tracking ids, the Host allow-list, security
//!   headers, the browser cookie with its CSRF token, the page context, body limits, the request log.
//! * [`ApiError`] answers a [`kit::Error`] with the error envelope of the Webex public API; [`PageError`] with a page.
//! * [`Page`] wraps a rendered fragment into the shell (top bar and navigation) or the narrow solo card.
//! * [`Form`] checks the CSRF token; [`Query`] and [`Json`] say in words what is wrong.
//!
//! Absolute links come from [`PublicUrl`], never from the Host header.
#![deny(missing_docs)]

mod api_error;
mod assets;
mod context;
mod cookies;
mod extract;
mod fallback;
mod guard;
mod page;
mod paging;
mod public_url;
mod rate_limit;
mod remainder;
mod routes;
mod stack;
mod tracking;

pub use api_error::{ApiError, error_body, status_of};
pub use assets::asset_url;
pub use context::{
    NavigationGroup, NavigationItem, OrganizationChoice, PageContext, Product, Viewer, bind_csrf_to,
    csrf_field, page_context, update_page_context,
};
pub use cookies::{CookieJar, clear_cookie, set_cookie};
pub use extract::{Form, Json, NoFields, Query, check_csrf, to_mend};
pub use guard::OriginalHost;
pub use page::{Message, Page, PageError, Tone};
pub use paging::{LinkHeader, next_link};
pub use public_url::PublicUrl;
pub use rate_limit::{Quota, RateLimiter};
pub use routes::{Needs, RouteSpec};
pub use stack::{BrowserId, Stack, stack, stack_around};
pub use tracking::{RequestOrigin, TrackingId, current_origin, current_tracking_id};
