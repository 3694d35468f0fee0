use askama::Template;
use axum::extract::{Path, State};
use axum::response::IntoResponse as _;
use hub_directory::PageCaller;
use kit::{ExposeSecret as _, SecretString, Timestamp};
use kit_web::{Form, Page};
use serde::Deserialize;

use super::form::managed;
use super::{Answer, path_of};
use crate::model::Overlap;
use crate::{Developer, FreshSecret, OwnApplication};

/// What is shown this one time.
#[derive(Template)]
#[template(path = "secret_fresh.html")]
struct Fresh<'a> {
    own: &'a OwnApplication,
    secret: Option<&'a str>,
    application_id: String,
    path: String,
    is_new: bool,
    old_until: Option<Timestamp>,
}

/// The one answer to a form that is a page and no redirect: what it shows exists nowhere else and must not stand in an
/// address.
pub(super) fn fresh_secret(fresh: FreshSecret) -> Page {
    let FreshSecret { application, secret } = fresh;
    page(&application, secret.as_ref(), true, None)
}

fn page(
    own: &OwnApplication,
    secret: Option<&SecretString>,
    is_new: bool,
    old_until: Option<Timestamp>,
) -> Page {
    let template = Fresh {
        own,
        secret: secret.map(|secret| secret.expose_secret()),
        application_id: webex::application_id(&own.client.client_id),
        path: path_of(&own.client.client_id),
        is_new,
        old_until,
    };
    Page::new(own.client.name.clone(), &template)
}

#[derive(Template)]
#[template(path = "secret_rotate.html")]
struct Rotate<'a> {
    own: &'a OwnApplication,
    path: String,
    choices: [Overlap; 4],
    still_valid_until: Option<Timestamp>,
}

impl Rotate<'_> {
    fn is_default(choice: &Overlap) -> bool {
        *choice == Overlap::default()
    }
}

pub(super) async fn ask(
    State(developer): State<Developer>,
    PageCaller(caller): PageCaller,
    Path(client_id): Path<String>,
) -> Answer {
    let own = managed(&developer, &caller, &client_id).await?;
    let now = developer.now();
    let template = Rotate {
        own: &own,
        path: path_of(&own.client.client_id),
        choices: Overlap::ALL,
        still_valid_until: own.application.previous_secret_until.filter(|until| *until > now),
    };
    Ok(Page::new("New client secret", &template).into_response())
}

#[derive(Debug, Deserialize)]
pub(super) struct RotateForm {
    #[serde(default)]
    overlap: String,
}

pub(super) async fn rotate(
    State(developer): State<Developer>,
    PageCaller(caller): PageCaller,
    Path(client_id): Path<String>,
    Form(form): Form<RotateForm>,
) -> Answer {
    let overlap = Overlap::parse(&form.overlap)?;
    let secret = developer.rotate_secret(&caller, &client_id, overlap).await?;
    let own = managed(&developer, &caller, &client_id).await?;
    let until = own.application.previous_secret_until;
    Ok(page(&own, Some(&secret), false, until).into_response())
}
