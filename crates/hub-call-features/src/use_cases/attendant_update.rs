use hub_directory::Caller;
use hub_directory::public_api::{FULL_ADMIN, NOT_FOUND, TELEPHONY_WRITE, require};
use hub_numbers::Wanted;
use kit::{Error, Result};
use kit_sql::Transaction;

use super::attendant_create::{business_hours, holidays, name_taken, owner, take_numbers};
use crate::CallFeatures;
use crate::model::attendant::{Attendant, AttendantDraft, AttendantKey};
use crate::store::attendants;

impl CallFeatures {
    /// Changes what the draft names of an attendant; what it leaves out stays.
    pub(crate) async fn update_attendant(
        &self,
        caller: &Caller,
        key: AttendantKey,
        draft: AttendantDraft,
    ) -> Result<()> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        let organization_id = caller.organization_id;
        let mut transaction = self.database().begin().await?;
        attendants::lock(&mut transaction, organization_id, key.id).await?;
        let before = attendants::one((&mut transaction).into(), organization_id, key)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        let mut wanted = self.present_numbers(&mut transaction, &before).await?;
        let patterns = take_numbers(&draft, &mut wanted)?;
        let mut attendant = changed(&mut transaction, before, draft).await?;
        if let Some(patterns) = patterns {
            attendant.ring_patterns = patterns;
        }
        if attendants::has_rival(&mut transaction, &attendant).await? {
            return Err(name_taken(&attendant));
        }
        attendants::update(&mut transaction, &attendant, self.clock().now()).await?;
        self.numbers()
            .assign(&mut transaction, &owner(&attendant), &wanted)
            .await?;
        transaction.commit().await
    }

    async fn present_numbers(&self, transaction: &mut Transaction, attendant: &Attendant) -> Result<Wanted> {
        let mut held = self
            .numbers()
            .held_by(
                (&mut *transaction).into(),
                attendant.organization_id,
                &[attendant.id.uuid()],
            )
            .await?;
        let held = held.remove(&attendant.id.uuid());
        Ok(held.map_or_else(Wanted::default, |held| Wanted {
            number: held.number,
            extension: held.extension,
            alternates: held.alternates,
        }))
    }
}

async fn changed(
    transaction: &mut Transaction,
    before: Attendant,
    draft: AttendantDraft,
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
    let (organization_id, location_id) = (before.organization_id, before.location_id);
    let business_schedule = match business_schedule {
        Some(name) => business_hours(transaction, organization_id, location_id, &name).await?,
        None => before.business_schedule,
    };
    let holiday_schedule = match holiday_schedule {
        Some(Some(name)) => Some(holidays(transaction, organization_id, location_id, &name).await?),
        Some(None) => None,
        None => before.holiday_schedule,
    };
    Ok(Attendant {
        id: before.id,
        organization_id,
        location_id,
        name: name.unwrap_or(before.name),
        enabled: enabled.unwrap_or(before.enabled),
        language_code: language_code.unwrap_or(before.language_code),
        time_zone: time_zone.unwrap_or(before.time_zone),
        business_schedule,
        holiday_schedule,
        extension_dialing: extension_dialing.unwrap_or(before.extension_dialing),
        name_dialing: name_dialing.unwrap_or(before.name_dialing),
        business_hours_menu: business_hours_menu.unwrap_or(before.business_hours_menu),
        after_hours_menu: after_hours_menu.unwrap_or(before.after_hours_menu),
        first_name: first_name.unwrap_or(before.first_name),
        last_name: last_name.unwrap_or(before.last_name),
        caller_id_name: caller_id_name.unwrap_or(before.caller_id_name),
        dial_by_name: dial_by_name.unwrap_or(before.dial_by_name),
        ring_patterns: before.ring_patterns,
    })
}
