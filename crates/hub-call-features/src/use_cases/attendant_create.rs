use std::collections::BTreeMap;

use hub_directory::public_api::{FULL_ADMIN, TELEPHONY_WRITE, e164, require};
use hub_directory::{Caller, Location, LocationId, OrganizationId};
use hub_numbers::{Owner, OwnerKind, Wanted};
use kit::{Error, Result};
use kit_sql::Transaction;

use crate::CallFeatures;
use crate::model::attendant::{Attendant, AttendantDraft, AttendantId, CallerIdName, Reach, ScheduleInUse};
use crate::model::attendant_menu::Menu;
use crate::model::schedule::{ScheduleKey, ScheduleKind};
use crate::model::words::RingPattern;
use crate::store::{attendants, schedules};

impl CallFeatures {
    /// Makes an attendant at a location.
    pub(crate) async fn create_attendant(
        &self,
        caller: &Caller,
        location_id: LocationId,
        draft: AttendantDraft,
    ) -> Result<AttendantId> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        let mut transaction = self.database().begin().await?;
        let place = self
            .calling_location(&mut transaction, caller.organization_id, location_id)
            .await?;
        let id = AttendantId::random(self.randomness().as_ref());
        let mut wanted = Wanted::default();
        let alternates = take_numbers(&draft, &mut wanted)?;
        let attendant = self
            .drafted(&mut transaction, &place, id, draft, alternates)
            .await?;
        if attendants::has_rival(&mut transaction, &attendant).await? {
            return Err(name_taken(&attendant));
        }
        attendants::insert(
            &mut transaction,
            std::slice::from_ref(&attendant),
            self.clock().now(),
        )
        .await?;
        self.numbers()
            .assign(&mut transaction, &owner(&attendant), &wanted)
            .await?;
        transaction.commit().await?;
        Ok(id)
    }

    async fn drafted(
        &self,
        transaction: &mut Transaction,
        place: &Location,
        id: AttendantId,
        draft: AttendantDraft,
        ring_patterns: Option<BTreeMap<String, RingPattern>>,
    ) -> Result<Attendant> {
        let AttendantDraft {
            name,
            enabled,
            number: _,
            extension: _,
            alternates: _,
            language_code,
            time_zone,
            business_schedule,
            holiday_schedule,
            extension_dialing,
            name_dialing,
            business_hours_menu,
            after_hours_menu,
            first_name,
            last_name,
            caller_id_name,
            dial_by_name,
        } = draft;
        let missing = |field: &str, what: &str| Error::invalid(format!("{field} is missing: {what}."));
        let name = name.ok_or_else(|| missing("name", "the name of the auto attendant"))?;
        let business_schedule = business_schedule
            .ok_or_else(|| missing("businessSchedule", "the name of a schedule of the location"))?;
        let menu = |menu: Option<Menu>, field: &str| {
            menu.ok_or_else(|| missing(field, "what callers hear and which keys they may press"))
        };
        let organization_id = place.organization_id;
        let holiday_schedule = match holiday_schedule.flatten() {
            Some(name) => Some(holidays(transaction, organization_id, place.id, &name).await?),
            None => None,
        };
        Ok(Attendant {
            id,
            organization_id,
            location_id: place.id,
            name,
            enabled: enabled.unwrap_or(true),
            language_code: language_code.unwrap_or_else(|| language_of(place)),
            time_zone: time_zone.unwrap_or_else(|| place.time_zone.clone()),
            business_schedule: business_hours(transaction, organization_id, place.id, &business_schedule)
                .await?,
            holiday_schedule,
            extension_dialing: extension_dialing.unwrap_or(Reach::Enterprise),
            name_dialing: name_dialing.unwrap_or(Reach::Enterprise),
            business_hours_menu: menu(business_hours_menu, "businessHoursMenu")?,
            after_hours_menu: menu(after_hours_menu, "afterHoursMenu")?,
            first_name: first_name.flatten(),
            last_name: last_name.flatten(),
            caller_id_name: caller_id_name.unwrap_or(CallerIdName::DisplayName),
            dial_by_name: dial_by_name.flatten(),
            ring_patterns: ring_patterns.unwrap_or_default(),
        })
    }
}

/// The language in which announcements of a location are spoken.
pub(crate) fn language_of(place: &Location) -> String {
    place
        .announcement_language
        .clone()
        .unwrap_or_else(|| place.preferred_language.clone())
        .to_ascii_lowercase()
}

/// Puts what a draft says of numbers into what is wanted of the stock; answers how the alternate numbers ring where the
/// draft names them.
pub(super) fn take_numbers(
    draft: &AttendantDraft,
    wanted: &mut Wanted,
) -> Result<Option<BTreeMap<String, RingPattern>>> {
    if let Some(number) = &draft.number {
        wanted.number.clone_from(number);
    }
    if let Some(extension) = &draft.extension {
        wanted.extension.clone_from(extension);
    }
    let Some(alternates) = &draft.alternates else {
        return Ok(None);
    };
    let mut patterns = BTreeMap::new();
    wanted.alternates.clear();
    for (number, pattern) in alternates {
        let number = e164(number)?;
        patterns.insert(number.clone(), *pattern);
        wanted.alternates.push(number);
    }
    Ok(Some(patterns))
}

pub(crate) fn owner(attendant: &Attendant) -> Owner {
    Owner {
        organization_id: attendant.organization_id,
        location_id: attendant.location_id,
        kind: OwnerKind::AutoAttendant,
        id: attendant.id.uuid(),
        first_name: None,
        last_name: None,
        display_name: attendant.name.clone(),
    }
}

pub(super) fn name_taken(attendant: &Attendant) -> Error {
    Error::conflict(format!(
        "The location has another auto attendant with the name “{}”. Choose another name.",
        attendant.name
    ))
}

pub(super) async fn business_hours(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    location_id: LocationId,
    name: &str,
) -> Result<ScheduleInUse> {
    let kind = ScheduleKind::BusinessHours;
    schedule_in_use(
        transaction,
        organization_id,
        location_id,
        ("businessSchedule", kind, name),
    )
    .await
}

pub(super) async fn holidays(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    location_id: LocationId,
    name: &str,
) -> Result<ScheduleInUse> {
    let kind = ScheduleKind::Holidays;
    schedule_in_use(
        transaction,
        organization_id,
        location_id,
        ("holidaySchedule", kind, name),
    )
    .await
}

/// The schedule of this kind and name at the location; it stays as it is until the transaction ends.
async fn schedule_in_use(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    location_id: LocationId,
    (field, kind, name): (&str, ScheduleKind, &str),
) -> Result<ScheduleInUse> {
    let named = |kind| ScheduleKey::Named {
        location_id,
        kind,
        name: name.trim().to_owned(),
    };
    if let Some(entry) = schedules::held(transaction, organization_id, &named(kind)).await? {
        return Ok(ScheduleInUse {
            id: entry.id,
            name: entry.name,
        });
    }
    let shown: String = name.chars().take(100).collect();
    for other in ScheduleKind::ALL.into_iter().filter(|other| *other != kind) {
        if schedules::held(transaction, organization_id, &named(other))
            .await?
            .is_some()
        {
            return Err(Error::invalid(format!(
                "{field}: “{shown}” is a schedule of type {}; name one of type {}.",
                other.word(),
                kind.word()
            )));
        }
    }
    Err(Error::invalid(format!(
        "{field}: the location has no schedule “{shown}”. Name a schedule of type {} of this location, or create it first.",
        kind.word()
    )))
}
