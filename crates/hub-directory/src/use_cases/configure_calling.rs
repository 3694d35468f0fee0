use kit::{Error, Result};
use webex::{LocationWrite, TelephonyLocationWrite};

use super::update_location::{applied, one_line};
use crate::model::{e164, rights};
use crate::store::locations;
use crate::{Caller, CallingSide, Directory, Location, LocationChangeKind, LocationId};

impl Directory {
    /// Enables a location for calling; the body repeats what the location is, as Webex wants it.
    pub async fn enable_calling(&self, caller: &Caller, id: LocationId, body: LocationWrite) -> Result<()> {
        rights::require(caller, rights::TELEPHONY_WRITE, rights::FULL_ADMIN)?;
        let organization = self.organization(caller.organization_id).await?;
        let name = organization.map(|organization| organization.display_name);
        self.change_calling(caller, id, |before, _| {
            if before.calling.is_some() {
                return Err(Error::conflict(format!(
                    "The location “{}” is enabled for calling already.",
                    before.name
                )));
            }
            let calling = CallingSide {
                calling_line_name: name.clone(),
                external_caller_id_name: name,
                ..CallingSide::default()
            };
            // With its calling side the location is held to the shorter name.
            let mut enabled = before.clone();
            enabled.calling = Some(calling);
            let location = applied(&enabled, body)?;
            if location.announcement_language.is_none() {
                return Err(Error::invalid(
                    "announcementLanguage is missing; write it like en_us.",
                ));
            }
            Ok(location)
        })
        .await
    }

    /// Changes what the body names of a location's calling side; what it leaves out stays.
    pub async fn configure_calling(
        &self,
        caller: &Caller,
        id: LocationId,
        body: TelephonyLocationWrite,
    ) -> Result<()> {
        rights::require(caller, rights::TELEPHONY_WRITE, rights::FULL_ADMIN)?;
        self.change_calling(caller, id, |before, _| {
            let present = before
                .calling
                .clone()
                .ok_or_else(|| Error::not_found(rights::NOT_FOUND))?;
            let mut location = before.clone();
            location.announcement_language =
                one_line("announcementLanguage", body.announcement_language.clone())?
                    .or(location.announcement_language);
            location.calling = Some(configured(present, body)?);
            Ok(location)
        })
        .await
    }

    /// Disables calling at a location where nobody uses it.
    pub async fn disable_calling(&self, caller: &Caller, id: LocationId) -> Result<()> {
        rights::require(caller, rights::TELEPHONY_WRITE, rights::FULL_ADMIN)?;
        self.change_calling(caller, id, |before, people| {
            if before.calling.is_none() {
                return Err(Error::not_found(rights::NOT_FOUND));
            }
            if people > 0 {
                return Err(Error::conflict(format!(
                    "{people} people have calling at “{}”. Take their calling licences away first.",
                    before.name
                )));
            }
            Ok(Location {
                calling: None,
                ..before.clone()
            })
        })
        .await
    }

    async fn change_calling(
        &self,
        caller: &Caller,
        id: LocationId,
        change: impl FnOnce(&Location, i64) -> Result<Location> + Send,
    ) -> Result<()> {
        let mut transaction = self.database().begin().await?;
        locations::lock(&mut transaction, caller.organization_id, id).await?;
        let before = locations::by_id((&mut transaction).into(), caller.organization_id, id)
            .await?
            .ok_or_else(|| Error::not_found(rights::NOT_FOUND))?;
        let people = locations::people_at((&mut transaction).into(), caller.organization_id, id).await?;
        let location = change(&before, people)?;
        if let Some(sentence) = locations::rivals(&mut transaction, &location).await? {
            return Err(Error::conflict(sentence));
        }
        let kind = match location.calling {
            Some(_) => LocationChangeKind::Changed,
            None => LocationChangeKind::CallingDisabled,
        };
        locations::update(&mut transaction, &location, self.clock().now()).await?;
        self.announce_location(&mut transaction, caller.organization_id, id, kind)
            .await?;
        transaction.commit().await
    }
}

fn text(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}

fn configured(present: CallingSide, body: TelephonyLocationWrite) -> Result<CallingSide> {
    let TelephonyLocationWrite {
        announcement_language: _,
        calling_line_id,
        external_caller_id_name,
        routing_prefix,
        outside_dial_digit,
        enforce_outside_dial_digit,
    } = body;
    let line = calling_line_id.unwrap_or_default();
    let main_number = text(line.phone_number).map(|number| e164(&number)).transpose()?;
    Ok(CallingSide {
        main_number: main_number.or(present.main_number),
        calling_line_name: one_line("callingLineId.name", line.name)?.or(present.calling_line_name),
        external_caller_id_name: one_line("externalCallerIdName", external_caller_id_name)?
            .or(present.external_caller_id_name),
        routing_prefix: digits("routingPrefix", routing_prefix, 2..=7)?.or(present.routing_prefix),
        outside_dial_digit: digits("outsideDialDigit", outside_dial_digit, 1..=1)?
            .or(present.outside_dial_digit),
        enforce_outside_dial_digit: enforce_outside_dial_digit.unwrap_or(present.enforce_outside_dial_digit),
    })
}

fn digits(
    field: &str,
    value: Option<String>,
    lengths: std::ops::RangeInclusive<usize>,
) -> Result<Option<String>> {
    let Some(value) = text(value) else { return Ok(None) };
    if lengths.contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(Some(value));
    }
    let (least, most) = lengths.into_inner();
    Err(Error::invalid(format!("{field} has {least} to {most} digits.")))
}
