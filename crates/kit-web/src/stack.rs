use std::fmt;
use std::time::Duration;

use aws_lc_rs::hmac;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{self, Next};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kit::SharedRandomness;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

use crate::context::{PageContext, Product, with_page_context};
use crate::guard::{self, Hosts};
use crate::{CookieJar, PublicUrl, assets, fallback, remainder, set_cookie, tracking};

/// What the common layers need to know.
#[derive(Clone)]
pub struct Stack {
    /// Which product.
    pub product: Product,
    /// Where people reach it.
    pub public_url: PublicUrl,
    /// Further `host:port` texts under which it may be addressed.
    pub further_hosts: Vec<String>,
    /// 32 random bytes from which CSRF tokens are derived.
    pub csrf_key: [u8; 32],
    /// Randomness for ids.
    pub randomness: SharedRandomness,
}

/// The random id that a browser keeps from its first visit on. Requests that are begun in one browser and must
/// end in the same one (an authorization, a form) are bound to it.
#[derive(Clone, PartialEq, Eq)]
pub struct BrowserId(pub String);

/// Without the id: whoever knows it can take the browser's place.
impl fmt::Debug for BrowserId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("BrowserId(…)")
    }
}

/// Puts the common layers around `router`.
pub fn stack(router: Router, options: Stack) -> Router {
    stack_around(router, options, |router| router)
}

/// As [`stack()`], with layers of the product's own inside of the common ones. Unlike layers that `router` brings
/// along, they also see the requests that no route takes.
pub fn stack_around(router: Router, options: Stack, own_layers: impl FnOnce(Router) -> Router) -> Router {
    let hosts = hosts_of(&options);
    let randomness = options.randomness.clone();
    let router = router
        .merge(assets::router())
        .fallback(fallback::not_found)
        .method_not_allowed_fallback(fallback::method_not_allowed);
    own_layers(router)
        .layer(middleware::from_fn(move |request, next| {
            draw_pages_for(options.clone(), request, next)
        }))
        .layer(middleware::from_fn(guard::refuse_cross_site_writes))
        .layer(middleware::from_fn(guard::add_security_headers))
        // Not a layer that answers by itself: whoever reads the body says in their own envelope that it is too large.
        .layer(DefaultBodyLimit::max(1 << 20))
        .layer(compression())
        .layer(middleware::from_fn(move |request, next| {
            guard::check_host(hosts.clone(), request, next)
        }))
        .layer(middleware::from_fn(remainder::read_remainder))
        .layer(middleware::from_fn(move |request, next| {
            tracking::track(randomness.clone(), request, next)
        }))
}

/// Pages are left as they are: they show what came in the address beside the token of the browser's forms, and the
/// length of a compressed answer would tell the one by the other (BREACH). The fastest level, because a page of a
/// thousand people costs more to compress than to read.
fn compression() -> CompressionLayer<impl Predicate> {
    let is_worth_it = DefaultPredicate::new().and(NotForContentType::const_new("text/html"));
    CompressionLayer::new()
        .quality(CompressionLevel::Fastest)
        .compress_when(is_worth_it)
}

fn hosts_of(options: &Stack) -> Hosts {
    let mut hosts = vec![options.public_url.host_and_port()];
    hosts.extend(options.further_hosts.iter().map(|host| host.to_ascii_lowercase()));
    Hosts(hosts)
}

async fn draw_pages_for(options: Stack, mut request: Request, next: Next) -> Response {
    let cookie = format!("trunkline_{}_browser", options.product.key());
    let jar = CookieJar::from_headers(request.headers());
    let known = jar
        .get(&options.public_url, &cookie)
        .filter(|value| is_browser_id(value))
        .map(ToOwned::to_owned);
    let is_new = known.is_none();
    let browser = known.unwrap_or_else(|| options.randomness.alphanumeric(32));
    let mut context = PageContext::bare(options.product);
    context.csrf = csrf_token(&options.csrf_key, &browser);
    request.uri().path().clone_into(&mut context.path);
    request.extensions_mut().insert(BrowserId(browser.clone()));
    // Programs that bring a bearer token keep no cookies.
    let is_browser =
        !request.headers().contains_key(http::header::AUTHORIZATION) && !context.path.starts_with("/assets/");
    let mut response = with_page_context(context, next.run(request)).await;
    if is_new && is_browser {
        set_cookie(
            &mut response,
            &options.public_url,
            &cookie,
            &browser,
            Some(Duration::from_secs(400 * 24 * 3600)),
        );
    }
    response
}

fn is_browser_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn csrf_token(key: &[u8; 32], browser: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    URL_SAFE_NO_PAD.encode(hmac::sign(&key, browser.as_bytes()).as_ref())
}
