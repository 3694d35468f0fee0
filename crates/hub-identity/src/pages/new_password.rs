//! Forgotten, expired and one-time passwords: the page that asks for a new one, and the ways to it.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderValue, StatusCode, header};
use kit::{Error, ExposeSecret as _, Kind, SecretString};
use kit_web::{Form, Message, Page, PageError, Query, Tone, status_of};
use serde::Deserialize;

use super::door::{At, drop_ticket, keep_ticket, let_in, ticket_of};
use super::sign_in::looks_like_email;
use crate::model::return_path::local_path;
use crate::{Identity, NewPasswordCase, TicketReason};

#[derive(Deserialize)]
pub(super) struct Address {
    #[serde(default)]
    email: String,
}

#[derive(Template)]
#[template(path = "forgotten.html")]
struct ForgottenTemplate<'a> {
    email: &'a str,
    error: &'a str,
    must_wait: bool,
}

pub(super) async fn ask_for_address(Query(Address { email }): Query<Address>) -> Page {
    let template = ForgottenTemplate {
        email: email.trim(),
        error: "",
        must_wait: false,
    };
    Page::solo("Forgotten password", &template)
}

pub(super) async fn send_link(
    State(identity): State<Identity>,
    at: At,
    Form(Address { email }): Form<Address>,
) -> Result<Response, PageError> {
    let email = email.trim();
    let again = |error: &str, must_wait: bool, status: StatusCode| {
        let template = ForgottenTemplate {
            email,
            error,
            must_wait,
        };
        Page::solo("Forgotten password", &template)
            .with_status(status)
            .into_response()
    };
    if !looks_like_email(email) {
        let error = "Enter the e-mail address of your account, such as name@company.com.";
        return Ok(again(error, false, StatusCode::UNPROCESSABLE_ENTITY));
    }
    match identity.forgot_password(email, at.visitor.source()).await {
        Ok(()) => Ok(Redirect::to("/sign-in/forgotten/sent").into_response()),
        Err(error) => match error.kind() {
            Kind::TooMany(wait) => {
                let mut response = again(error.public(), true, StatusCode::TOO_MANY_REQUESTS);
                let seconds = HeaderValue::from(wait.as_secs() + 1);
                response.headers_mut().insert(header::RETRY_AFTER, seconds);
                Ok(response)
            }
            _ => Err(PageError(error)),
        },
    }
}

/// The same words whether anybody has the address.
pub(super) async fn link_sent() -> Page {
    let mut message = Message::new(
        Tone::Success,
        "Look into your mailbox",
        "If an account has this address, a letter with a link is on its way to it. The link works once, within one hour.",
    );
    message.sentences.push(
        "No letter? Look at the address again, and among unwanted mail. An administrator of your organization can reset your password too."
            .to_owned(),
    );
    message
        .actions
        .push(("Back to sign-in".to_owned(), "/sign-in".to_owned()));
    message.into_page(StatusCode::OK)
}

#[derive(Deserialize)]
pub(super) struct Link {
    #[serde(default, deserialize_with = "super::secret")]
    key: SecretString,
}

/// Moves what the link carries into a cookie, so that it stands in no address any more. It decides nothing.
pub(super) async fn open_link(
    State(identity): State<Identity>,
    Query(Link { key }): Query<Link>,
) -> Result<Response, PageError> {
    if identity.new_password_case(key.expose_secret()).await?.is_none() {
        return Ok(used_up().into_response());
    }
    let mut response = Redirect::to("/sign-in/new-password").into_response();
    keep_ticket(&mut response, &identity, &key, TicketReason::Forgotten.life());
    Ok(response)
}

#[derive(Template)]
#[template(path = "new_password.html")]
struct NewPasswordTemplate<'a> {
    case: &'a NewPasswordCase,
    return_to: &'a str,
    error: &'a str,
}

impl NewPasswordTemplate<'_> {
    fn why(&self) -> &'static str {
        match self.case.reason {
            TicketReason::Expired => {
                "Your password is older than your organization allows. Choose another to go on."
            }
            TicketReason::OneTime => {
                "An administrator gave you this password for one sign-in. Choose your own to go on."
            }
            TicketReason::Link => {
                "An administrator sent you this link. Choose the password with which you will sign in."
            }
            TicketReason::Forgotten => "Choose the password with which you will sign in from now on.",
        }
    }

    fn initial(&self) -> String {
        let first = self.case.account.email.chars().next();
        first
            .map(|first| first.to_uppercase().collect())
            .unwrap_or_default()
    }
}

#[derive(Deserialize)]
pub(super) struct Where {
    #[serde(default)]
    return_to: String,
}

pub(super) async fn page(
    State(identity): State<Identity>,
    at: At,
    Query(sent): Query<Where>,
) -> Result<Response, PageError> {
    let ticket = ticket_of(&at.jar, &identity).unwrap_or_default();
    let Some(case) = identity.new_password_case(ticket).await? else {
        return Ok(used_up().into_response());
    };
    Ok(form(&case, local_path(&sent.return_to), "").into_response())
}

#[derive(Deserialize)]
pub(super) struct NewPassword {
    #[serde(default)]
    return_to: String,
    #[serde(deserialize_with = "super::secret")]
    new: SecretString,
    #[serde(deserialize_with = "super::secret")]
    again: SecretString,
}

pub(super) async fn choose(
    State(identity): State<Identity>,
    at: At,
    Form(sent): Form<NewPassword>,
) -> Result<Response, PageError> {
    let ticket = ticket_of(&at.jar, &identity).unwrap_or_default();
    let return_to = local_path(&sent.return_to);
    let Some(case) = identity.new_password_case(ticket).await? else {
        return Ok(used_up().into_response());
    };
    let outcome = if sent.new.expose_secret() == sent.again.expose_secret() {
        identity.choose_password(ticket, &sent.new, &at.visitor).await
    } else {
        Err(Error::invalid("The two passwords differ; nothing was changed."))
    };
    match outcome {
        Ok(sign_in) => {
            let mut response = let_in(&identity, &at.jar, &sign_in, return_to).await?;
            drop_ticket(&mut response, &identity);
            Ok(response)
        }
        Err(error) if *error.kind() == Kind::Gone => Ok(used_up().into_response()),
        Err(error) => {
            let error = kit_web::to_mend(error)?;
            Ok(form(&case, return_to, error.public())
                .with_status(status_of(error.kind()))
                .into_response())
        }
    }
}

fn form(case: &NewPasswordCase, return_to: &str, error: &str) -> Page {
    let template = NewPasswordTemplate {
        case,
        return_to,
        error,
    };
    Page::solo("Choose a new password", &template)
}

fn used_up() -> Page {
    let mut message = Message::new(
        Tone::Warning,
        "This link is used up",
        "It was used already, its time is over, or your password was changed meanwhile. Sign in, or ask for another link.",
    );
    message
        .actions
        .push(("Sign in".to_owned(), "/sign-in".to_owned()));
    message
        .actions
        .push(("Ask for another link".to_owned(), "/sign-in/forgotten".to_owned()));
    message.into_page(StatusCode::GONE)
}
