//! What an organization bought, and who uses it.

use uuid::Uuid;

use super::dice::Dice;
use super::{SeedLicense, SeedPerson};

/// A kind of licence; each organization has one of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LicenseKind {
    CallingProfessional,
    CallingBasic,
    /// For shared phones; no person holds one.
    CallingWorkspaces,
    Messaging,
    Meetings,
}

/// Everything that an employee with a telephone has.
pub(super) const FULL_SET: &[LicenseKind] = &[
    LicenseKind::CallingProfessional,
    LicenseKind::Messaging,
    LicenseKind::Meetings,
];
/// A simple telephone besides messaging.
pub(super) const BASIC_SET: &[LicenseKind] = &[LicenseKind::CallingBasic, LicenseKind::Messaging];
/// No telephone.
pub(super) const COLLABORATION_SET: &[LicenseKind] = &[LicenseKind::Messaging, LicenseKind::Meetings];
/// No telephone and no meetings.
pub(super) const MESSAGING_SET: &[LicenseKind] = &[LicenseKind::Messaging];
pub(super) const NO_LICENSES: &[LicenseKind] = &[];

impl LicenseKind {
    /// Every kind, in the order in which an organization lists them.
    pub const ALL: [Self; 5] = [
        Self::CallingProfessional,
        Self::CallingBasic,
        Self::CallingWorkspaces,
        Self::Messaging,
        Self::Meetings,
    ];

    /// The exact name: clients find the calling licences by it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CallingProfessional => "Webex Calling - Professional",
            Self::CallingBasic => "Webex Calling - Basic",
            Self::CallingWorkspaces => "Webex Calling - Workspaces",
            Self::Messaging => "Messaging",
            Self::Meetings => "Meetings 1000",
        }
    }

    /// What stands before the UUID in the licence's public id, which reads `<organization>:<prefix>_<uuid>`.
    /// `BCSTD`, `MS` and `MC` are seen on the platform; the other two follow their pattern.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::CallingProfessional => "BCSTD",
            Self::CallingBasic => "BCBAS",
            Self::CallingWorkspaces => "BCCOA",
            Self::Messaging => "MS",
            Self::Meetings => "MC",
        }
    }

    /// Whether it lets its holder make and take calls.
    #[must_use]
    pub const fn is_calling(self) -> bool {
        match self {
            Self::CallingProfessional | Self::CallingBasic | Self::CallingWorkspaces => true,
            Self::Messaging | Self::Meetings => false,
        }
    }
}

/// The licences of an organization: always some more than its people use.
pub(super) fn licenses(
    domain: &str,
    organization: Uuid,
    people: &[SeedPerson],
    locations: u64,
    dice: &mut Dice,
) -> Vec<SeedLicense> {
    let calling_subscription = subscription(dice);
    let collaboration_subscription = subscription(dice);
    LicenseKind::ALL
        .into_iter()
        .map(|kind| {
            let id = dice.uuid();
            let consumed = people
                .iter()
                .filter(|person| person.licenses.contains(&kind))
                .count() as u64;
            let meetings = kind == LicenseKind::Meetings;
            SeedLicense {
                id,
                kind,
                value: format!("{organization}:{}_{id}", kind.prefix()),
                total_units: match kind {
                    // No person holds one: the shared phones of every location do.
                    LicenseKind::CallingWorkspaces => bought_for(locations * SHARED_PHONES_A_LOCATION),
                    _ => bought_for(consumed),
                },
                consumed_units: consumed,
                subscription_id: if kind.is_calling() {
                    calling_subscription.clone()
                } else {
                    collaboration_subscription.clone()
                },
                site_url: meetings.then(|| site_url(domain)),
                site_type: meetings.then_some("Control Hub managed site"),
            }
        })
        .collect()
}

/// What a location needs for its lobby, its break room and the like.
const SHARED_PHONES_A_LOCATION: u64 = 3;

/// A tenth of reserve, rounded up to what one orders.
fn bought_for(consumed: u64) -> u64 {
    let wanted = consumed + consumed / 10 + 5;
    let lot = match wanted {
        0..100 => 5,
        100..2_000 => 50,
        _ => 500,
    };
    wanted.div_ceil(lot) * lot
}

fn subscription(dice: &mut Dice) -> String {
    format!("Sub{}", 1_000_000 + dice.below(9_000_000))
}

/// `kestrelbay.example` meets at `kestrelbay.webex.example`.
fn site_url(domain: &str) -> String {
    let name = domain.strip_suffix(".example").unwrap_or(domain);
    format!("{name}.webex.example")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_is_bought_than_used() {
        for consumed in [0, 1, 4, 41, 95, 99, 100, 1_999, 2_000, 71_234] {
            assert!(bought_for(consumed) > consumed);
            assert_eq!(bought_for(consumed) % 5, 0);
        }
    }
}
