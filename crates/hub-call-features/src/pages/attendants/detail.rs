use askama::Template;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use hub_directory::AdministratorCaller;
use hub_directory::public_api::Pairs;
use kit_web::Page;
use webex::{PublicId, ResourceKind};

use super::{attendant_of, notice};
use crate::CallFeatures;
use crate::model::attendant::CallerIdName;
use crate::model::attendant_menu::{Greeting, LastAction, Menu, MenuKey};
use crate::model::profile::language_name;
use crate::pages::common::{Answer, writes};

#[derive(Template)]
#[template(path = "attendant.html")]
struct AttendantPage<'a> {
    id: String,
    public_id: String,
    name: &'a str,
    location: String,
    enabled: bool,
    facts: Vec<(&'static str, String)>,
    schedules: Vec<(&'static str, String, String)>,
    menus: Vec<MenuView>,
    writes: bool,
    notice: Option<&'static str>,
}

/// A menu as a table of keys.
struct MenuView {
    hours: &'static str,
    title: &'static str,
    greeting: String,
    extension_enabled: bool,
    keys: Vec<KeyView>,
    no_input: String,
}

struct KeyView {
    key: char,
    action: &'static str,
    value: String,
    description: String,
}

impl MenuView {
    fn new(hours: &'static str, title: &'static str, menu: &Menu) -> Self {
        let keys = MenuKey::ALL.into_iter().filter_map(|key| {
            let entry = menu.keys.iter().find(|entry| entry.key == key)?;
            Some(KeyView {
                key: key.character(),
                action: entry.action.label(),
                value: entry.action.value().unwrap_or_default().to_owned(),
                description: entry.description.clone().unwrap_or_default(),
            })
        });
        Self {
            hours,
            title,
            greeting: heard(&menu.greeting),
            extension_enabled: menu.extension_enabled,
            keys: keys.collect(),
            no_input: no_input(menu),
        }
    }
}

fn heard(greeting: &Greeting) -> String {
    match greeting {
        Greeting::Default => "Default greeting".to_owned(),
        Greeting::Custom(file) => format!("{} ({})", file.file_name, file.level.label()),
    }
}

/// What happens to a caller who presses nothing, in a sentence.
fn no_input(menu: &Menu) -> String {
    let treatment = &menu.treatment;
    let last = match &treatment.last_action {
        LastAction::Disconnect => "the call ends".to_owned(),
        LastAction::PlayMessageAndDisconnect(greeting) => {
            format!("“{}” is played and the call ends", heard(greeting))
        }
        LastAction::Transfer(transfer, target) => {
            format!(
                "the call is handed on to {target} ({})",
                transfer.label().to_lowercase()
            )
        }
    };
    let repeats = match treatment.retries.word() {
        "NO_REPEAT" => String::new(),
        _ => format!(
            "the greeting is repeated {}, then ",
            treatment.retries.label().to_lowercase()
        ),
    };
    format!(
        "After {} seconds without a key: {repeats}{last}.",
        treatment.no_input_timer
    )
}

pub(super) async fn show(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    let (attendant, held) = attendant_of(&call_features, &caller, &id).await?;
    let names = call_features
        .place_names(caller.organization_id, std::iter::once(attendant.location_id))
        .await?;
    let mut facts: Vec<(&'static str, String)> = Vec::new();
    let mut fact = |label, value: Option<String>| facts.extend(value.map(|value| (label, value)));
    if let Some(held) = held {
        fact("Number", held.number);
        fact("Extension", held.extension);
        fact(
            "From other locations",
            held.esn.filter(|_| held.routing_prefix.is_some()),
        );
        fact(
            "Alternate numbers",
            Some(held.alternates.join(", ")).filter(|list| !list.is_empty()),
        );
    }
    fact(
        "Language",
        Some(language_name(&attendant.language_code).to_owned()),
    );
    fact("Time zone", Some(attendant.time_zone.clone()));
    fact(
        "Extension dialing",
        Some(attendant.extension_dialing.label().to_owned()),
    );
    fact("Name dialing", Some(attendant.name_dialing.label().to_owned()));
    fact("Dial by name", attendant.dial_by_name.clone());
    fact(
        "Caller ID name",
        Some(match &attendant.caller_id_name {
            CallerIdName::DisplayName => attendant.name.clone(),
            CallerIdName::Custom(name) => name.clone(),
        }),
    );
    let holidays = attendant.holiday_schedule.iter();
    let schedules = std::iter::once(("Business hours", &attendant.business_schedule))
        .chain(holidays.map(|schedule| ("Holidays", schedule)))
        .map(|(label, schedule)| (label, schedule.name.clone(), schedule.id.to_string()))
        .collect();
    let template = AttendantPage {
        id: attendant.id.to_string(),
        public_id: PublicId::of_uuid(ResourceKind::AutoAttendant, attendant.id.uuid()).to_string(),
        name: &attendant.name,
        location: names.get(&attendant.location_id).cloned().unwrap_or_default(),
        enabled: attendant.enabled,
        facts,
        schedules,
        menus: vec![
            MenuView::new("business", "Business hours menu", &attendant.business_hours_menu),
            MenuView::new("after", "After hours menu", &attendant.after_hours_menu),
        ],
        writes: writes(&caller),
        notice: notice(pairs.text("done")),
    };
    Ok(Page::new(attendant.name.clone(), &template).into_response())
}
