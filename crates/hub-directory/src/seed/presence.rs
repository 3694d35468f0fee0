//! What people were doing at the reference moment.

use super::dice::Dice;

/// A presence status; the spelling on the wire, with its mixed casing, is [`SeedPresence::wire_name`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SeedPresence {
    Active,
    Call,
    DoNotDisturb,
    Inactive,
    Meeting,
    OutOfOffice,
    Pending,
    Presenting,
    Unknown,
}

impl SeedPresence {
    /// The literal that the people API uses.
    #[must_use]
    pub const fn wire_name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Call => "call",
            Self::DoNotDisturb => "DoNotDisturb",
            Self::Inactive => "inactive",
            Self::Meeting => "meeting",
            Self::OutOfOffice => "OutOfOffice",
            Self::Pending => "pending",
            Self::Presenting => "presenting",
            Self::Unknown => "unknown",
        }
    }
}

const MINUTE: i64 = 60 * 1000;
const DAY: i64 = 24 * 60 * MINUTE;

/// The presence of somebody who uses the app, on a working day.
pub(super) fn presence(has_calling: bool, dice: &mut Dice) -> SeedPresence {
    match dice.below(100) {
        0..38 => SeedPresence::Active,
        38..66 => SeedPresence::Inactive,
        66..77 => SeedPresence::Meeting,
        77..84 if has_calling => SeedPresence::Call,
        77..84 => SeedPresence::Active,
        84..88 => SeedPresence::DoNotDisturb,
        88..94 => SeedPresence::OutOfOffice,
        94..96 => SeedPresence::Presenting,
        _ => SeedPresence::Unknown,
    }
}

/// How long before the reference moment a person of this presence was last seen, in milliseconds. Nobody who
/// never signed in was ever seen.
pub(super) fn idle_time(presence: SeedPresence, dice: &mut Dice) -> Option<i64> {
    // "Active" means active within ten minutes, "inactive" the contrary.
    let (least, span) = match presence {
        SeedPresence::Active | SeedPresence::Call | SeedPresence::Meeting | SeedPresence::Presenting => {
            (0, 9 * MINUTE)
        }
        SeedPresence::DoNotDisturb => (0, 120 * MINUTE),
        SeedPresence::Inactive => (11 * MINUTE, 18 * 60 * MINUTE),
        SeedPresence::OutOfOffice => (DAY, 20 * DAY),
        SeedPresence::Unknown => (20 * MINUTE, 60 * DAY),
        SeedPresence::Pending => return None,
    };
    Some(least + dice.milliseconds_below(span))
}
