use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header;
use hub_directory::PageCaller;
use hub_gateway::Gateway;
use kit::Error;
use kit_web::{ApiError, Page, PublicUrl};

/// What the two routes know: where the Hub is, and its gateway if it has one.
#[derive(Clone)]
pub(crate) struct Connect {
    pub(crate) public_url: PublicUrl,
    pub(crate) gateway: Option<Gateway>,
}

#[derive(Template)]
#[template(path = "connect.html")]
struct ConnectPage {
    hub: String,
    api: String,
    gateway: Option<GatewayFacts>,
}

struct GatewayFacts {
    proxy: String,
    certificate_file: String,
    /// The lines for a shell.
    shell: String,
}

pub(crate) fn router(connect: Connect) -> Router {
    Router::new()
        .route("/connect", get(page))
        .route("/gateway/ca.pem", get(certificate))
        .with_state(connect)
}

/// How each SDK reaches this Hub, ready to copy. For everybody who is signed in: whoever may make a token may use it.
async fn page(State(connect): State<Connect>, _who: PageCaller) -> Page {
    let Connect { public_url, gateway } = connect;
    let template = ConnectPage {
        hub: public_url.as_str().to_owned(),
        api: public_url.link("/v1"),
        gateway: gateway.as_ref().map(facts),
    };
    Page::new("Connect your SDK", &template)
}

fn facts(gateway: &Gateway) -> GatewayFacts {
    let environment = gateway.environment();
    let certificate_file = environment.certificate_file.display().to_string();
    GatewayFacts {
        shell: environment.lines(hub_gateway::Shell::Sh),
        proxy: environment.proxy,
        certificate_file,
    }
}

/// The certificate of the development CA, for whoever needs it on another machine. It is no secret.
async fn certificate(State(connect): State<Connect>) -> Response {
    let Some(gateway) = connect.gateway else {
        let error = Error::not_found(
            "This Hub has no gateway, so it has no certificate either. Start it with --gateway 127.0.0.1:8443.",
        );
        return ApiError(error).into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, "application/x-pem-file"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"trunkline-ca.pem\"",
        ),
    ];
    (headers, gateway.certificate_pem()).into_response()
}
