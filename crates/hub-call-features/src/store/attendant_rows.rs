//! The menus of auto attendants as they lie in their column.

use std::collections::BTreeMap;

use kit::{Error, Result};
use serde::{Deserialize, Serialize};

use crate::model::attendant_menu::{
    AnnouncementFile, AnnouncementLevel, Greeting, KeyAction, KeyConfiguration, LastAction, MediaType, Menu,
    MenuKey, Retries, Transfer, Treatment,
};
use crate::model::words::{RingPattern, Word as _};

#[derive(Serialize, Deserialize)]
struct MenuRow {
    /// `None`: the default greeting.
    recording: Option<FileRow>,
    extension_enabled: bool,
    keys: Vec<KeyRow>,
    retries: String,
    no_input_timer: u8,
    last_action: LastActionRow,
}

#[derive(Serialize, Deserialize)]
struct FileRow {
    id: Option<String>,
    file_name: String,
    media_type: String,
    level: String,
}

#[derive(Serialize, Deserialize)]
struct KeyRow {
    key: String,
    action: String,
    value: Option<String>,
    description: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum LastActionRow {
    Disconnect,
    Play(Option<FileRow>),
    Transfer { how: String, to: String },
}

pub(crate) fn menu_text(menu: &Menu) -> Result<String> {
    let Menu {
        greeting,
        extension_enabled,
        keys,
        treatment,
    } = menu;
    let Treatment {
        retries,
        no_input_timer,
        last_action,
    } = treatment;
    let row = MenuRow {
        recording: recording_row(greeting),
        extension_enabled: *extension_enabled,
        keys: keys.iter().map(key_row).collect(),
        retries: retries.word().to_owned(),
        no_input_timer: *no_input_timer,
        last_action: match last_action {
            LastAction::Disconnect => LastActionRow::Disconnect,
            LastAction::PlayMessageAndDisconnect(greeting) => LastActionRow::Play(recording_row(greeting)),
            LastAction::Transfer(transfer, target) => LastActionRow::Transfer {
                how: transfer.word().to_owned(),
                to: target.clone(),
            },
        },
    };
    serde_json::to_string(&row).map_err(Error::internal)
}

pub(crate) fn menu_of(text: &str) -> Result<Menu> {
    let MenuRow {
        recording,
        extension_enabled,
        keys,
        retries,
        no_input_timer,
        last_action,
    } = serde_json::from_str(text).map_err(Error::internal)?;
    Ok(Menu {
        greeting: greeting_of(recording)?,
        extension_enabled,
        keys: keys.into_iter().map(key_of).collect::<Result<_>>()?,
        treatment: Treatment {
            retries: read(Retries::parse("retries", &retries))?,
            no_input_timer,
            last_action: match last_action {
                LastActionRow::Disconnect => LastAction::Disconnect,
                LastActionRow::Play(recording) => {
                    LastAction::PlayMessageAndDisconnect(greeting_of(recording)?)
                }
                LastActionRow::Transfer { how, to } => {
                    LastAction::Transfer(read(Transfer::parse("how", &how))?, to)
                }
            },
        },
    })
}

/// What was written by us and cannot be read is no mistake of the caller's.
fn read<T>(result: Result<T>) -> Result<T> {
    result.map_err(Error::internal)
}

fn recording_row(greeting: &Greeting) -> Option<FileRow> {
    match greeting {
        Greeting::Default => None,
        Greeting::Custom(AnnouncementFile {
            id,
            file_name,
            media_type,
            level,
        }) => Some(FileRow {
            id: id.clone(),
            file_name: file_name.clone(),
            media_type: media_type.word().to_owned(),
            level: level.word().to_owned(),
        }),
    }
}

fn greeting_of(recording: Option<FileRow>) -> Result<Greeting> {
    let Some(FileRow {
        id,
        file_name,
        media_type,
        level,
    }) = recording
    else {
        return Ok(Greeting::Default);
    };
    Ok(Greeting::Custom(AnnouncementFile {
        id,
        file_name,
        media_type: read(MediaType::parse("media_type", &media_type))?,
        level: read(AnnouncementLevel::parse("level", &level))?,
    }))
}

fn key_row(configuration: &KeyConfiguration) -> KeyRow {
    let KeyConfiguration {
        key,
        action,
        description,
    } = configuration;
    KeyRow {
        key: key.character().to_string(),
        action: action.word().to_owned(),
        value: action.value().map(ToOwned::to_owned),
        description: description.clone(),
    }
}

fn key_of(row: KeyRow) -> Result<KeyConfiguration> {
    let KeyRow {
        key,
        action,
        value,
        description,
    } = row;
    Ok(KeyConfiguration {
        key: read(MenuKey::parse("key", &key))?,
        action: read(KeyAction::new("action", &action, value))?,
        description,
    })
}

pub(super) fn ring_patterns_text(patterns: &BTreeMap<String, RingPattern>) -> Result<String> {
    let words: BTreeMap<&str, &str> = patterns
        .iter()
        .map(|(number, pattern)| (number.as_str(), pattern.word()))
        .collect();
    serde_json::to_string(&words).map_err(Error::internal)
}

pub(super) fn ring_patterns_of(text: &str) -> Result<BTreeMap<String, RingPattern>> {
    let words: BTreeMap<String, String> = serde_json::from_str(text).map_err(Error::internal)?;
    words
        .into_iter()
        .map(|(number, word)| {
            let pattern = RingPattern::of_word(&word)
                .ok_or_else(|| Error::internal(format!("ring_patterns holds {word}")))?;
            Ok((number, pattern))
        })
        .collect()
}
