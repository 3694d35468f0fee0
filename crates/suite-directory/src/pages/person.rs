use askama::Template;
use axum::extract::{Path, State};
use kit_web::{Page, PageError};
use suite_tenancy::{Customer, PageActor};

use crate::model::Presence;
use crate::pages::customer_of;
use crate::usecases::{ChangeKind, DirectoryPerson, RunChange};
use crate::users_synch::UsersSynch;

#[derive(Template)]
#[template(path = "person.html")]
struct PersonTemplate<'a> {
    customer: &'a Customer,
    person: &'a DirectoryPerson,
    location: Option<&'a str>,
    manager_is_known: bool,
    history: &'a [RunChange],
}

impl PersonTemplate<'_> {
    fn initials(&self) -> String {
        let mut words = self.person.record.display_name.split_whitespace();
        let first = words.next().and_then(|word| word.chars().next());
        let last = words.next_back().and_then(|word| word.chars().next());
        first
            .into_iter()
            .chain(last)
            .flat_map(char::to_uppercase)
            .collect()
    }

    fn work(&self) -> String {
        let record = &self.person.record;
        [&record.title, &record.department]
            .into_iter()
            .flatten()
            .cloned()
            .collect::<Vec<_>>()
            .join(" · ")
    }
}

pub(super) async fn show(
    State(synch): State<UsersSynch>,
    PageActor(actor): PageActor,
    Path((customer_id, person_id)): Path<(String, String)>,
) -> Result<Page, PageError> {
    let customer = customer_of(&synch, &actor, &customer_id).await?;
    let person = synch.person(&actor, customer.id, &person_id).await?;
    let locations = synch.locations(&actor, customer.id).await?;
    let location = locations
        .iter()
        .find(|location| Some(&location.id) == person.record.location_id.as_ref());
    let manager_is_known = match &person.record.manager_id {
        Some(id) => synch.person(&actor, customer.id, id).await.is_ok(),
        None => false,
    };
    let template = PersonTemplate {
        history: &synch.person_history(&actor, customer.id, &person_id).await?,
        location: location.map(|location| location.name.as_str()),
        manager_is_known,
        customer: &customer,
        person: &person,
    };
    Ok(Page::new(person.record.display_name.clone(), &template))
}
