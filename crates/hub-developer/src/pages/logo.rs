use axum::extract::{FromRequest as _, Path, Request, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use http::{HeaderValue, StatusCode, header};
use hub_directory::PageCaller;
use kit::{Error, Result};
use kit_web::{Page, PageError, check_csrf, to_mend};

use super::application::ApplicationPage;
use super::form::managed;
use super::{Answer, path_of};
use crate::Developer;
use crate::model::Logo;

/// What the upload sends.
#[derive(Default)]
struct Upload {
    csrf: String,
    removes: bool,
    file: Vec<u8>,
}

pub(super) async fn upload(
    State(developer): State<Developer>,
    PageCaller(caller): PageCaller,
    Path(client_id): Path<String>,
    request: Request,
) -> Answer {
    let upload = read(request).await?;
    check_csrf(&upload.csrf)?;
    let own = managed(&developer, &caller, &client_id).await?;
    let path = path_of(&own.client.client_id);
    if upload.removes {
        developer.set_logo(&caller, &client_id, None).await?;
        return Ok(Redirect::to(&format!("{path}?done=no-logo")).into_response());
    }
    match Logo::check(upload.file) {
        Ok(logo) => {
            developer.set_logo(&caller, &client_id, Some(logo)).await?;
            Ok(Redirect::to(&format!("{path}?done=logo")).into_response())
        }
        Err(error) => {
            let error = to_mend(error)?;
            let template = ApplicationPage {
                logo_problem: Some(error.public().to_owned()),
                ..ApplicationPage::of(&developer, &caller, &own).await?
            };
            Ok(Page::new(own.client.name.clone(), &template)
                .with_status(StatusCode::BAD_REQUEST)
                .into_response())
        }
    }
}

async fn read(request: Request) -> std::result::Result<Upload, PageError> {
    let unreadable = || Error::invalid("The upload could not be read. Choose the file again.");
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let boundary = multer::parse_boundary(kind).map_err(|error| unreadable().because(error))?;
    // Taken whole, so that the limit of the body holds here as everywhere.
    let body = axum::body::Bytes::from_request(request, &())
        .await
        .map_err(|_| Error::invalid("The file is larger than 1 MiB; a logo has 256 KB at the most."))?;
    parse(body, boundary)
        .await
        .map_err(|error| PageError(unreadable().because(error)))
}

async fn parse(body: axum::body::Bytes, boundary: String) -> multer::Result<Upload> {
    let whole = futures::stream::once(async move { Ok::<_, std::convert::Infallible>(body) });
    let mut parts = multer::Multipart::new(whole, boundary);
    let mut upload = Upload::default();
    while let Some(part) = parts.next_field().await? {
        match part.name() {
            Some("csrf") => upload.csrf = part.text().await?,
            Some("remove") => upload.removes = true,
            Some("logo") => upload.file = part.bytes().await?.to_vec(),
            _ => {}
        }
    }
    Ok(upload)
}

/// The logo of an application; its initials where it has none, so that no page has to know.
pub(super) async fn show(
    State(developer): State<Developer>,
    PageCaller(_caller): PageCaller,
    Path(client_id): Path<String>,
) -> std::result::Result<Response, PageError> {
    let (content_type, bytes) = match developer.logo(&client_id).await? {
        Some(logo) => (logo.content_type, logo.bytes),
        None => (
            "image/svg+xml",
            initials(&developer, &client_id).await?.into_bytes(),
        ),
    };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, content_type),
        // Whatever it is, it is a picture and runs nothing, also when somebody opens it by itself.
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (header::CACHE_CONTROL, "private, no-cache"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

/// One or two letters on a plain ground. Letters and digits only: nothing of a name becomes markup.
async fn initials(developer: &Developer, client_id: &str) -> Result<String> {
    let client = developer.oauth().client(client_id).await?;
    let name = client.map(|client| client.name).unwrap_or_default();
    let letters: String = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|character| character.is_alphanumeric()))
        .take(2)
        .flat_map(char::to_uppercase)
        .collect();
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\"><rect width=\"64\" height=\"64\" rx=\"12\" fill=\"#5b6472\"/><text x=\"32\" y=\"33\" fill=\"#ffffff\" font-family=\"system-ui, sans-serif\" font-size=\"26\" font-weight=\"600\" text-anchor=\"middle\" dominant-baseline=\"central\">{letters}</text></svg>"
    ))
}
