use http::StatusCode;
use kit_web::{Message, Page, Tone, current_tracking_id};

use crate::Authorizations;
use crate::model::{Attempt, Refusal};
use crate::use_cases::Refused;

/// The page of a refusal: what happened, what to do, the facts to pass on, the way back.
pub(super) fn page(authorizations: &Authorizations, refused: &Refused) -> Page {
    let (status, mut message) = words(&refused.refusal);
    facts(&refused.refusal, &mut message);
    if let Some(attempt) = &refused.attempt {
        ways_back(attempt, &mut message);
        if let Ok(client) = authorizations.provider().client(attempt.integration)
            && wants_the_integration_id(&refused.refusal)
        {
            message.facts.push((
                "Integration ID".to_owned(),
                webex::application_id(&client.client_id),
            ));
        }
    } else {
        message
            .actions
            .push(("Go to the start page".to_owned(), "/".to_owned()));
    }
    message.into_page(status)
}

fn ways_back(attempt: &Attempt, message: &mut Message) {
    let (back, see_how) = match attempt.invitation {
        Some(id) => (
            format!("/invitations/{id}"),
            format!("/invitations/{id}/see-how/{}", attempt.integration.word()),
        ),
        None => (
            format!("/customers/{}#{}", attempt.customer, attempt.integration.word()),
            format!(
                "/customers/{}/authorizations/{}/see-how",
                attempt.customer,
                attempt.integration.word()
            ),
        ),
    };
    message.actions.push(("Try again".to_owned(), back));
    message.actions.push(("See how".to_owned(), see_how));
}

fn wants_the_integration_id(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::ServerError { .. } | Refusal::ExpiredState { .. } | Refusal::MissingScopes { .. }
    )
}

fn message(tone: Tone, title: &str, sentences: &[String]) -> Message {
    let mut message = Message::new(tone, title, "");
    message.sentences = sentences.to_vec();
    message
}

fn words(refusal: &Refusal) -> (StatusCode, Message) {
    match refusal {
        Refusal::ServerError { .. }
        | Refusal::UnknownState
        | Refusal::ExpiredState { .. }
        | Refusal::UsedState
        | Refusal::OtherBrowser
        | Refusal::WrongIssuer { .. }
        | Refusal::NoCode
        | Refusal::NoRight { .. } => words_before_the_exchange(refusal),
        Refusal::ExchangeFailed { .. }
        | Refusal::PersonUnreadable { .. }
        | Refusal::WrongOrganization { .. }
        | Refusal::MissingRole { .. }
        | Refusal::MissingScopes { .. }
        | Refusal::IdToken { .. }
        | Refusal::Failure { .. } => words_after_the_exchange(refusal),
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "a table of sentences, one entry for each refusal"
)]
fn words_before_the_exchange(refusal: &Refusal) -> (StatusCode, Message) {
    let text = ToOwned::to_owned;
    match refusal {
        Refusal::ServerError { error, description } => (
            StatusCode::BAD_REQUEST,
            server_error(error, description.as_deref()),
        ),
        Refusal::ExpiredState { .. } => (
            StatusCode::GONE,
            message(
                Tone::Warning,
                "That took longer than 15 minutes",
                &[
                    text(
                        "The request to authorize had ended when you came back, so nothing was authorized. Begin again.",
                    ),
                    text(
                        "If you were at Control Hub meanwhile to allow the integration, that is done and stays done.",
                    ),
                ],
            ),
        ),
        Refusal::UsedState => (
            StatusCode::CONFLICT,
            message(
                Tone::Warning,
                "You came back a second time",
                &[text(
                    "This answer of the platform was used before (a reload of the page, or the back button does that). Look at the integration: it says whether it is authorized.",
                )],
            ),
        ),
        Refusal::OtherBrowser => (
            StatusCode::FORBIDDEN,
            message(
                Tone::Danger,
                "This was begun in another browser",
                &[
                    text(
                        "An authorization must end in the browser in which it began, so that nobody can slip you one of theirs. Nothing was authorized.",
                    ),
                    text(
                        "Begin again in this browser, and stay in it. If you did not begin anything and followed a link, close this page.",
                    ),
                ],
            ),
        ),
        Refusal::WrongIssuer { .. } => (
            StatusCode::BAD_REQUEST,
            message(
                Tone::Danger,
                "The answer came from another server",
                &[
                    text(
                        "The answer does not name the server to which you were sent, so it was not followed and nothing was authorized.",
                    ),
                    text(
                        "If the configuration of this Suite was changed, compare the issuer in it with what the server names; otherwise begin again, and tell your administrator if it happens again.",
                    ),
                ],
            ),
        ),
        Refusal::NoCode => (
            StatusCode::BAD_REQUEST,
            message(
                Tone::Danger,
                "The platform sent neither a code nor an error",
                &[text("Nothing was authorized. Begin again.")],
            ),
        ),
        Refusal::NoRight { reason } => (
            StatusCode::FORBIDDEN,
            message(
                Tone::Danger,
                "Nothing was authorized",
                std::slice::from_ref(reason),
            ),
        ),
        _ => (
            StatusCode::BAD_REQUEST,
            message(
                Tone::Danger,
                "This answer belongs to no request",
                &[
                    text(
                        "The platform's answer does not carry the mark of a request that was begun here, so it was not followed and nothing was authorized.",
                    ),
                    text(
                        "Begin at the customer's page, or with the link that you were sent. If you followed a link from somewhere else, close this page.",
                    ),
                ],
            ),
        ),
    }
}

fn server_error(error: &str, description: Option<&str>) -> Message {
    let said = description.map(|description| format!("The platform says: {description}"));
    let (title, sentence) = match error {
        "access_denied" => (
            "The permission was declined",
            "Somebody chose Decline, so nothing was authorized. Begin again and choose Accept, if that was not meant.",
        ),
        "invalid_scope" => (
            "The platform refuses a permission",
            "One of the scopes is not registered with the integration at the platform, or not known there. Whoever registered the integration must tick every scope that stands on the customer's page.",
        ),
        "login_required" | "interaction_required" | "consent_required" => (
            "Nobody was signed in",
            "The platform wanted nobody to be asked, and nobody was signed in. Begin again and sign in.",
        ),
        "unauthorized_client" | "invalid_request" | "unsupported_response_type" => (
            "The platform does not accept the request",
            "The registration of the integration at the platform does not fit this Suite: compare client id, redirect URI and grant type.",
        ),
        "server_error" | "temporarily_unavailable" => (
            "The platform has a problem",
            "The platform could not finish the sign-in. Try again in some minutes; it is not your doing.",
        ),
        _ => (
            "The platform answered with an error",
            "Nothing was authorized. Begin again; if it happens again, pass the facts below on to your administrator.",
        ),
    };
    let hint = "If you read “Access denied - Your administrator denied access to the integration you selected. We captured your request and will let them know”, the organization blocks this integration: a Full Administrator must allow it in Control Hub under Apps > Integrations, by the Integration ID below.";
    let sentences: Vec<String> = [Some(sentence.to_owned()), said, Some(hint.to_owned())]
        .into_iter()
        .flatten()
        .collect();
    message(
        if error == "access_denied" {
            Tone::Warning
        } else {
            Tone::Danger
        },
        title,
        &sentences,
    )
}

#[expect(
    clippy::too_many_lines,
    reason = "a table of sentences, one entry for each refusal"
)]
fn words_after_the_exchange(refusal: &Refusal) -> (StatusCode, Message) {
    let text = ToOwned::to_owned;
    match refusal {
        Refusal::ExchangeFailed { reason, .. } => (
            StatusCode::BAD_GATEWAY,
            message(
                Tone::Danger,
                "The platform did not accept the code",
                &[
                    text(
                        "The last step between this Suite and the platform failed, so nothing was authorized.",
                    ),
                    reason.clone(),
                    text(
                        "Begin again. If it happens again, compare client id, client secret and redirect URI of the Suite with the registration at the platform.",
                    ),
                ],
            ),
        ),
        Refusal::PersonUnreadable { reason, .. } => (
            StatusCode::BAD_GATEWAY,
            message(
                Tone::Danger,
                "The platform does not say who you are",
                &[
                    text(
                        "The tokens were given, but the platform did not answer whose they are; they were given back and nothing was authorized.",
                    ),
                    reason.clone(),
                    text("Try again in some minutes."),
                ],
            ),
        ),
        Refusal::WrongOrganization { email, .. } => (
            StatusCode::FORBIDDEN,
            message(
                Tone::Danger,
                "You belong to another organization",
                &[
                    format!(
                        "You signed in as {email}, who belongs to another Webex organization than this customer. The tokens were given back; nothing was authorized."
                    ),
                    text(
                        "Sign out of Webex, and begin again as a Full Administrator of the customer's organization. A partner's account does not do.",
                    ),
                ],
            ),
        ),
        Refusal::MissingRole { role, email } => (
            StatusCode::FORBIDDEN,
            message(
                Tone::Danger,
                "You are not a Full Administrator",
                &[
                    format!(
                        "{email} does not have the role {role}, which this integration needs. The tokens were given back; nothing was authorized."
                    ),
                    text(
                        "In Control Hub a Full Administrator opens Users, this person, Administrator roles, and chooses “Full administrator”. No licence is needed for it. Or let a Full Administrator authorize.",
                    ),
                ],
            ),
        ),
        Refusal::MissingScopes { .. } => (
            StatusCode::FORBIDDEN,
            message(
                Tone::Danger,
                "Not every permission was given",
                &[
                    text(
                        "The platform granted less than the integration needs, so it could not work. What was granted was given back; nothing was authorized.",
                    ),
                    text(
                        "Begin again and accept every permission. If the platform did not even ask for them, whoever registered the integration must tick these scopes there.",
                    ),
                ],
            ),
        ),
        Refusal::IdToken { reason } => (
            StatusCode::BAD_GATEWAY,
            message(
                Tone::Danger,
                "It is not certain who signed in",
                &[
                    format!(
                        "The platform's proof of who signed in (the id token) cannot be accepted: {reason}"
                    ),
                    text(
                        "The tokens were given back; nothing was authorized. Begin again; if it happens again, tell your administrator.",
                    ),
                ],
            ),
        ),
        other => (
            StatusCode::INTERNAL_SERVER_ERROR,
            message(
                Tone::Danger,
                "We could not finish it",
                &[other.summary(), text("Nothing was authorized. Begin again.")],
            ),
        ),
    }
}

fn facts(refusal: &Refusal, message: &mut Message) {
    let mut fact = |term: &str, value: &str| message.facts.push((term.to_owned(), value.to_owned()));
    match refusal {
        Refusal::ServerError { error, .. } => fact("Error", error),
        Refusal::WrongIssuer { expected, received } => {
            fact("Expected issuer", expected);
            fact("Named issuer", received.as_deref().unwrap_or("none"));
        }
        Refusal::ExchangeFailed { tracking_id, .. } | Refusal::PersonUnreadable { tracking_id, .. } => {
            if let Some(id) = tracking_id {
                fact("Tracking ID of the platform", id);
            }
        }
        Refusal::WrongOrganization {
            expected, received, ..
        } => {
            fact("Organization of the customer", expected);
            fact("Your organization", received);
        }
        Refusal::MissingScopes { missing } => fact("Missing scopes", &missing.to_string()),
        Refusal::Failure { .. } => fact("Tracking ID", &current_tracking_id()),
        _ => {}
    }
}
