use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use kit::Timestamp;
use kit_web::{Form, NoFields, Page, PageError, Query, clear_cookie};
use serde::Deserialize;

use crate::model::user_agent::describe;
use crate::sessions::SESSION_COOKIE;
use crate::{Identity, Session, SessionId, SignedIn};

struct Row {
    id: SessionId,
    program: String,
    user_agent: String,
    source: String,
    signed_in_at: Timestamp,
    last_seen_at: Timestamp,
    is_this_one: bool,
}

#[derive(Template)]
#[template(path = "account_sessions.html")]
struct SessionsTemplate {
    sessions: Vec<Row>,
    ended: Option<u64>,
}

impl SessionsTemplate {
    fn ended_words(&self) -> String {
        match self.ended.unwrap_or_default() {
            1 => "1 session was ended.".to_owned(),
            count => format!("{count} sessions were ended."),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Ended {
    ended: Option<u64>,
}

pub(super) async fn list(
    State(identity): State<Identity>,
    signed_in: SignedIn,
    Query(Ended { ended }): Query<Ended>,
) -> Result<Page, PageError> {
    let sessions = identity.sessions(signed_in.caller.person_id).await?;
    let sessions = sessions
        .into_iter()
        .map(|session| row_of(session, signed_in.session.id))
        .collect();
    Ok(Page::new("Sessions", &SessionsTemplate { sessions, ended }))
}

fn row_of(session: Session, this_one: SessionId) -> Row {
    let Session {
        id,
        person_id: _,
        organization_id: _,
        signed_in_at,
        last_seen_at,
        expires_at: _,
        source,
        user_agent,
    } = session;
    Row {
        id,
        program: describe(&user_agent),
        user_agent,
        source,
        signed_in_at,
        last_seen_at,
        is_this_one: id == this_one,
    }
}

pub(super) async fn end_one(
    State(identity): State<Identity>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    Form(NoFields {}): Form<NoFields>,
) -> Result<Response, PageError> {
    let id = SessionId::parse(&id)?;
    identity.sign_out_session(signed_in.caller.person_id, id).await?;
    if id == signed_in.session.id {
        let mut response = Redirect::to("/sign-in").into_response();
        clear_cookie(&mut response, identity.public_url(), SESSION_COOKIE);
        return Ok(response);
    }
    Ok(Redirect::to("/me/sessions?ended=1").into_response())
}

pub(super) async fn end_others(
    State(identity): State<Identity>,
    signed_in: SignedIn,
    Form(NoFields {}): Form<NoFields>,
) -> Result<Response, PageError> {
    let ended = identity
        .sign_out_others(signed_in.caller.person_id, signed_in.session.id)
        .await?;
    Ok(Redirect::to(&format!("/me/sessions?ended={ended}")).into_response())
}
