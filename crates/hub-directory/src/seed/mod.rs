//! Invented organizations, the same on every machine.
//!
//! [`organization`] makes a whole customer from a size and a seed number: locations, licences, people. Nothing is
//! read and nothing is stored here; whoever calls it stores what it needs. Equal arguments give equal results, byte
//! by byte, whatever the machine and the day; another seed gives another organization.
//!
//! What callers may rely on:
//! - people come in such an order that a person's manager comes before them;
//! - e-mail addresses are ASCII and unique in the organization, telephone numbers are E.164 and unique over all
//!   seeded organizations, extensions are unique within a location;
//! - every domain ends in `.example`, which nobody can register;
//! - the people of [`SeedOrganization::named_people`] always exist, and are the only ones meant to get a password;
//! - nothing happens after [`REFERENCE_MOMENT_MS`].

mod ascii;
mod cities;
mod countries;
mod departments;
mod dice;
mod licenses;
mod named;
mod names;
mod names_of_europe;
mod names_of_the_world;
mod numbers;
mod people;
mod places;
mod presence;
mod roles;
#[cfg(test)]
mod tests;

use aws_lc_rs::digest::{SHA256, digest};
use uuid::Uuid;

pub use self::licenses::LicenseKind;
pub use self::named::NamedPerson;
pub use self::numbers::SeedNumber;
pub use self::presence::SeedPresence;
pub use self::roles::SeedRole;

use self::dice::Dice;
use self::people::Brief;
use self::places::Sites;

/// The moment at which every seeded organization is observed: 2026-09-01T00:00:00Z, in milliseconds since 1970.
pub const REFERENCE_MOMENT_MS: i64 = 1_788_220_800_000;

/// How big a seeded organization is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Size {
    /// 60 people at three locations in the United States and one in Germany: the customer of the demonstration.
    Small,
    /// 5,000 people at 20 locations.
    Medium,
    /// 100,000 people at 200 locations.
    Large,
}

/// An invented customer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SeedOrganization {
    pub id: Uuid,
    pub name: &'static str,
    pub domain: &'static str,
    /// Milliseconds since 1970.
    pub created_ms: i64,
    pub locations: Vec<SeedLocation>,
    pub licenses: Vec<SeedLicense>,
    /// Each after their manager.
    pub people: Vec<SeedPerson>,
}

/// A location, with what the plain and the calling side know of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SeedLocation {
    pub id: Uuid,
    pub name: String,
    pub address1: String,
    pub address2: Option<&'static str>,
    pub city: &'static str,
    pub state: &'static str,
    pub postal_code: &'static str,
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// A name of the IANA database.
    pub time_zone: &'static str,
    /// In the calling side's spelling: `en_us`.
    pub preferred_language: &'static str,
    pub announcement_language: &'static str,
    pub latitude: &'static str,
    pub longitude: &'static str,
    /// Belongs to the location and to no person.
    pub main_number: SeedNumber,
    /// Unique in the organization.
    pub routing_prefix: String,
    pub outside_dial_digit: &'static str,
    pub enforce_outside_dial_digit: bool,
    /// Direct numbers of this location that no person has, for features and for the stock.
    pub spare_numbers: Vec<SeedNumber>,
    /// This extension and the 199 behind it belong to no person.
    pub first_spare_extension: u32,
}

/// A licence and its use by people.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SeedLicense {
    pub id: Uuid,
    pub kind: LicenseKind,
    /// What the public id wraps: `<organization>:<prefix>_<id>`.
    pub value: String,
    pub total_units: u64,
    /// How many of the organization's people hold it; always fewer than `total_units`.
    pub consumed_units: u64,
    pub subscription_id: String,
    /// Only of a meetings licence.
    pub site_url: Option<String>,
    pub site_type: Option<&'static str>,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SeedPerson {
    pub id: Uuid,
    /// Set for the few whom demonstrations and tests know.
    pub named: Option<NamedPerson>,
    pub email: String,
    pub first_name: &'static str,
    pub last_name: &'static str,
    pub display_name: String,
    /// Only where it differs from the first name.
    pub nick_name: Option<&'static str>,
    pub title: &'static str,
    pub department: &'static str,
    /// Nobody for the head of the organization; for everybody else a person earlier in the list.
    pub manager: Option<Uuid>,
    /// Which of the organization's locations, see [`SeedOrganization::location_of`]. Also people without calling
    /// work somewhere; the calling side knows only those with a calling licence.
    pub location: usize,
    pub roles: &'static [SeedRole],
    pub licenses: &'static [LicenseKind],
    /// The direct number (type `work`), of most people with calling.
    pub number: Option<SeedNumber>,
    /// Without the routing prefix; everybody with calling has one.
    pub extension: Option<u32>,
    /// The other number (type `mobile`), of some people, with or without calling.
    pub mobile: Option<SeedNumber>,
    /// In the directory's spelling: `en_US`.
    pub preferred_language: &'static str,
    pub login_enabled: bool,
    pub invite_pending: bool,
    pub presence: SeedPresence,
    /// Milliseconds since 1970; nothing for somebody who never used the app.
    pub last_activity_ms: Option<i64>,
    pub created_ms: i64,
    pub last_modified_ms: i64,
}

impl SeedOrganization {
    /// Where somebody works.
    #[must_use]
    pub fn location_of(&self, person: &SeedPerson) -> Option<&SeedLocation> {
        self.locations.get(person.location)
    }

    /// The person who plays a part; nobody where the organization's cast lacks it, which of the three sizes none does.
    #[must_use]
    pub fn named(&self, part: NamedPerson) -> Option<&SeedPerson> {
        self.named_people().find(|person| person.named == Some(part))
    }

    /// Everybody who plays a part.
    pub fn named_people(&self) -> impl Iterator<Item = &SeedPerson> {
        self.people.iter().filter(|person| person.named.is_some())
    }

    /// The licence of a kind; every organization has all kinds.
    #[must_use]
    pub fn license(&self, kind: LicenseKind) -> Option<&SeedLicense> {
        self.licenses.iter().find(|license| license.kind == kind)
    }
}

/// The organization of a size, from a seed number.
#[must_use]
pub fn organization(size: Size, seed: u64) -> SeedOrganization {
    let (label, name, domain, count) = match size {
        Size::Small => ("small", "Kestrel Bay Logistics", "kestrelbay.example", 60),
        Size::Medium => ("medium", "Fennmark Systems", "medium.example", 5_000),
        Size::Large => ("large", "Meridian Atlas Group", "large.example", 100_000),
    };
    let intimate = match size {
        Size::Small => true,
        Size::Medium | Size::Large => false,
    };
    let sites = places::sites(size, &mut Dice::new(seed, &format!("{label}/places")));
    let brief = Brief {
        seed,
        label,
        domain,
        count,
        intimate,
        cast: named::CAST,
        organization_created_ms: created_moment(seed, label),
    };
    assemble(name, &brief, sites)
}

/// Another small organization, with other people, numbers and ids: for what must never be seen from the first.
#[must_use]
pub fn other_small_organization(seed: u64) -> SeedOrganization {
    let label = "other";
    let sites = places::other_sites(&mut Dice::new(seed, "other/places"));
    let brief = Brief {
        seed,
        label,
        domain: "blueheron.example",
        count: 14,
        intimate: true,
        cast: named::OTHER_CAST,
        organization_created_ms: created_moment(seed, label),
    };
    assemble("Blue Heron Clinics", &brief, sites)
}

/// The id of [`organization`], without inventing it.
#[must_use]
pub fn organization_id(size: Size, seed: u64) -> Uuid {
    id_of(
        match size {
            Size::Small => "small",
            Size::Medium => "medium",
            Size::Large => "large",
        },
        seed,
    )
}

/// The id of [`other_small_organization`], without inventing it.
#[must_use]
pub fn other_organization_id(seed: u64) -> Uuid {
    id_of("other", seed)
}

fn id_of(label: &str, seed: u64) -> Uuid {
    Dice::new(seed, &format!("{label}/organization")).uuid()
}

/// A partner that looks after customers: few people, none of whom is anybody's of the customers.
#[must_use]
pub fn partner_organization(seed: u64) -> SeedOrganization {
    let label = "partner";
    let sites = places::partner_sites(&mut Dice::new(seed, "partner/places"));
    let brief = Brief {
        seed,
        label,
        domain: "tidewater.example",
        count: 12,
        intimate: true,
        cast: named::PARTNER_CAST,
        organization_created_ms: created_moment(seed, label),
    };
    assemble("Tidewater Managed Services", &brief, sites)
}

fn assemble(name: &'static str, brief: &Brief, mut sites: Sites) -> SeedOrganization {
    let id = id_of(brief.label, brief.seed);
    let people = people::people(brief, &mut sites);
    let mut license_dice = Dice::new(brief.seed, &format!("{}/licenses", brief.label));
    SeedOrganization {
        id,
        name,
        domain: brief.domain,
        created_ms: brief.organization_created_ms,
        licenses: licenses::licenses(
            brief.domain,
            id,
            &people,
            sites.sites.len() as u64,
            &mut license_dice,
        ),
        locations: sites.sites.into_iter().map(with_spares).collect(),
        people,
    }
}

/// The id of what has this name in this invented organization: the same on every machine, and no draw of a dice, so
/// that a further thing does not change the ids of the others. `name` says whose it is first: `call-features/…`.
#[must_use]
pub fn named_id(organization: Uuid, name: &str) -> Uuid {
    let whole = digest(&SHA256, format!("{organization}/{name}").as_bytes());
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&whole.as_ref()[..16]);
    // Version 8 (RFC 9562): made by a rule of our own.
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// How many direct numbers of a location stay without a person.
const SPARE_NUMBERS: usize = 20;

/// The location with what its people left over.
fn with_spares(mut site: places::Site) -> SeedLocation {
    let spares = std::iter::from_fn(|| site.direct_numbers.take());
    site.location.spare_numbers = spares.take(SPARE_NUMBERS).collect();
    site.location.first_spare_extension = site.next_extension + 10;
    site.location
}

/// Between nine and five years before the reference moment.
fn created_moment(seed: u64, label: &str) -> i64 {
    const YEAR: i64 = 365 * 24 * 60 * 60 * 1000;
    let mut dice = Dice::new(seed, &format!("{label}/created"));
    REFERENCE_MOMENT_MS - 5 * YEAR - dice.milliseconds_below(4 * YEAR)
}
