//! The form of one menu: a line for each key.

use std::collections::BTreeMap;

use kit::{Error, Result};

use crate::model::attendant_menu::{
    AnnouncementFile, AnnouncementLevel, Greeting, KeyAction, KeyConfiguration, LastAction, MediaType, Menu,
    MenuKey, Retries, Transfer, Treatment, no_input_timer,
};
use crate::model::dialable::dialable;
use crate::model::lines::one_line;
use crate::pages::common::Choice;

/// What the form sends, by name.
pub(super) type Sent = BTreeMap<String, String>;

/// The names of a key's fields end in this.
pub(super) fn suffix(key: MenuKey) -> String {
    match key.character() {
        '*' => "star".to_owned(),
        '#' => "pound".to_owned(),
        digit => digit.to_string(),
    }
}

/// A line of the form.
pub(super) struct KeyLine {
    pub(super) key: char,
    pub(super) suffix: String,
    pub(super) actions: Vec<Choice>,
    pub(super) value: String,
    /// It transfers, and nobody said whereto.
    pub(super) lacks_target: bool,
    pub(super) description: String,
}

/// The values of a menu as it is, as if the form had sent them.
pub(super) fn sent_of(menu: &Menu) -> Sent {
    let mut sent = Sent::new();
    let mut put = |key: String, value: &str| sent.insert(key, value.to_owned());
    if menu.extension_enabled {
        put("extension_enabled".to_owned(), "on");
    }
    if let Greeting::Custom(file) = &menu.greeting {
        put("greeting".to_owned(), "CUSTOM");
        put("file_name".to_owned(), &file.file_name);
        put("media_type".to_owned(), file.media_type.word());
    }
    for entry in &menu.keys {
        let suffix = suffix(entry.key);
        put(format!("action_{suffix}"), entry.action.word());
        put(
            format!("value_{suffix}"),
            entry.action.value().unwrap_or_default(),
        );
        put(
            format!("description_{suffix}"),
            entry.description.as_deref().unwrap_or_default(),
        );
    }
    put("retries".to_owned(), menu.treatment.retries.word());
    put(
        "no_input_timer".to_owned(),
        &menu.treatment.no_input_timer.to_string(),
    );
    match &menu.treatment.last_action {
        LastAction::Disconnect => put("last_action".to_owned(), "DISCONNECT"),
        LastAction::PlayMessageAndDisconnect(_) => {
            put("last_action".to_owned(), "PLAY_MESSAGE_AND_DISCONNECT")
        }
        LastAction::Transfer(transfer, target) => {
            put("transfer_to".to_owned(), target);
            put("last_action".to_owned(), transfer.word())
        }
    };
    sent
}

pub(super) fn value<'a>(sent: &'a Sent, key: &str) -> &'a str {
    sent.get(key).map(String::as_str).unwrap_or_default()
}

fn transfer_of(word: &str) -> Option<Transfer> {
    Transfer::ALL
        .iter()
        .copied()
        .find(|transfer| transfer.word() == word)
}

/// The lines of the form, in the order of the keypad.
pub(super) fn lines(sent: &Sent) -> Vec<KeyLine> {
    let line = |key: MenuKey| {
        let suffix = suffix(key);
        let chosen = value(sent, &format!("action_{suffix}"));
        let target = value(sent, &format!("value_{suffix}"));
        KeyLine {
            key: key.character(),
            actions: KeyAction::WORDS
                .iter()
                .map(|(word, label)| Choice::new(*word, *label, Some(chosen)))
                .collect(),
            value: target.to_owned(),
            lacks_target: transfer_of(chosen).is_some() && target.trim().is_empty(),
            description: value(sent, &format!("description_{suffix}")).to_owned(),
            suffix,
        }
    };
    MenuKey::ALL.into_iter().map(line).collect()
}

/// What may happen to a caller who presses nothing.
pub(super) fn last_actions(sent: &Sent) -> Vec<Choice> {
    let chosen = Some(value(sent, "last_action"));
    let mut choices = vec![
        Choice::new("DISCONNECT", "Hang up", chosen),
        Choice::new(
            "PLAY_MESSAGE_AND_DISCONNECT",
            "Play a message and hang up",
            chosen,
        ),
    ];
    let transfers = Transfer::ALL.iter();
    choices.extend(transfers.map(|transfer| Choice::new(transfer.word(), transfer.label(), chosen)));
    choices
}

/// The menu that the form asks for. What the form does not show (whose recording it is) stays as it was.
pub(super) fn menu_of(sent: &Sent, before: &Menu) -> Result<Menu> {
    let filled = |key: &str| Some(value(sent, key).to_owned()).filter(|text| !text.trim().is_empty());
    let mut keys = Vec::new();
    for key in MenuKey::ALL {
        let suffix = suffix(key);
        let Some(word) = filled(&format!("action_{suffix}")) else {
            continue;
        };
        let field = format!("Key {}", key.character());
        let target = filled(&format!("value_{suffix}"));
        if let (Some(transfer), None) = (transfer_of(&word), &target) {
            return Err(Error::invalid(format!(
                "{field}: “{}” needs the number or extension to transfer to.",
                transfer.label()
            )));
        }
        keys.push(KeyConfiguration {
            key,
            action: KeyAction::new(&field, &word, target)?,
            description: one_line(
                &format!("{field}: the description"),
                filled(&format!("description_{suffix}")),
                100,
            )?,
        });
    }
    let seconds = value(sent, "no_input_timer").trim().parse().unwrap_or(0);
    Menu {
        greeting: greeting(sent, before)?,
        extension_enabled: sent.contains_key("extension_enabled"),
        keys,
        treatment: Treatment {
            retries: Retries::parse("Repeat the greeting", value(sent, "retries"))?,
            no_input_timer: no_input_timer("The time without a key", seconds)?,
            last_action: last_action(sent, before)?,
        },
    }
    .checked("The menu")
}

fn greeting(sent: &Sent, before: &Menu) -> Result<Greeting> {
    if value(sent, "greeting") != "CUSTOM" {
        return Ok(Greeting::Default);
    }
    let name = one_line("The file name", Some(value(sent, "file_name").to_owned()), 200)?
        .filter(|name| !name.contains(['/', '\\']))
        .ok_or_else(|| {
            Error::invalid("A greeting of your own needs the plain name of its recording, like welcome.wav.")
        })?;
    if let Greeting::Custom(file) = &before.greeting
        && file.file_name == name
    {
        return Ok(before.greeting.clone());
    }
    Ok(Greeting::Custom(AnnouncementFile {
        id: None,
        file_name: name,
        media_type: MediaType::parse("Media type", value(sent, "media_type"))?,
        level: AnnouncementLevel::Entity,
    }))
}

fn last_action(sent: &Sent, before: &Menu) -> Result<LastAction> {
    let word = value(sent, "last_action");
    if let Some(transfer) = transfer_of(word) {
        let target = dialable("Transfer to", value(sent, "transfer_to"))?;
        return Ok(LastAction::Transfer(transfer, target));
    }
    Ok(match (word, &before.treatment.last_action) {
        ("PLAY_MESSAGE_AND_DISCONNECT", LastAction::PlayMessageAndDisconnect(message)) => {
            LastAction::PlayMessageAndDisconnect(message.clone())
        }
        ("PLAY_MESSAGE_AND_DISCONNECT", _) => LastAction::PlayMessageAndDisconnect(Greeting::Default),
        _ => LastAction::Disconnect,
    })
}
