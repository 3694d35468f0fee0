//! The form of a virtual line, for a new one and for one that is there.

use hub_directory::Caller;
use hub_directory::public_api::e164;
use kit::Result;
use serde::Deserialize;

use crate::Telephony;
use crate::model::VirtualLineDraft;
use crate::pages::shared::{Choice, Problems, location, locations};
use crate::use_cases::virtual_lines::VirtualLineView;

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct LineForm {
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) display_name: String,
    pub(super) location: String,
    pub(super) phone_number: String,
    pub(super) extension: String,
    pub(super) caller_id_first_name: String,
    pub(super) caller_id_last_name: String,
    pub(super) caller_id_number: String,
    pub(super) announcement_language: String,
    pub(super) time_zone: String,
    pub(super) directory_search: Option<String>,
}

/// What the form offers.
pub(super) struct Offer {
    pub(super) locations: Vec<Choice>,
    /// The name of the location that cannot be changed any more.
    pub(super) fixed_location: Option<String>,
}

impl Offer {
    pub(super) async fn of(
        telephony: &Telephony,
        caller: &Caller,
        form: &LineForm,
        present: Option<&VirtualLineView>,
    ) -> Result<Self> {
        Ok(Self {
            locations: locations(telephony, caller, &form.location, true).await?,
            fixed_location: present.map(|view| view.location.name.clone()),
        })
    }
}

impl LineForm {
    /// The form of a virtual line as it is.
    pub(super) fn of(view: &VirtualLineView) -> Self {
        let line = &view.line;
        let held = view.held.as_ref();
        Self {
            first_name: line.first_name.clone(),
            last_name: line.last_name.clone(),
            display_name: line.display_name.clone(),
            location: line.location_id.to_string(),
            phone_number: held.and_then(|held| held.number.clone()).unwrap_or_default(),
            extension: held.and_then(|held| held.extension.clone()).unwrap_or_default(),
            caller_id_first_name: line.caller_id_first_name.clone(),
            caller_id_last_name: line.caller_id_last_name.clone(),
            caller_id_number: line.caller_id_number.clone().unwrap_or_default(),
            announcement_language: line.announcement_language.clone().unwrap_or_default(),
            time_zone: line.time_zone.clone(),
            directory_search: line.directory_search.then(|| "on".to_owned()),
        }
    }

    /// What is wrong, in the words of the form; the rules are asked afterwards in any case.
    pub(super) fn problems(&self, offer: &Offer) -> Problems {
        let mut problems = Problems::new();
        let empty = |text: &str| text.trim().is_empty();
        if empty(&self.first_name) {
            problems.push(("first_name", "Give a first name, like “Night”.".to_owned()));
        }
        if empty(&self.last_name) {
            problems.push(("last_name", "Give a last name, like “Dispatch”.".to_owned()));
        }
        if offer.fixed_location.is_none() && location(&self.location).is_none() {
            problems.push(("location", "Choose the location of the line.".to_owned()));
        }
        if empty(&self.phone_number) && empty(&self.extension) {
            problems.push(("extension", "Give a phone number or an extension.".to_owned()));
        }
        let numbers = [
            ("phone_number", &self.phone_number),
            ("caller_id_number", &self.caller_id_number),
        ];
        for (field, text) in numbers {
            if let Some(error) = Some(text)
                .filter(|text| !empty(text))
                .and_then(|text| e164(text).err())
            {
                problems.push((field, error.public().to_owned()));
            }
        }
        problems
    }

    /// What the line shall be.
    pub(super) fn into_draft(self, is_new: bool) -> VirtualLineDraft {
        VirtualLineDraft {
            first_name: Some(self.first_name),
            last_name: Some(self.last_name),
            display_name: Some(self.display_name),
            phone_number: Some(self.phone_number),
            extension: Some(self.extension),
            location_id: location(&self.location).filter(|_| is_new),
            caller_id_first_name: Some(self.caller_id_first_name),
            caller_id_last_name: Some(self.caller_id_last_name),
            caller_id_number: Some(self.caller_id_number),
            announcement_language: Some(self.announcement_language),
            time_zone: Some(self.time_zone),
        }
    }
}
