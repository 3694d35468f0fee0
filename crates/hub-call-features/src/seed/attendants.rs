//! Schedules and auto attendants of an invented organization.

use std::collections::BTreeMap;

use hub_directory::seed::SeedLocation;
use hub_directory::{LocationId, OrganizationId, SeedOrganization};
use hub_numbers::{Owner, Wanted};
use jiff::civil::{Date, Time, Weekday};
use kit::{Error, Result, Uuid};
use kit_sql::Transaction;

use super::holidays::holidays;
use super::{FIRST_NUMBER, made_id};
use crate::CallFeatures;
use crate::model::attendant::{Attendant, AttendantId, CallerIdName, Reach, ScheduleInUse};
use crate::model::attendant_menu::{
    Greeting, KeyAction, KeyConfiguration, LastAction, Menu, MenuKey, Retries, Transfer, Treatment,
};
use crate::model::group::GroupKind;
use crate::model::schedule::{Schedule, ScheduleKind};
use crate::model::schedule_event::{Event, Pattern, Recurrence, Span, Weekdays};
use crate::store::groups::GroupFilter;
use crate::store::schedules::ScheduleFilter;
use crate::store::{attendants, groups, schedules};
use crate::use_cases::attendant_create::owner;

const BUSINESS_HOURS: &str = "Business Hours";
const HOLIDAYS: &str = "National Holidays";
const MAIN_MENU: &str = "Main Menu";

/// Attendants take the numbers and extensions behind those of the groups.
const NUMBER: usize = FIRST_NUMBER + 4;
const EXTENSION: u32 = 150;

/// Where a key leads: a name and an extension.
type Target = (String, String);

/// Attendants and what they hold.
type MainMenus = (Vec<Attendant>, Vec<(Owner, Wanted)>);

/// Adds them all, once: an organization that has a schedule already keeps what it has.
pub(super) async fn seed(call_features: &CallFeatures, organization: &SeedOrganization) -> Result<()> {
    let organization_id = OrganizationId::new(organization.id);
    let mut transaction = call_features.database().begin().await?;
    let any = ScheduleFilter {
        limit: 1,
        ..ScheduleFilter::default()
    };
    if !schedules::list((&mut transaction).into(), organization_id, &any)
        .await?
        .is_empty()
    {
        return Ok(());
    }
    let now = call_features.clock().now();
    let mut of_country: BTreeMap<&str, Vec<Event>> = BTreeMap::new();
    let mut made = Vec::new();
    for location in &organization.locations {
        if !of_country.contains_key(location.country) {
            of_country.insert(location.country, holidays(location.country)?);
        }
        let events = of_country.get(location.country).cloned().unwrap_or_default();
        made.push(schedule(organization, location, ScheduleKind::Holidays, events));
        let hours = vec![working_hours(location.country)?];
        made.push(schedule(
            organization,
            location,
            ScheduleKind::BusinessHours,
            hours,
        ));
    }
    schedules::insert(&mut transaction, &made, now).await?;

    let targets = targets(call_features, &mut transaction, organization_id).await?;
    let (menus, owners) = main_menus(organization, &targets)?;
    attendants::insert(&mut transaction, &menus, now).await?;
    call_features
        .numbers()
        .assign_many(&mut transaction, owners)
        .await?;
    transaction.commit().await
}

fn schedule(
    organization: &SeedOrganization,
    location: &SeedLocation,
    kind: ScheduleKind,
    events: Vec<Event>,
) -> Schedule {
    Schedule {
        id: schedule_id(organization, location, kind),
        organization_id: OrganizationId::new(organization.id),
        location_id: LocationId::new(location.id),
        kind,
        name: schedule_name(kind).to_owned(),
        events,
    }
}

fn schedule_id(organization: &SeedOrganization, location: &SeedLocation, kind: ScheduleKind) -> Uuid {
    made_id(organization, &format!("schedule/{}/{}", location.id, kind.word()))
}

const fn schedule_name(kind: ScheduleKind) -> &'static str {
    match kind {
        ScheduleKind::BusinessHours => BUSINESS_HOURS,
        ScheduleKind::Holidays => HOLIDAYS,
    }
}

/// The working week of a country, from 2026 on.
fn working_hours(country: &str) -> Result<Event> {
    let (first, days) = match country {
        "IL" => (
            (2026, 1, 4),
            [
                Weekday::Sunday,
                Weekday::Monday,
                Weekday::Tuesday,
                Weekday::Wednesday,
                Weekday::Thursday,
            ],
        ),
        _ => (
            (2026, 1, 5),
            [
                Weekday::Monday,
                Weekday::Tuesday,
                Weekday::Wednesday,
                Weekday::Thursday,
                Weekday::Friday,
            ],
        ),
    };
    let first = Date::new(first.0, first.1, first.2).map_err(Error::internal)?;
    let hour = |hour| Time::new(hour, 0, 0, 0).map_err(Error::internal);
    let hours = if country == "US" {
        (hour(8)?, hour(18)?)
    } else {
        (hour(9)?, hour(17)?)
    };
    let days = Weekdays::of(days).ok_or_else(|| Error::internal("a working week without a day"))?;
    Event::new(
        Some("Weekdays".to_owned()),
        Span::new(first, first, Some(hours))?,
        Some(Recurrence {
            pattern: Pattern::Weekly { every_weeks: 1, days },
            until: None,
        }),
    )
}

/// The groups and queues of each location with their extensions, by name.
async fn targets(
    call_features: &CallFeatures,
    transaction: &mut Transaction,
    organization_id: OrganizationId,
) -> Result<BTreeMap<LocationId, Vec<Target>>> {
    let everything = GroupFilter {
        kinds: GroupKind::ALL,
        limit: i64::MAX,
        ..GroupFilter::default()
    };
    let found = groups::list((&mut *transaction).into(), organization_id, &everything).await?;
    let ids: Vec<Uuid> = found.iter().map(|group| group.id).collect();
    let held = call_features
        .numbers()
        .held_by((&mut *transaction).into(), organization_id, &ids)
        .await?;
    let mut targets: BTreeMap<LocationId, Vec<Target>> = BTreeMap::new();
    for group in found {
        let extension = held.get(&group.id).and_then(|held| held.extension.clone());
        if let Some(extension) = extension {
            targets
                .entry(group.location_id)
                .or_default()
                .push((group.name, extension));
        }
    }
    Ok(targets)
}

/// One at the first location of a small organization, one at every second location of a bigger one.
fn main_menus(
    organization: &SeedOrganization,
    targets: &BTreeMap<LocationId, Vec<Target>>,
) -> Result<MainMenus> {
    const FEW: usize = 8;
    let every = if organization.locations.len() < FEW {
        FEW
    } else {
        2
    };
    let mut attendants = Vec::new();
    let mut owners = Vec::new();
    for location in organization.locations.iter().step_by(every) {
        let here = targets
            .get(&LocationId::new(location.id))
            .map(Vec::as_slice)
            .unwrap_or_default();
        let attendant = main_menu(organization, location, here)?;
        let wanted = Wanted {
            number: location.spare_numbers.get(NUMBER).map(ToString::to_string),
            extension: Some((location.first_spare_extension + EXTENSION).to_string()),
            alternates: Vec::new(),
        };
        owners.push((owner(&attendant), wanted));
        attendants.push(attendant);
    }
    Ok((attendants, owners))
}

fn main_menu(
    organization: &SeedOrganization,
    location: &SeedLocation,
    targets: &[Target],
) -> Result<Attendant> {
    let follows = |kind| ScheduleInUse {
        id: schedule_id(organization, location, kind),
        name: schedule_name(kind).to_owned(),
    };
    Ok(Attendant {
        id: AttendantId::new(made_id(organization, &format!("attendant/{}", location.id))),
        organization_id: OrganizationId::new(organization.id),
        location_id: LocationId::new(location.id),
        name: MAIN_MENU.to_owned(),
        enabled: true,
        language_code: location.announcement_language.to_owned(),
        time_zone: location.time_zone.to_owned(),
        business_schedule: follows(ScheduleKind::BusinessHours),
        holiday_schedule: Some(follows(ScheduleKind::Holidays)),
        extension_dialing: Reach::Enterprise,
        name_dialing: Reach::Enterprise,
        business_hours_menu: by_day(targets)?,
        after_hours_menu: by_night()?,
        first_name: None,
        last_name: None,
        caller_id_name: CallerIdName::Custom(organization.name.to_owned()),
        dial_by_name: Some(MAIN_MENU.to_owned()),
        ring_patterns: BTreeMap::new(),
    })
}

fn key(key: &str, action: KeyAction, description: &str) -> Result<KeyConfiguration> {
    Ok(KeyConfiguration {
        key: MenuKey::parse("key", key)?,
        action,
        description: Some(description.to_owned()),
    })
}

/// A key for each of the first groups, and the usual ones behind them.
fn by_day(targets: &[Target]) -> Result<Menu> {
    const MOST: usize = 7;
    let mut keys = Vec::new();
    for (position, (name, extension)) in (1..).zip(targets.iter().take(MOST)) {
        let action = KeyAction::Transfer(Transfer::WithPrompt, extension.clone());
        keys.push(key(&i32::to_string(&position), action, name)?);
    }
    keys.push(key("8", KeyAction::ExtensionDialing, "Dial an extension")?);
    keys.push(key("9", KeyAction::NameDialing, "Dial by name")?);
    let operator = targets.first().map(|(_, extension)| extension.clone());
    if let Some(extension) = operator.clone() {
        keys.push(key(
            "0",
            KeyAction::Transfer(Transfer::ToOperator, extension),
            "Operator",
        )?);
    }
    keys.push(key("*", KeyAction::RepeatMenu, "Hear this again")?);
    keys.push(key("#", KeyAction::Exit, "Hang up")?);
    Menu {
        greeting: Greeting::Default,
        extension_enabled: true,
        keys,
        treatment: Treatment {
            retries: Retries::One,
            no_input_timer: 10,
            last_action: operator.map_or(LastAction::Disconnect, |extension| {
                LastAction::Transfer(Transfer::ToOperator, extension)
            }),
        },
    }
    .checked("businessHoursMenu")
}

fn by_night() -> Result<Menu> {
    Menu {
        greeting: Greeting::Default,
        extension_enabled: true,
        keys: vec![
            key("9", KeyAction::NameDialing, "Dial by name")?,
            key("*", KeyAction::RepeatMenu, "Hear this again")?,
            key("#", KeyAction::Exit, "Hang up")?,
        ],
        treatment: Treatment {
            retries: Retries::None,
            no_input_timer: 10,
            last_action: LastAction::PlayMessageAndDisconnect(Greeting::Default),
        },
    }
    .checked("afterHoursMenu")
}
