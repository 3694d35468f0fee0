use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{StatusCode, header};

struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
}

const ASSETS: &[Asset] = &[
    Asset {
        name: "app.css",
        kind: "text/css; charset=utf-8",
        bytes: include_bytes!("../../../web/dist/app.css"),
    },
    Asset {
        name: "app.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../../../web/dist/app.js"),
    },
    Asset {
        name: "favicon-hub.svg",
        kind: "image/svg+xml",
        bytes: include_bytes!("../../../web/dist/favicon-hub.svg"),
    },
    Asset {
        name: "favicon-suite.svg",
        kind: "image/svg+xml",
        bytes: include_bytes!("../../../web/dist/favicon-suite.svg"),
    },
    Asset {
        name: "THIRD-PARTY-LICENSES.txt",
        kind: "text/plain; charset=utf-8",
        bytes: include_bytes!("../../../web/dist/THIRD-PARTY-LICENSES.txt"),
    },
];

/// One hash over the whole bundle: a browser keeps it for a year and never shows a stale one.
static BUNDLE_HASH: LazyLock<String> = LazyLock::new(|| {
    let mut context = aws_lc_rs::digest::Context::new(&aws_lc_rs::digest::SHA256);
    for asset in ASSETS {
        context.update(asset.bytes);
    }
    context
        .finish()
        .as_ref()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
});

/// The path of a file of the bundle.
pub fn asset_url(name: &str) -> String {
    format!("/assets/{}/{name}", *BUNDLE_HASH)
}

pub(crate) fn router() -> Router {
    Router::new().route("/assets/{hash}/{name}", get(serve))
}

async fn serve(Path((hash, name)): Path<(String, String)>) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let cache = if hash == *BUNDLE_HASH {
        "public, max-age=31536000, immutable"
    } else {
        "no-store"
    };
    (
        [(header::CONTENT_TYPE, asset.kind), (header::CACHE_CONTROL, cache)],
        asset.bytes,
    )
        .into_response()
}
