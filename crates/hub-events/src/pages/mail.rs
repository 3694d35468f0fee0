use askama::Template;
use axum::extract::{Path, State};
use hub_caller::{AdministratorCaller, NOT_FOUND};
use kit::{Error, Result, Uuid};
use kit_web::{Page, PageError, Query};
use serde::Deserialize;

use super::Rows;
use crate::Events;
use crate::store::letters::KeptLetter;
use crate::use_cases::shown_link;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Parameters {
    #[serde(default)]
    page: String,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct MailPage {
    organization: String,
    keeps_files: bool,
    letters: Vec<KeptLetter>,
    rows: Rows,
}

#[derive(Template)]
#[template(path = "letter.html")]
struct LetterPage {
    letter: KeptLetter,
}

impl KeptLetter {
    fn standing(&self) -> (&'static str, &'static str) {
        match (self.sent_at, self.given_up_at, self.sent_by.as_str()) {
            (Some(_), _, "file") => ("pill pill-success", "Kept as a file"),
            (Some(_), _, _) => ("pill pill-success", "Sent"),
            (None, Some(_), _) => ("pill pill-danger", "Given up"),
            (None, None, _) if self.tries > 0 => ("pill pill-warning", "Tried again later"),
            (None, None, _) => ("pill pill-info", "Waiting"),
        }
    }

    fn pill(&self) -> &'static str {
        self.standing().0
    }

    fn word(&self) -> &'static str {
        self.standing().1
    }

    /// What of the link administrators may see: what only its reader may know stands behind the `?`.
    fn open_link(&self) -> Option<(&str, &str)> {
        let (words, path) = self.link.as_ref()?;
        Some((words, shown_link(path)))
    }

    fn link_is_cut(&self) -> bool {
        self.link.as_ref().is_some_and(|(_, path)| path.contains('?'))
    }
}

/// What this Hub wrote to the people of the organization.
pub(super) async fn mail(
    State(events): State<Events>,
    AdministratorCaller(caller): AdministratorCaller,
    Query(parameters): Query<Parameters>,
) -> Result<Page, PageError> {
    let page = Rows::page_number(&parameters.page);
    let (letters, total) = events
        .list_letters(&caller, Rows::offset(page), Rows::A_PAGE)
        .await?;
    let shown = i64::try_from(letters.len()).unwrap_or_default();
    let template = MailPage {
        organization: events.name_of_organization(&caller).await?,
        keeps_files: events.post_office().road() == "file",
        letters,
        rows: Rows { page, total, shown },
    };
    Ok(Page::new("Mail", &template))
}

/// One letter.
pub(super) async fn letter(
    State(events): State<Events>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
) -> Result<Page, PageError> {
    let id = Uuid::parse_str(&id).map_err(|_| Error::not_found(NOT_FOUND))?;
    let letter = events.show_letter(&caller, id).await?;
    let title = letter.subject.clone();
    Ok(Page::new(title, &LetterPage { letter }))
}
