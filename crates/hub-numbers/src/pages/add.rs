use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use http::StatusCode;
use hub_directory::{AdministratorCaller, Caller, LocationId};
use kit::Error;
use kit_web::{Form, Page, Query, status_of, to_mend};
use serde::Deserialize;

use super::list::calling;
use super::{Answer, require_writes};
use crate::Numbers;
use crate::use_cases::add_numbers::{BadNumber, NewNumbers};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AddForm {
    location: String,
    numbers: String,
    state: String,
    toll_free: String,
}

#[derive(Template)]
#[template(path = "numbers_add.html")]
struct Add<'a> {
    form: &'a AddForm,
    locations: Vec<(String, String)>,
    /// Field, or none, and sentence.
    problems: Vec<(&'static str, String)>,
}

impl Add<'_> {
    fn problem_at(&self, field: &str) -> bool {
        self.problems.iter().any(|(at, _)| *at == field)
    }
}

async fn page(
    numbers: &Numbers,
    caller: &Caller,
    form: &AddForm,
    problems: Vec<(&'static str, String)>,
    status: StatusCode,
) -> Answer {
    let locations = numbers.directory().locations_of(caller.organization_id).await?;
    let locations = locations
        .into_iter()
        .filter(calling)
        .map(|location| (location.id.to_string(), location.name))
        .collect();
    let template = Add {
        form,
        locations,
        problems,
    };
    Ok(Page::new("Add numbers", &template)
        .with_status(status)
        .into_response())
}

pub(super) async fn form(
    State(numbers): State<Numbers>,
    AdministratorCaller(caller): AdministratorCaller,
    Query(form): Query<AddForm>,
) -> Answer {
    require_writes(&caller)?;
    page(&numbers, &caller, &form, Vec::new(), StatusCode::OK).await
}

pub(super) async fn save(
    State(numbers): State<Numbers>,
    AdministratorCaller(caller): AdministratorCaller,
    Form(form): Form<AddForm>,
) -> Answer {
    require_writes(&caller)?;
    let lines = lines(&form.numbers);
    let new = NewNumbers {
        numbers: lines.iter().map(|(_, text)| text.clone()).collect(),
        inactive: form.state == "inactive",
        toll_free: !form.toll_free.is_empty(),
        service: false,
    };
    let (problems, status) = match LocationId::parse(&form.location) {
        Err(_) => (
            vec![("location", "Choose a location.".to_owned())],
            StatusCode::BAD_REQUEST,
        ),
        Ok(_) if lines.is_empty() => {
            let sentence = "Write at least one number.".to_owned();
            (vec![("numbers", sentence)], StatusCode::BAD_REQUEST)
        }
        Ok(location_id) => match numbers.add_numbers(&caller, location_id, &new).await {
            Ok(bad) if bad.is_empty() => {
                let list = format!("/calling/numbers?location={location_id}&use=unassigned&done=added");
                return Ok(Redirect::to(&list).into_response());
            }
            Ok(bad) => (by_line(&lines, &bad), StatusCode::BAD_REQUEST),
            Err(error) => {
                let error: Error = to_mend(error)?;
                (vec![("", error.public().to_owned())], status_of(error.kind()))
            }
        },
    };
    page(&numbers, &caller, &form, problems, status).await
}

/// The lines that say something, each with its place from one on.
fn lines(text: &str) -> Vec<(usize, String)> {
    text.lines()
        .zip(1..)
        .map(|(line, place)| (place, line.trim().to_owned()))
        .filter(|(_, line)| !line.is_empty())
        .collect()
}

/// Every bad number with the lines on which it stands.
fn by_line(lines: &[(usize, String)], bad: &[BadNumber]) -> Vec<(&'static str, String)> {
    let same = |line: &str, number: &str| {
        line == number || hub_directory::public_api::e164(line).is_ok_and(|read| read == number)
    };
    bad.iter()
        .map(|bad| {
            let place = lines.iter().find(|(_, line)| same(line, &bad.number));
            let place = place.map_or_else(String::new, |(place, _)| format!("Line {place}: "));
            ("numbers", format!("{place}{}", bad.sentence))
        })
        .collect()
}
