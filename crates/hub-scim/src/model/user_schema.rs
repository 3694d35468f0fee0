//! The schemas of a user.

use super::schema::{Attribute, Kind, ResourceType, Schema};

pub(crate) const CORE_USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
pub(crate) const ENTERPRISE_USER: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
pub(crate) const WEBEX_USER: &str = "urn:scim:schemas:extension:cisco:webexidentity:2.0:User";

pub(crate) static USER: ResourceType = ResourceType {
    name: "User",
    endpoint: "/Users",
    description: "A person of the organization.",
    core: &USER_SCHEMA,
    extensions: &[&ENTERPRISE_SCHEMA, &WEBEX_SCHEMA],
};

pub(crate) static USER_SCHEMA: Schema = Schema {
    id: CORE_USER,
    name: "User",
    description: "A person of the organization.",
    attributes: USER_ATTRIBUTES,
};

pub(crate) static ENTERPRISE_SCHEMA: Schema = Schema {
    id: ENTERPRISE_USER,
    name: "EnterpriseUser",
    description: "Where somebody works in the organization.",
    attributes: ENTERPRISE_ATTRIBUTES,
};

pub(crate) static WEBEX_SCHEMA: Schema = Schema {
    id: WEBEX_USER,
    name: "WebexIdentityUser",
    description: "What Webex keeps of a user besides.",
    attributes: WEBEX_ATTRIBUTES,
};

const NAME: &[Attribute] = &[
    Attribute::text("givenName", "Given name."),
    Attribute::text("familyName", "Family name."),
    Attribute::text("middleName", "Middle names."),
    Attribute::text("honorificPrefix", "Titles before the name."),
    Attribute::text("honorificSuffix", "What stands behind the name."),
];

const EMAIL: &[Attribute] = &[
    Attribute::text("value", "The address.").required(),
    Attribute::text("type", "What it is for.").one_of(&["work", "home", "room", "other"]),
    Attribute::text("display", "The address as people read it."),
    Attribute::boolean("primary", "Whether it is the address to write to."),
];

const PHONE_NUMBER: &[Attribute] = &[
    Attribute::text("value", "The number."),
    Attribute::text("type", "What it is for.").one_of(&[
        "work",
        "home",
        "mobile",
        "work_extension",
        "fax",
        "pager",
        "other",
    ]),
    Attribute::text("display", "The number as people read it."),
    Attribute::boolean("primary", "Whether it is the number to call first."),
];

const PHOTO: &[Attribute] = &[
    Attribute::new("value", Kind::Reference, "The address of the picture.").refers_to(&["external"]),
    Attribute::text("type", "Its size.").one_of(&["photo", "thumbnail", "resizable"]),
    Attribute::text("display", "What it shows."),
    Attribute::boolean("primary", "Whether it is the picture to show."),
];

const ADDRESS: &[Attribute] = &[
    Attribute::text("type", "What it is for."),
    Attribute::text("streetAddress", "Street and house."),
    Attribute::text("locality", "Town."),
    Attribute::text("region", "State or region."),
    Attribute::text("postalCode", "Postal code."),
    Attribute::text("country", "Country."),
];

const ROLE: &[Attribute] = &[
    // The roles that the directory knows; see the test beside `webex::Role`.
    Attribute::text("value", "The key of the role.").one_of(&[
        "id_full_admin",
        "id_readonly_admin",
        "id_user_admin",
        "id_device_admin",
        "atlas-portal.support",
        "atlas-portal.partner.salesadmin",
        "atlas-portal.partner.helpdesk",
        "atlas-portal.partner.helpdesk.advanced",
        "atlas-portal.calling.cdr",
    ]),
];

const GROUP_OF_USER: &[Attribute] = &[
    Attribute::text("value", "The id of the group.")
        .exact()
        .read_only(),
    Attribute::text("display", "The name of the group.").read_only(),
    Attribute::new("$ref", Kind::Reference, "The address of the group.")
        .read_only()
        .refers_to(&["Group"]),
];

const USER_ATTRIBUTES: &[Attribute] = &[
    Attribute::text(
        "userName",
        "What the user signs in by: the primary e-mail address, unique in the whole Hub.",
    )
    .required()
    .unique(),
    Attribute::complex("name", NAME, "The parts of the name."),
    Attribute::text(
        "displayName",
        "The name that people see. Made of the parts of the name where it is left out.",
    )
    .required(),
    Attribute::text("nickName", "What the user likes to be called."),
    Attribute::new("profileUrl", Kind::Reference, "A page about the user.").refers_to(&["external"]),
    Attribute::text("title", "The title."),
    Attribute::text(
        "userType",
        "What kind of user it is; “user” where it is left out.",
    )
    .required()
    .one_of(&["user", "room", "external_calling", "calling_service"]),
    Attribute::text("preferredLanguage", "Language, like en_US."),
    Attribute::text("locale", "How numbers and moments are written, like en_US."),
    Attribute::text("timezone", "A name of the IANA time zone database.").exact(),
    Attribute::boolean(
        "active",
        "Whether the user can sign in; true where it is left out.",
    )
    .required(),
    Attribute::complex(
        "emails",
        EMAIL,
        "The addresses. Where they are left out, userName is the only one.",
    )
    .several()
    .required(),
    Attribute::complex(
        "phoneNumbers",
        PHONE_NUMBER,
        "The numbers. Those that ring through Webex Calling are changed where calling is, not here.",
    )
    .several(),
    Attribute::complex("photos", PHOTO, "Pictures.").several(),
    Attribute::complex("addresses", ADDRESS, "Postal addresses.").several(),
    Attribute::complex(
        "roles",
        ROLE,
        "Administrator roles; only a Full Administrator changes them.",
    )
    .several(),
    Attribute::complex("groups", GROUP_OF_USER, "The groups of the user.")
        .several()
        .read_only()
        .on_request(),
];

const MANAGER: &[Attribute] = &[
    Attribute::text("value", "The id of the manager.").exact(),
    Attribute::new("$ref", Kind::Reference, "The address of the manager.").refers_to(&["User"]),
    Attribute::text("displayName", "The name of the manager.")
        .read_only()
        .on_request(),
];

const ENTERPRISE_ATTRIBUTES: &[Attribute] = &[
    Attribute::text("employeeNumber", "The number of the employee."),
    Attribute::text("costCenter", "Cost centre."),
    Attribute::text("organization", "Organization."),
    Attribute::text("division", "Division."),
    Attribute::text("department", "Department."),
    Attribute::complex(
        "manager",
        MANAGER,
        "The manager; somebody of the same organization.",
    ),
];

const MANAGED_ORGANIZATION: &[Attribute] = &[
    Attribute::text("orgId", "The organization.").exact().read_only(),
    Attribute::text("role", "The role there.").read_only(),
];

const WEBEX_META: &[Attribute] = &[Attribute::text("organizationId", "The organization of the user.")
    .exact()
    .read_only()];

macro_rules! free_attributes {
    ($($name:literal)+) => { [$(Attribute::text($name, "A value of the organization's own.")),+] };
}

const FREE: [Attribute; 30] = free_attributes!(
    "extensionAttribute1" "extensionAttribute2" "extensionAttribute3" "extensionAttribute4" "extensionAttribute5"
    "extensionAttribute6" "extensionAttribute7" "extensionAttribute8" "extensionAttribute9" "extensionAttribute10"
    "extensionAttribute11" "extensionAttribute12" "extensionAttribute13" "extensionAttribute14" "extensionAttribute15"
    "externalAttribute1" "externalAttribute2" "externalAttribute3" "externalAttribute4" "externalAttribute5"
    "externalAttribute6" "externalAttribute7" "externalAttribute8" "externalAttribute9" "externalAttribute10"
    "externalAttribute11" "externalAttribute12" "externalAttribute13" "externalAttribute14" "externalAttribute15"
);

const OWN: [Attribute; 8] = [
    Attribute::text("accountStatus", "Whether the account is used.")
        .several()
        .read_only()
        .on_request(),
    Attribute::complex("managedOrgs", MANAGED_ORGANIZATION, "What the user administers.")
        .several()
        .read_only()
        .on_request(),
    Attribute::text("provisionSource", "Where the user comes from."),
    Attribute::text("userPreferences", "Preferences.")
        .several()
        .webex_only(),
    Attribute::text("userSettings", "Settings.")
        .several()
        .webex_only(),
    Attribute::boolean("isTeamsOnJabberEnabled", "Whether Jabber shows Webex messaging."),
    Attribute::boolean("isUCCallOnJabberEnabled", "Whether Jabber calls."),
    Attribute::complex("meta", WEBEX_META, "The organization of the user.")
        .read_only()
        .on_request(),
];

const WEBEX_ALL: [Attribute; OWN.len() + FREE.len()] = {
    let mut all = [OWN[0]; OWN.len() + FREE.len()];
    let mut index = 0;
    while index < all.len() {
        all[index] = if index < OWN.len() {
            OWN[index]
        } else {
            FREE[index - OWN.len()]
        };
        index += 1;
    }
    all
};

const WEBEX_ATTRIBUTES: &[Attribute] = &WEBEX_ALL;

#[cfg(test)]
mod tests {
    use webex::Role;

    use super::*;

    #[test]
    fn every_role_of_the_directory_can_be_named() {
        let known: Vec<&str> = Role::ALL.into_iter().map(Role::key).collect();
        assert_eq!(ROLE[0].canonical, known);
    }
}
