use hub_directory::Location;
use hub_directory::public_api::e164;
use kit::{Error, Result};
use serde::{Deserialize, Serialize};
use webex::PhoneNumberKind;

use super::rights::{self, Rights};
use super::{Setting, Subject};
use crate::model::text::{one_line, trimmed};

/// Which number is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum NumberShown {
    DirectLine,
    LocationNumber,
    MobileNumber,
    Custom,
}

/// Which name is shown outside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum NameShown {
    #[default]
    DirectLine,
    Location,
    Other,
}

/// How the person's name is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum NameStyle {
    #[serde(rename = "CUSTOM_NAME")]
    Custom,
    #[serde(rename = "FIRSTNAME_LASTNAME")]
    FirstLast,
    #[serde(rename = "LASTNAME_FIRSTNAME")]
    LastFirst,
    #[default]
    #[serde(rename = "DISPLAY_NAME")]
    Display,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct DirectLineName {
    pub(crate) selection: NameStyle,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) custom_name: Option<String>,
}

/// Who the person is to those whom they call. What is missing is computed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct CallerId {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) selected: Option<NumberShown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) custom_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_name: Option<String>,
    pub(crate) block_in_forward_calls_enabled: bool,
    pub(crate) external_caller_id_name_policy: NameShown,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) custom_external_caller_id_name: Option<String>,
    pub(crate) additional_external_caller_id_direct_line_enabled: bool,
    pub(crate) additional_external_caller_id_location_number_enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) additional_external_caller_id_custom_number: Option<String>,
    pub(crate) direct_line_caller_id_name: DirectLineName,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) dial_by_first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) dial_by_last_name: Option<String>,
}

/// What the settings choose among.
#[derive(Clone, Debug)]
pub(crate) struct CallerIdAround {
    pub(crate) direct_number: Option<String>,
    pub(crate) extension: Option<String>,
    pub(crate) location_number: Option<String>,
    pub(crate) location_name: Option<String>,
    pub(crate) mobile_number: Option<String>,
}

impl CallerIdAround {
    pub(crate) fn of(subject: &Subject, location: Option<&Location>) -> Self {
        let calling = location.and_then(|location| location.calling.as_ref());
        let mobile = subject
            .person
            .numbers
            .iter()
            .find(|number| number.kind == PhoneNumberKind::Mobile);
        Self {
            direct_number: subject.held.number.clone(),
            extension: subject.held.extension.clone(),
            location_number: calling.and_then(|calling| calling.main_number.clone()),
            location_name: calling
                .and_then(|calling| calling.external_caller_id_name.clone())
                .or_else(|| location.map(|location| location.name.clone())),
            mobile_number: mobile.map(|number| number.value.clone()),
        }
    }

    /// What can be shown.
    pub(crate) fn types(&self) -> Vec<NumberShown> {
        let mut types = vec![NumberShown::DirectLine];
        if self.location_number.is_some() {
            types.push(NumberShown::LocationNumber);
        }
        if self.mobile_number.is_some() {
            types.push(NumberShown::MobileNumber);
        }
        types.push(NumberShown::Custom);
        types
    }

    /// What is shown where nobody chose: somebody with an extension alone shows the number of the location.
    pub(crate) fn usual(&self) -> NumberShown {
        if self.direct_number.is_none() && self.location_number.is_some() {
            NumberShown::LocationNumber
        } else {
            NumberShown::DirectLine
        }
    }

    /// Refuses a choice that is none here.
    pub(crate) fn require_choice(&self, selected: Option<NumberShown>) -> Result<()> {
        match selected {
            Some(NumberShown::LocationNumber) if self.location_number.is_none() => Err(Error::invalid(
                "selected cannot be LOCATION_NUMBER: the person's location has no main number.",
            )),
            Some(NumberShown::MobileNumber) if self.mobile_number.is_none() => Err(Error::invalid(
                "selected cannot be MOBILE_NUMBER: the person has no mobile number.",
            )),
            _ => Ok(()),
        }
    }
}

impl Setting for CallerId {
    const NAME: &'static str = "callerId";
    const READ: Rights = rights::READ;
    const WRITE: Rights = rights::WRITE;

    fn settled(mut self, _subject: &Subject) -> Result<Self> {
        let numbers = [
            &mut self.custom_number,
            &mut self.additional_external_caller_id_custom_number,
        ];
        for number in numbers {
            *number = trimmed(number.take()).map(|number| e164(&number)).transpose()?;
        }
        let names = [
            ("firstName", &mut self.first_name),
            ("lastName", &mut self.last_name),
            (
                "customExternalCallerIdName",
                &mut self.custom_external_caller_id_name,
            ),
            (
                "directLineCallerIdName.customName",
                &mut self.direct_line_caller_id_name.custom_name,
            ),
            ("dialByFirstName", &mut self.dial_by_first_name),
            ("dialByLastName", &mut self.dial_by_last_name),
        ];
        for (field, name) in names {
            *name = one_line(field, name.take(), MOST_LETTERS)?;
            if let Some(wrong) = name
                .as_deref()
                .and_then(|name| name.chars().find(|letter| FORBIDDEN.contains(*letter)))
            {
                return Err(Error::invalid(format!("{field} must not contain {wrong}.")));
            }
        }
        if self.selected == Some(NumberShown::Custom) && self.custom_number.is_none() {
            return Err(Error::invalid("customNumber is missing; selected says CUSTOM."));
        }
        if self.external_caller_id_name_policy == NameShown::Other
            && self.custom_external_caller_id_name.is_none()
        {
            return Err(Error::invalid(
                "customExternalCallerIdName is missing; externalCallerIdNamePolicy says OTHER.",
            ));
        }
        let name = &self.direct_line_caller_id_name;
        if name.selection == NameStyle::Custom && name.custom_name.is_none() {
            return Err(Error::invalid(
                "directLineCallerIdName.customName is missing; its selection says CUSTOM_NAME.",
            ));
        }
        Ok(self)
    }
}

const MOST_LETTERS: usize = 128;
const FORBIDDEN: &str = "%+`\"";
