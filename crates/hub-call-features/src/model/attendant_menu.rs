//! What callers hear and which keys they may press.

use kit::{Error, Result};

use super::attendant::not_a_choice;
use super::dialable::dialable;
use super::lines::one_line;

/// The menu of the business hours, or the one of all other hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Menu {
    pub(crate) greeting: Greeting,
    /// Whether a caller may dial an extension without a key for it.
    pub(crate) extension_enabled: bool,
    /// In the order in which they were given; each key once.
    pub(crate) keys: Vec<KeyConfiguration>,
    pub(crate) treatment: Treatment,
}

/// What callers hear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Greeting {
    Default,
    Custom(AnnouncementFile),
}

/// A recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AnnouncementFile {
    pub(crate) id: Option<String>,
    pub(crate) file_name: String,
    pub(crate) media_type: MediaType,
    pub(crate) level: AnnouncementLevel,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MediaType {
    Wav,
    Wma,
    ThreeGp,
}

/// Whose recording it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AnnouncementLevel {
    Organization,
    Location,
    /// The attendant's own.
    Entity,
}

/// One key and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeyConfiguration {
    pub(crate) key: MenuKey,
    pub(crate) action: KeyAction,
    pub(crate) description: Option<String>,
}

/// A key of a telephone: a digit, `*` or `#`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct MenuKey(char);

/// What a key does; transfers say where to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum KeyAction {
    Transfer(Transfer, String),
    NameDialing,
    ExtensionDialing,
    /// Which recording, where it is known by name.
    PlayAnnouncement(Option<String>),
    RepeatMenu,
    ReturnToPreviousMenu,
    Exit,
}

/// The ways to hand a call on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transfer {
    WithoutPrompt,
    WithPrompt,
    ToOperator,
    ToMailbox,
}

/// What happens to a caller who presses nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Treatment {
    pub(crate) retries: Retries,
    /// Seconds.
    pub(crate) no_input_timer: u8,
    pub(crate) last_action: LastAction,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Retries {
    None,
    One,
    Two,
    Three,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LastAction {
    PlayMessageAndDisconnect(Greeting),
    Transfer(Transfer, String),
    Disconnect,
}

impl Default for Treatment {
    fn default() -> Self {
        Self {
            retries: Retries::None,
            no_input_timer: 10,
            last_action: LastAction::Disconnect,
        }
    }
}

macro_rules! words {
    ($name:ident { $($variant:ident $word:literal $label:literal),+ }) => {
        impl $name {
            pub(crate) const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word of the wire.
            pub(crate) const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The word of the pages.
            #[allow(dead_code, reason = "not every list is on a page")]
            pub(crate) const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }

            pub(crate) fn parse(field: &str, text: &str) -> Result<Self> {
                Self::ALL.iter().copied().find(|choice| choice.word() == text)
                    .ok_or_else(|| not_a_choice(field, text, &[$($word),+]))
            }
        }
    };
}

words!(MediaType { Wav "WAV" "WAV", Wma "WMA" "WMA", ThreeGp "3GP" "3GP" });
words!(AnnouncementLevel {
    Organization "ORGANIZATION" "Organization", Location "LOCATION" "Location", Entity "ENTITY" "This attendant"
});
words!(Transfer {
    WithoutPrompt "TRANSFER_WITHOUT_PROMPT" "Transfer without prompt",
    WithPrompt "TRANSFER_WITH_PROMPT" "Transfer with prompt",
    ToOperator "TRANSFER_TO_OPERATOR" "Transfer to the operator",
    ToMailbox "TRANSFER_TO_MAILBOX" "Transfer to the mailbox"
});
words!(Retries {
    None "NO_REPEAT" "No repeat", One "ONE_TIME" "One time", Two "TWO_TIMES" "Two times", Three "THREE_TIMES" "Three times"
});

impl MenuKey {
    /// In the order of the keypad.
    pub(crate) const ALL: [Self; 12] = [
        Self('1'),
        Self('2'),
        Self('3'),
        Self('4'),
        Self('5'),
        Self('6'),
        Self('7'),
        Self('8'),
        Self('9'),
        Self('0'),
        Self('*'),
        Self('#'),
    ];

    pub(crate) fn parse(field: &str, text: &str) -> Result<Self> {
        let mut characters = text.chars();
        match (characters.next(), characters.next()) {
            (Some(key), None) if Self::ALL.contains(&Self(key)) => Ok(Self(key)),
            _ => {
                let shown: String = text.chars().take(40).collect();
                Err(Error::invalid(format!(
                    "{field}: “{shown}” is not a key; the keys are 0 to 9, * and #."
                )))
            }
        }
    }

    pub(crate) const fn character(self) -> char {
        self.0
    }
}

impl KeyAction {
    /// The words of the wire, in the order of the pages.
    pub(crate) const WORDS: [(&str, &str); 10] = [
        ("TRANSFER_WITHOUT_PROMPT", "Transfer without prompt"),
        ("TRANSFER_WITH_PROMPT", "Transfer with prompt"),
        ("TRANSFER_TO_OPERATOR", "Transfer to the operator"),
        ("TRANSFER_TO_MAILBOX", "Transfer to a mailbox"),
        ("NAME_DIALING", "Dial by name"),
        ("EXTENSION_DIALING", "Dial by extension"),
        ("PLAY_ANNOUNCEMENT", "Play an announcement"),
        ("REPEAT_MENU", "Repeat the menu"),
        ("RETURN_TO_PREVIOUS_MENU", "Return to the previous menu"),
        ("EXIT", "Hang up"),
    ];

    /// The action of this word; `field` says which key it is.
    pub(crate) fn new(field: &str, word: &str, value: Option<String>) -> Result<Self> {
        let value = one_line(&format!("{field}.value"), value, 256)?;
        if let Some(transfer) = Transfer::ALL
            .iter()
            .copied()
            .find(|transfer| transfer.word() == word)
        {
            let value = value.ok_or_else(|| {
                Error::invalid(format!(
                    "{field}.value is missing; {word} needs the number or extension to transfer to."
                ))
            })?;
            return Ok(Self::Transfer(
                transfer,
                dialable(&format!("{field}.value"), &value)?,
            ));
        }
        let action = match word {
            "PLAY_ANNOUNCEMENT" => return Ok(Self::PlayAnnouncement(value)),
            "NAME_DIALING" => Self::NameDialing,
            "EXTENSION_DIALING" => Self::ExtensionDialing,
            "REPEAT_MENU" => Self::RepeatMenu,
            "RETURN_TO_PREVIOUS_MENU" => Self::ReturnToPreviousMenu,
            "EXIT" => Self::Exit,
            _ => {
                let words = Self::WORDS.map(|(word, _)| word);
                return Err(not_a_choice(&format!("{field}.action"), word, &words));
            }
        };
        match value {
            None => Ok(action),
            Some(_) => Err(Error::invalid(format!(
                "{field}.value must be left out; {word} takes none."
            ))),
        }
    }

    pub(crate) const fn word(&self) -> &'static str {
        match self {
            Self::Transfer(transfer, _) => transfer.word(),
            Self::NameDialing => "NAME_DIALING",
            Self::ExtensionDialing => "EXTENSION_DIALING",
            Self::PlayAnnouncement(_) => "PLAY_ANNOUNCEMENT",
            Self::RepeatMenu => "REPEAT_MENU",
            Self::ReturnToPreviousMenu => "RETURN_TO_PREVIOUS_MENU",
            Self::Exit => "EXIT",
        }
    }

    pub(crate) fn value(&self) -> Option<&str> {
        match self {
            Self::Transfer(_, value) => Some(value),
            Self::PlayAnnouncement(value) => value.as_deref(),
            Self::NameDialing
            | Self::ExtensionDialing
            | Self::RepeatMenu
            | Self::ReturnToPreviousMenu
            | Self::Exit => None,
        }
    }

    pub(crate) fn label(&self) -> &'static str {
        let word = self.word();
        Self::WORDS
            .iter()
            .find(|(candidate, _)| *candidate == word)
            .map_or(word, |(_, label)| label)
    }
}

impl Menu {
    /// What an attendant begins with: the default greeting, extensions, and a key to leave.
    pub(crate) fn first() -> Self {
        Self {
            greeting: Greeting::Default,
            extension_enabled: true,
            keys: vec![KeyConfiguration {
                key: MenuKey('0'),
                action: KeyAction::Exit,
                description: None,
            }],
            treatment: Treatment::default(),
        }
    }

    /// Each key at most once.
    pub(crate) fn checked(self, field: &str) -> Result<Self> {
        let mut keys: Vec<MenuKey> = self.keys.iter().map(|entry| entry.key).collect();
        keys.sort_unstable();
        match keys.windows(2).find(|pair| pair[0] == pair[1]) {
            None => Ok(self),
            Some(pair) => Err(Error::invalid(format!(
                "{field}.keyConfigurations: the key {} comes twice. Give each key one action.",
                pair[0].character()
            ))),
        }
    }

    /// The recordings that this menu plays.
    pub(crate) fn recordings(&self) -> impl Iterator<Item = &AnnouncementFile> {
        let last = match &self.treatment.last_action {
            LastAction::PlayMessageAndDisconnect(greeting) => Some(greeting),
            LastAction::Transfer(..) | LastAction::Disconnect => None,
        };
        std::iter::once(&self.greeting)
            .chain(last)
            .filter_map(|greeting| match greeting {
                Greeting::Custom(file) => Some(file),
                Greeting::Default => None,
            })
    }
}

/// The seconds after which silence counts as no input.
pub(crate) fn no_input_timer(field: &str, seconds: i64) -> Result<u8> {
    u8::try_from(seconds)
        .ok()
        .filter(|seconds| (1..=60).contains(seconds))
        .ok_or_else(|| Error::invalid(format!("{field} is a number of seconds from 1 to 60.")))
}
