//! Menus of auto attendants as the public API writes them.

use kit::{Error, Result};
use serde::{Deserialize, Deserializer, Serialize};

use crate::model::attendant::not_a_choice;
use crate::model::attendant_menu::{
    AnnouncementFile, AnnouncementLevel, Greeting, KeyAction, KeyConfiguration, LastAction, MediaType, Menu,
    MenuKey, Retries, Transfer, Treatment, no_input_timer,
};
use crate::model::dialable::dialable;
use crate::model::lines::one_line;

/// A menu, both ways.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct MenuWire {
    pub(crate) greeting: Option<String>,
    pub(crate) extension_enabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) audio_announcement_file: Option<FileWire>,
    pub(crate) key_configurations: Option<Vec<KeyWire>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) call_treatment: Option<TreatmentWire>,
}

/// A recording. What the platform adds to it (size, whether it was spoken by a machine) is passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct FileWire {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) file_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) media_file_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) level: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct KeyWire {
    pub(crate) key: String,
    pub(crate) action: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) value: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct TreatmentWire {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) retry_attempt_for_no_input: Option<String>,
    #[serde(deserialize_with = "number_or_text", skip_serializing_if = "Option::is_none")]
    pub(crate) no_input_timer: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) action_to_be_performed: Option<LastActionWire>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct LastActionWire {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) action: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) greeting: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) audio_announcement_file: Option<FileWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) transfer_call_to: Option<String>,
}

/// The specification has a number here and some clients send it as text.
fn number_or_text<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Option<i64>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Number(i64),
        Text(String),
    }
    match Option::deserialize(deserializer)? {
        None => Ok(None),
        Some(Either::Number(number)) => Ok(Some(number)),
        Some(Either::Text(text)) => text
            .trim()
            .parse()
            .map(Some)
            .map_err(|_| serde::de::Error::custom("noInputTimer is a number of seconds")),
    }
}

impl MenuWire {
    pub(crate) fn of(menu: &Menu) -> Self {
        let Menu {
            greeting,
            extension_enabled,
            keys,
            treatment,
        } = menu;
        let (greeting, audio_announcement_file) = greeting_wire(greeting);
        Self {
            greeting: Some(greeting),
            extension_enabled: Some(*extension_enabled),
            audio_announcement_file,
            key_configurations: Some(keys.iter().map(KeyWire::of).collect()),
            call_treatment: Some(TreatmentWire::of(treatment)),
        }
    }

    /// `field` is the name of the menu.
    pub(crate) fn into_menu(self, field: &str) -> Result<Menu> {
        let Self {
            greeting,
            extension_enabled,
            audio_announcement_file,
            key_configurations,
            call_treatment,
        } = self;
        let keys = key_configurations.ok_or_else(|| {
            Error::invalid(format!(
                "{field}.keyConfigurations is missing: the list of keys and what they do."
            ))
        })?;
        let keys = keys
            .into_iter()
            .enumerate()
            .map(|(index, key)| key.into_key(&format!("{field}.keyConfigurations[{index}]")))
            .collect::<Result<_>>()?;
        let treatment = call_treatment.map_or_else(
            || Ok(Treatment::default()),
            |treatment| treatment.into_treatment(&format!("{field}.callTreatment")),
        )?;
        Menu {
            greeting: greeting_of(field, greeting, audio_announcement_file)?,
            extension_enabled: extension_enabled.unwrap_or(false),
            keys,
            treatment,
        }
        .checked(field)
    }
}

fn greeting_wire(greeting: &Greeting) -> (String, Option<FileWire>) {
    match greeting {
        Greeting::Default => ("DEFAULT".to_owned(), None),
        Greeting::Custom(file) => ("CUSTOM".to_owned(), Some(FileWire::of(file))),
    }
}

fn greeting_of(field: &str, word: Option<String>, file: Option<FileWire>) -> Result<Greeting> {
    match (word.as_deref().unwrap_or("DEFAULT"), file) {
        // A recording that is not played is not kept.
        ("DEFAULT", _) => Ok(Greeting::Default),
        ("CUSTOM", Some(file)) => file
            .into_file(&format!("{field}.audioAnnouncementFile"))
            .map(Greeting::Custom),
        ("CUSTOM", None) => Err(Error::invalid(format!(
            "{field}.audioAnnouncementFile is missing; a CUSTOM greeting needs the recording that is played."
        ))),
        (other, _) => Err(not_a_choice(
            &format!("{field}.greeting"),
            other,
            &["DEFAULT", "CUSTOM"],
        )),
    }
}

impl FileWire {
    pub(crate) fn of(file: &AnnouncementFile) -> Self {
        let AnnouncementFile {
            id,
            file_name,
            media_type,
            level,
        } = file;
        Self {
            id: id.clone(),
            file_name: Some(file_name.clone()),
            media_file_type: Some(media_type.word().to_owned()),
            level: Some(level.word().to_owned()),
        }
    }

    fn into_file(self, field: &str) -> Result<AnnouncementFile> {
        let Self {
            id,
            file_name,
            media_file_type,
            level,
        } = self;
        let file_name = one_line(&format!("{field}.fileName"), file_name, 200)?
            .filter(|name| !name.contains(['/', '\\']))
            .ok_or_else(|| {
                Error::invalid(format!(
                    "{field}.fileName is missing: the plain name of the recording, like welcome.wav."
                ))
            })?;
        let media_type = media_file_type.as_deref().unwrap_or_default();
        let level = level.as_deref().unwrap_or(AnnouncementLevel::Entity.word());
        Ok(AnnouncementFile {
            id: one_line(&format!("{field}.id"), id, 300)?,
            file_name,
            media_type: MediaType::parse(&format!("{field}.mediaFileType"), media_type)?,
            level: AnnouncementLevel::parse(&format!("{field}.level"), level)?,
        })
    }
}

impl KeyWire {
    fn of(configuration: &KeyConfiguration) -> Self {
        let KeyConfiguration {
            key,
            action,
            description,
        } = configuration;
        Self {
            key: key.character().to_string(),
            action: action.word().to_owned(),
            description: description.clone(),
            value: action.value().map(ToOwned::to_owned),
        }
    }

    fn into_key(self, field: &str) -> Result<KeyConfiguration> {
        let Self {
            key,
            action,
            description,
            value,
        } = self;
        Ok(KeyConfiguration {
            key: MenuKey::parse(&format!("{field}.key"), &key)?,
            action: KeyAction::new(field, &action, value)?,
            description: one_line(&format!("{field}.description"), description, 100)?,
        })
    }
}

impl TreatmentWire {
    fn of(treatment: &Treatment) -> Self {
        let Treatment {
            retries,
            no_input_timer,
            last_action,
        } = treatment;
        Self {
            retry_attempt_for_no_input: Some(retries.word().to_owned()),
            no_input_timer: Some((*no_input_timer).into()),
            action_to_be_performed: Some(LastActionWire::of(last_action)),
        }
    }

    fn into_treatment(self, field: &str) -> Result<Treatment> {
        let Self {
            retry_attempt_for_no_input,
            no_input_timer: timer,
            action_to_be_performed,
        } = self;
        let standard = Treatment::default();
        Ok(Treatment {
            retries: retry_attempt_for_no_input.map_or(Ok(standard.retries), |word| {
                Retries::parse(&format!("{field}.retryAttemptForNoInput"), &word)
            })?,
            no_input_timer: timer.map_or(Ok(standard.no_input_timer), |seconds| {
                no_input_timer(&format!("{field}.noInputTimer"), seconds)
            })?,
            last_action: action_to_be_performed.map_or(Ok(standard.last_action), |action| {
                action.into_action(&format!("{field}.actionToBePerformed"))
            })?,
        })
    }
}

impl LastActionWire {
    fn of(action: &LastAction) -> Self {
        match action {
            LastAction::Disconnect => Self {
                action: Some("DISCONNECT".to_owned()),
                ..Self::default()
            },
            LastAction::Transfer(transfer, target) => Self {
                action: Some(transfer.word().to_owned()),
                transfer_call_to: Some(target.clone()),
                ..Self::default()
            },
            LastAction::PlayMessageAndDisconnect(greeting) => {
                let (greeting, file) = greeting_wire(greeting);
                Self {
                    action: Some("PLAY_MESSAGE_AND_DISCONNECT".to_owned()),
                    greeting: Some(greeting),
                    audio_announcement_file: file,
                    transfer_call_to: None,
                }
            }
        }
    }

    fn into_action(self, field: &str) -> Result<LastAction> {
        const WORDS: [&str; 6] = [
            "PLAY_MESSAGE_AND_DISCONNECT",
            "TRANSFER_WITHOUT_PROMPT",
            "TRANSFER_WITH_PROMPT",
            "TRANSFER_TO_OPERATOR",
            "TRANSFER_TO_MAILBOX",
            "DISCONNECT",
        ];
        let Self {
            action,
            greeting,
            audio_announcement_file,
            transfer_call_to,
        } = self;
        let word = action.as_deref().unwrap_or("DISCONNECT");
        let transfer = Transfer::ALL
            .iter()
            .copied()
            .find(|transfer| transfer.word() == word);
        match (word, transfer) {
            (_, Some(transfer)) => {
                let at = format!("{field}.transferCallTo");
                let target = one_line(&at, transfer_call_to, 64)?.ok_or_else(|| {
                    Error::invalid(format!(
                        "{at} is missing; {word} needs the number or extension to transfer to."
                    ))
                })?;
                Ok(LastAction::Transfer(transfer, dialable(&at, &target)?))
            }
            ("DISCONNECT", None) => Ok(LastAction::Disconnect),
            ("PLAY_MESSAGE_AND_DISCONNECT", None) => greeting_of(field, greeting, audio_announcement_file)
                .map(LastAction::PlayMessageAndDisconnect),
            (other, None) => Err(not_a_choice(&format!("{field}.action"), other, &WORDS)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn word(words: &'static [&'static str]) -> impl Strategy<Value = String> {
        proptest::sample::select(words).prop_map(ToOwned::to_owned)
    }

    fn file() -> impl Strategy<Value = FileWire> {
        (
            proptest::option::of("[A-Za-z0-9]{1,12}"),
            "[a-z][a-z0-9 _-]{0,10}[a-z]\\.wav",
            word(&["WAV", "WMA", "3GP"]),
            word(&["ORGANIZATION", "LOCATION", "ENTITY"]),
        )
            .prop_map(|(id, file_name, media_file_type, level)| FileWire {
                id,
                file_name: Some(file_name),
                media_file_type: Some(media_file_type),
                level: Some(level),
            })
    }

    fn greeting() -> impl Strategy<Value = (Option<String>, Option<FileWire>)> {
        prop_oneof![
            Just((Some("DEFAULT".to_owned()), None)),
            file().prop_map(|file| (Some("CUSTOM".to_owned()), Some(file))),
        ]
    }

    fn target() -> impl Strategy<Value = String> {
        prop_oneof!["[0-9]{1,10}", "\\+[1-9][0-9]{6,14}", "[*#][0-9]{1,4}"]
    }

    fn transfer() -> impl Strategy<Value = String> {
        word(&[
            "TRANSFER_WITHOUT_PROMPT",
            "TRANSFER_WITH_PROMPT",
            "TRANSFER_TO_OPERATOR",
            "TRANSFER_TO_MAILBOX",
        ])
    }

    fn action() -> impl Strategy<Value = (String, Option<String>)> {
        prop_oneof![
            (transfer(), target()).prop_map(|(word, target)| (word, Some(target))),
            proptest::option::of("[a-z]{1,9}\\.wav").prop_map(|name| ("PLAY_ANNOUNCEMENT".to_owned(), name)),
            word(&[
                "NAME_DIALING",
                "EXTENSION_DIALING",
                "REPEAT_MENU",
                "RETURN_TO_PREVIOUS_MENU",
                "EXIT"
            ])
            .prop_map(|word| (word, None)),
        ]
    }

    fn keys() -> impl Strategy<Value = Vec<KeyWire>> {
        let keys = proptest::sample::subsequence(MenuKey::ALL.to_vec(), 0..=12).prop_shuffle();
        keys.prop_flat_map(|keys| {
            let descriptions = "[A-Z][a-z]{0,20}";
            let rows: Vec<_> = keys
                .into_iter()
                .map(|key| {
                    (action(), proptest::option::of(descriptions)).prop_map(
                        move |((action, value), description)| KeyWire {
                            key: key.character().to_string(),
                            action,
                            description,
                            value,
                        },
                    )
                })
                .collect();
            rows
        })
    }

    fn last_action() -> impl Strategy<Value = LastActionWire> {
        prop_oneof![
            Just(LastActionWire {
                action: Some("DISCONNECT".to_owned()),
                ..LastActionWire::default()
            }),
            (transfer(), target()).prop_map(|(word, target)| LastActionWire {
                action: Some(word),
                transfer_call_to: Some(target),
                ..LastActionWire::default()
            }),
            greeting().prop_map(|(greeting, audio_announcement_file)| LastActionWire {
                action: Some("PLAY_MESSAGE_AND_DISCONNECT".to_owned()),
                greeting,
                audio_announcement_file,
                transfer_call_to: None,
            }),
        ]
    }

    fn menu() -> impl Strategy<Value = MenuWire> {
        (
            greeting(),
            any::<bool>(),
            keys(),
            (
                word(&["NO_REPEAT", "ONE_TIME", "TWO_TIMES", "THREE_TIMES"]),
                1..=60_i64,
                last_action(),
            ),
        )
            .prop_map(
                |((greeting, file), extension_enabled, keys, (retries, timer, action))| MenuWire {
                    greeting,
                    extension_enabled: Some(extension_enabled),
                    audio_announcement_file: file,
                    key_configurations: Some(keys),
                    call_treatment: Some(TreatmentWire {
                        retry_attempt_for_no_input: Some(retries),
                        no_input_timer: Some(timer),
                        action_to_be_performed: Some(action),
                    }),
                },
            )
    }

    proptest! {
        #[test]
        fn a_menu_survives_the_way_from_the_wire_and_back(wire in menu()) {
            let domain = wire.clone().into_menu("businessHoursMenu").unwrap();
            prop_assert_eq!(&MenuWire::of(&domain), &wire);
            let json = serde_json::to_string(&wire).unwrap();
            prop_assert_eq!(serde_json::from_str::<MenuWire>(&json).unwrap(), wire);
            // And the way into its column and back.
            let text = crate::store::attendant_rows::menu_text(&domain).unwrap();
            prop_assert_eq!(crate::store::attendant_rows::menu_of(&text).unwrap(), domain);
        }

        #[test]
        fn whatever_comes_as_a_menu_is_read_or_refused(text in ".{0,200}", value in "[ -~]{0,40}") {
            let _ = serde_json::from_str::<MenuWire>(&text);
            let wire = MenuWire {
                key_configurations: Some(vec![KeyWire { key: value.clone(), action: value.clone(), description: None, value: Some(value) }]),
                ..MenuWire::default()
            };
            prop_assert!(wire.into_menu("businessHoursMenu").is_err());
        }
    }

    #[test]
    fn the_wait_may_come_as_text() {
        let wire: TreatmentWire = serde_json::from_str(r#"{"noInputTimer": "15"}"#).unwrap();
        assert_eq!(wire.no_input_timer, Some(15));
        assert!(serde_json::from_str::<TreatmentWire>(r#"{"noInputTimer": "soon"}"#).is_err());
    }
}
