//! The people whom demonstrations and tests know by name. Only they get passwords.

use super::ascii::Folding;
use super::licenses::LicenseKind;
use super::licenses::{FULL_SET, NO_LICENSES};
use super::names::Name;
use super::roles::SeedRole;

/// The part that a person plays in demonstrations and tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NamedPerson {
    /// The Full Admin with every licence, whose address begins with `admin@`.
    FullAdmin,
    /// The one who stands by.
    SecondFullAdmin,
    /// A Full Admin without any licence: an account made only to authorize integrations.
    ServiceAdmin,
    ReadOnlyAdmin,
    UserAdmin,
    DeviceAdmin,
    SupportAdmin,
    HelpDeskAdmin,
    AdvancedHelpDeskAdmin,
    /// Somebody with calling, and with no administrator role.
    HeidiHarper,
    /// Another one with calling, at another location where the organization has several.
    KenAlvarez,
    /// May not sign in any more.
    Deactivated,
    /// Was invited and never signed in.
    InvitePending,
}

/// What is fixed about a named person; everything else is drawn as for anybody.
pub(super) struct CastMember {
    pub(super) part: NamedPerson,
    pub(super) name: Name,
    /// The part of the address before the `@`, where it is not made from the name.
    pub(super) mailbox: Option<&'static str>,
    pub(super) nick_name: Option<&'static str>,
    pub(super) department: &'static str,
    pub(super) title: &'static str,
    pub(super) roles: &'static [SeedRole],
    pub(super) licenses: &'static [LicenseKind],
    /// Which of the locations; counted round where there are fewer.
    pub(super) location: usize,
}

const fn plain_name(first: &'static str, last: &'static str) -> Name {
    Name {
        first,
        last,
        folding: Folding::Plain,
    }
}

macro_rules! cast {
    ($( $part:ident ($first:literal $last:literal) $mailbox:expr, $nick:expr, $location:literal $department:literal $title:literal $roles:expr, $licenses:expr; )*) => {
        &[ $( CastMember {
            part: NamedPerson::$part, name: plain_name($first, $last), mailbox: $mailbox, nick_name: $nick,
            department: $department, title: $title, roles: $roles, licenses: $licenses, location: $location,
        } ),* ]
    };
}

const FULL: &[SeedRole] = &[SeedRole::FullAdmin];

/// The cast of the three sizes.
pub(super) static CAST: &[CastMember] = cast! {
    FullAdmin ("Alex" "Morgan") Some("admin"), None, 0 "Information Technology" "Head of Collaboration Services" FULL, FULL_SET;
    SecondFullAdmin ("Priya" "Raman") None, None, 1 "Information Technology" "Senior Collaboration Engineer" FULL, FULL_SET;
    ServiceAdmin ("Integrations" "Service") Some("integrations"), None, 0 "Information Technology" "Service Account" FULL, NO_LICENSES;
    ReadOnlyAdmin ("Noor" "Haddad") None, None, 0 "Finance" "Internal Auditor" &[SeedRole::ReadOnlyAdmin], FULL_SET;
    UserAdmin ("Jonas" "Weber") None, None, 3 "Human Resources" "Onboarding Specialist" &[SeedRole::UserAdmin], FULL_SET;
    DeviceAdmin ("Søren" "Kjær") None, None, 3 "Information Technology" "Endpoint Engineer" &[SeedRole::DeviceAdmin], FULL_SET;
    SupportAdmin ("Grace" "O'Brien") None, None, 0 "Information Technology" "Support Lead" &[SeedRole::SupportAdmin], FULL_SET;
    HelpDeskAdmin ("Mateo" "de la Cruz") None, None, 2 "Information Technology" "Service Desk Agent" &[SeedRole::HelpDeskAdmin], FULL_SET;
    AdvancedHelpDeskAdmin ("Zuzana" "Nováková") None, Some("Zuzka"), 3 "Information Technology" "Senior Service Desk Agent" &[SeedRole::AdvancedHelpDeskAdmin], FULL_SET;
    HeidiHarper ("Heidi" "Harper") None, None, 0 "Customer Service" "Customer Service Representative" &[], FULL_SET;
    KenAlvarez ("Ken" "Alvarez") None, Some("Kenny"), 1 "Sales" "Account Manager" &[], FULL_SET;
    Deactivated ("Dieter" "Krause") None, None, 3 "Operations" "Dispatcher" &[], FULL_SET;
    InvitePending ("Mai" "Nguyễn") None, None, 2 "Finance" "Accountant" &[], FULL_SET;
};

/// The cast of the other small organization: other people, so that nobody can be taken for somebody of ours.
pub(super) static OTHER_CAST: &[CastMember] = cast! {
    FullAdmin ("Robin" "Castellanos") Some("admin"), None, 0 "Information Technology" "Practice IT Manager" FULL, FULL_SET;
    ReadOnlyAdmin ("Ingrid" "Solheim") None, None, 0 "Finance" "Bookkeeper" &[SeedRole::ReadOnlyAdmin], FULL_SET;
    UserAdmin ("Tomás" "Quintero") None, None, 0 "Human Resources" "Office Administrator" &[SeedRole::UserAdmin], FULL_SET;
};

/// The cast of the partner that looks after both.
pub(super) static PARTNER_CAST: &[CastMember] = cast! {
    FullAdmin ("Marlene" "Osei") Some("admin"), None, 0 "Information Technology" "Managed Services Lead" FULL, FULL_SET;
    ReadOnlyAdmin ("Callum" "Reyes") None, None, 0 "Finance" "Service Auditor" &[SeedRole::ReadOnlyAdmin], FULL_SET;
    HelpDeskAdmin ("Yuki" "Tanaka") None, None, 0 "Information Technology" "Service Desk Agent" &[SeedRole::HelpDeskAdmin], FULL_SET;
};
