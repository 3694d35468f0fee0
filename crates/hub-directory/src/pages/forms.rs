//! The form of a person, for a new one and for one who is there.

use kit::{Result, Uuid};
use serde::Deserialize;
use webex::PhoneNumberKind;

use crate::model::e164;
use crate::store::{licenses, locations};
use crate::{Caller, CallingDraft, Directory, LicenseId, LocationId, Number, Person, PersonDraft};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PersonForm {
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) display_name: String,
    pub(super) email: String,
    pub(super) title: String,
    pub(super) department: String,
    pub(super) mobile: String,
    pub(super) license: Vec<String>,
    pub(super) location: String,
    pub(super) work_number: String,
    pub(super) extension: String,
}

/// What is wrong, and at which field; an empty field name stands for the whole form.
pub(super) type Problems = Vec<(&'static str, String)>;

/// What the form offers.
pub(super) struct Offer {
    pub(super) licenses: Vec<LicenseChoice>,
    pub(super) locations: Vec<LocationChoice>,
    /// The name of the location that cannot be changed any more.
    pub(super) fixed_location: Option<String>,
}

pub(super) struct LicenseChoice {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) note: String,
    pub(super) is_calling: bool,
    pub(super) chosen: bool,
}

pub(super) struct LocationChoice {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) chosen: bool,
}

impl Offer {
    pub(super) async fn of(
        directory: &Directory,
        caller: &Caller,
        form: &PersonForm,
        person: Option<&Person>,
    ) -> Result<Self> {
        let filter = locations::LocationFilter {
            calling_only: true,
            limit: 2_000,
            ..locations::LocationFilter::default()
        };
        let known = locations::list(directory.database().into(), caller.organization_id, &filter).await?;
        let fixed = person.and_then(|person| person.location_id);
        let licenses = licenses::of_organization(directory.database().into(), caller.organization_id).await?;
        let choice = |license: &crate::License| {
            let id = license.id.to_string();
            let chosen = form.license.contains(&id);
            let note = format!("{} of {} left", license.left(), license.total_units);
            LicenseChoice {
                id,
                name: license.name.clone(),
                note,
                is_calling: license.is_calling(),
                chosen,
            }
        };
        Ok(Self {
            licenses: licenses
                .iter()
                .filter(|license| !license.is_for_workspaces())
                .map(choice)
                .collect(),
            fixed_location: known
                .iter()
                .find(|location| Some(location.id) == fixed)
                .map(|location| location.name.clone()),
            locations: known
                .into_iter()
                .map(|location| LocationChoice {
                    id: location.id.to_string(),
                    name: location.name,
                    chosen: location.id.to_string() == form.location,
                })
                .collect(),
        })
    }
}

impl PersonForm {
    /// The form of a person as they are.
    pub(super) fn of(person: &Person) -> Self {
        let number = |kind| {
            person
                .numbers
                .iter()
                .find(|number| number.kind == kind)
                .map(|number| number.value.clone())
                .unwrap_or_default()
        };
        Self {
            first_name: person.first_name.clone().unwrap_or_default(),
            last_name: person.last_name.clone().unwrap_or_default(),
            display_name: person.display_name.clone(),
            email: person.email.clone(),
            title: person.title.clone().unwrap_or_default(),
            department: person.department.clone().unwrap_or_default(),
            mobile: number(PhoneNumberKind::Mobile),
            license: person.licenses.iter().map(ToString::to_string).collect(),
            location: person.location_id.map(|id| id.to_string()).unwrap_or_default(),
            work_number: number(PhoneNumberKind::Work),
            extension: person.extension.clone().unwrap_or_default(),
        }
    }

    /// What is wrong, in the words of the form; the rules of the directory are asked afterwards in any case.
    pub(super) fn problems(&self, offer: &Offer) -> Problems {
        let mut problems = Problems::new();
        let empty = |text: &str| text.trim().is_empty();
        if empty(&self.first_name) && empty(&self.last_name) && empty(&self.display_name) {
            problems.push(("first_name", "Give a name.".to_owned()));
        }
        if empty(&self.email) {
            problems.push((
                "email",
                "Give the e-mail address by which the person signs in.".to_owned(),
            ));
        }
        for (field, text) in [("work_number", &self.work_number), ("mobile", &self.mobile)] {
            if let Some(error) = Some(text)
                .filter(|text| !empty(text))
                .and_then(|text| e164(text).err())
            {
                problems.push((field, error.public().to_owned()));
            }
        }
        if offer
            .licenses
            .iter()
            .any(|license| license.is_calling && license.chosen)
        {
            if offer.fixed_location.is_none() && empty(&self.location) {
                problems.push((
                    "location",
                    "Choose the location of the calling licence.".to_owned(),
                ));
            }
            if empty(&self.work_number) && empty(&self.extension) {
                problems.push((
                    "extension",
                    "A calling licence needs a work number or an extension.".to_owned(),
                ));
            }
        }
        problems
    }

    /// What the person shall be; `before` keeps what the form does not show.
    pub(super) fn into_draft(self, before: Option<&Person>) -> PersonDraft {
        let kept = before.map(PersonDraft::of).unwrap_or_default();
        let mut numbers: Vec<Number> = kept.calling.numbers.clone().unwrap_or_default();
        replace_number(&mut numbers, PhoneNumberKind::Mobile, &self.mobile);
        replace_number(&mut numbers, PhoneNumberKind::Work, &self.work_number);
        let licenses = self
            .license
            .iter()
            .filter_map(|id| Uuid::parse_str(id).ok())
            .map(LicenseId::new)
            .collect();
        let location = Uuid::parse_str(&self.location).ok().map(LocationId::new);
        PersonDraft {
            email: Some(self.email),
            display_name: Some(self.display_name),
            first_name: Some(self.first_name),
            last_name: Some(self.last_name),
            title: Some(self.title),
            department: Some(self.department),
            licenses,
            calling: CallingDraft {
                complete: true,
                numbers: Some(numbers),
                extension: Some(self.extension).filter(|extension| !extension.trim().is_empty()),
                location_id: kept.calling.location_id.or(location),
            },
            ..kept
        }
    }

    /// Without a calling licence nothing of the calling fields counts.
    pub(super) fn without_idle_calling(mut self, offer: &Offer) -> Self {
        if !offer
            .licenses
            .iter()
            .any(|license| license.is_calling && license.chosen)
        {
            self.location.clear();
            self.work_number.clear();
            self.extension.clear();
        }
        self
    }
}

fn replace_number(numbers: &mut Vec<Number>, kind: PhoneNumberKind, text: &str) {
    let position = numbers.iter().position(|number| number.kind == kind);
    match (text.trim(), position) {
        ("", Some(position)) => drop(numbers.remove(position)),
        ("", None) => {}
        (value, Some(position)) => value.clone_into(&mut numbers[position].value),
        (value, None) => numbers.insert(
            0,
            Number {
                kind,
                value: value.to_owned(),
                primary: kind == PhoneNumberKind::Work,
            },
        ),
    }
}
