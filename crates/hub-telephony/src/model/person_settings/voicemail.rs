use hub_directory::public_api::e164;
use kit::{Error, Result};
use serde::{Deserialize, Serialize};

use super::destination::{address, destination, most_rings, required, rings};
use super::rights::{self, Rights};
use super::{Setting, Subject};
use crate::model::text::trimmed;

/// What takes calls that the person does not take, and what becomes of the messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Voicemail {
    pub(crate) enabled: bool,
    pub(crate) send_all_calls: Switch,
    pub(crate) send_busy_calls: BusyCalls,
    pub(crate) send_unanswered_calls: UnansweredCalls,
    pub(crate) notifications: Notifications,
    pub(crate) transfer_to_number: Transfer,
    pub(crate) email_copy_of_message: Copy,
    pub(crate) message_storage: Storage,
    pub(crate) fax_message: Fax,
    /// Told, never asked for.
    #[serde(skip_deserializing)]
    pub(crate) voice_message_forwarding_enabled: bool,
}

impl Default for Voicemail {
    fn default() -> Self {
        Self {
            enabled: true,
            send_all_calls: Switch::default(),
            send_busy_calls: BusyCalls::default(),
            send_unanswered_calls: UnansweredCalls::default(),
            notifications: Notifications::default(),
            transfer_to_number: Transfer::default(),
            email_copy_of_message: Copy::default(),
            message_storage: Storage::default(),
            fax_message: Fax::default(),
            voice_message_forwarding_enabled: false,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Switch {
    pub(crate) enabled: bool,
}

/// What callers hear.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Greeting {
    #[default]
    Default,
    Custom,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct BusyCalls {
    pub(crate) enabled: bool,
    pub(crate) greeting: Greeting,
    #[serde(skip_deserializing)]
    pub(crate) greeting_uploaded: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct UnansweredCalls {
    pub(crate) enabled: bool,
    pub(crate) greeting: Greeting,
    #[serde(skip_deserializing)]
    pub(crate) greeting_uploaded: bool,
    pub(crate) number_of_rings: i64,
    #[serde(skip_deserializing, default = "most_rings")]
    pub(crate) system_max_number_of_rings: i64,
}

impl Default for UnansweredCalls {
    fn default() -> Self {
        Self {
            enabled: true,
            greeting: Greeting::Default,
            greeting_uploaded: false,
            number_of_rings: 3,
            system_max_number_of_rings: most_rings(),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Notifications {
    pub(crate) enabled: bool,
    /// An e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) destination: Option<String>,
    /// A number of the North American plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sms_destination: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Transfer {
    pub(crate) enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) destination: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Copy {
    pub(crate) enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) email_id: Option<String>,
}

/// Where messages lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum StorageType {
    #[default]
    Internal,
    External,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Storage {
    pub(crate) mwi_enabled: bool,
    pub(crate) storage_type: StorageType,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) external_email: Option<String>,
}

impl Default for Storage {
    fn default() -> Self {
        Self {
            mwi_enabled: true,
            storage_type: StorageType::Internal,
            external_email: None,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Fax {
    pub(crate) enabled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) phone_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) extension: Option<String>,
}

impl Setting for Voicemail {
    const NAME: &'static str = "voicemail";
    const READ: Rights = rights::READ;
    const WRITE: Rights = rights::WRITE;

    fn settled(mut self, subject: &Subject) -> Result<Self> {
        no_upload("sendBusyCalls.greeting", self.send_busy_calls.greeting)?;
        no_upload(
            "sendUnansweredCalls.greeting",
            self.send_unanswered_calls.greeting,
        )?;
        rings(
            "sendUnansweredCalls.numberOfRings",
            self.send_unanswered_calls.number_of_rings,
            0,
        )?;
        self.notifications.settle()?;
        let transfer = &mut self.transfer_to_number;
        transfer.destination = destination(
            "transferToNumber.destination",
            transfer.destination.take(),
            subject,
        )?;
        if transfer.enabled {
            required("transferToNumber.destination", transfer.destination.as_deref())?;
        }
        let copy = &mut self.email_copy_of_message;
        copy.email_id = address("emailCopyOfMessage.emailId", copy.email_id.take())?;
        if copy.enabled {
            required("emailCopyOfMessage.emailId", copy.email_id.as_deref())?;
        }
        let storage = &mut self.message_storage;
        storage.external_email = address("messageStorage.externalEmail", storage.external_email.take())?;
        if storage.storage_type == StorageType::External && storage.external_email.is_none() {
            return Err(Error::invalid(
                "messageStorage.externalEmail is missing; a storageType of EXTERNAL sends the messages there.",
            ));
        }
        self.fax_message.settle()?;
        Ok(self)
    }
}

impl Notifications {
    fn settle(&mut self) -> Result<()> {
        self.destination = address("notifications.destination", self.destination.take())?;
        let number = trimmed(self.sms_destination.take())
            .map(|number| e164(&number))
            .transpose()?;
        if let Some(number) = number.as_deref().filter(|number| !number.starts_with("+1")) {
            return Err(Error::invalid(format!(
                "notifications.smsDestination must be a number of the United States or Canada; {number} is none."
            )));
        }
        self.sms_destination = number;
        if self.enabled && self.sms_destination.is_none() {
            required("notifications.destination", self.destination.as_deref())?;
        }
        Ok(())
    }
}

impl Fax {
    fn settle(&mut self) -> Result<()> {
        self.phone_number = trimmed(self.phone_number.take())
            .map(|number| e164(&number))
            .transpose()?;
        self.extension = trimmed(self.extension.take());
        if self.enabled {
            required("faxMessage.phoneNumber", self.phone_number.as_deref())?;
        }
        Ok(())
    }
}

/// Greetings are heard by nobody here, so there is nowhere to upload one.
fn no_upload(field: &str, greeting: Greeting) -> Result<()> {
    match greeting {
        Greeting::Default => Ok(()),
        Greeting::Custom => Err(Error::invalid(format!(
            "{field} cannot be CUSTOM: no greeting was uploaded for this person."
        ))),
    }
}
