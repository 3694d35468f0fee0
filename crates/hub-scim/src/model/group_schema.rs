//! The schemas of a group, and of what describes schemas themselves.

use super::schema::{Attribute, Kind, ResourceType, Schema};

pub(crate) const CORE_GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
pub(crate) const WEBEX_GROUP: &str = "urn:scim:schemas:extension:cisco:webexidentity:2.0:Group";

pub(crate) static GROUP: ResourceType = ResourceType {
    name: "Group",
    endpoint: "/Groups",
    description: "A group of people of the organization.",
    core: &GROUP_SCHEMA,
    extensions: &[&WEBEX_GROUP_SCHEMA],
};

pub(crate) static GROUP_SCHEMA: Schema = Schema {
    id: CORE_GROUP,
    name: "Group",
    description: "A group of people of the organization.",
    attributes: GROUP_ATTRIBUTES,
};

pub(crate) static WEBEX_GROUP_SCHEMA: Schema = Schema {
    id: WEBEX_GROUP,
    name: "WebexIdentityGroup",
    description: "What Webex keeps of a group besides.",
    attributes: WEBEX_GROUP_ATTRIBUTES,
};

const MEMBER: &[Attribute] = &[
    Attribute::text("value", "The id of the member.").exact(),
    Attribute::new("$ref", Kind::Reference, "The address of the member.").refers_to(&["User"]),
    Attribute::text(
        "type",
        "What the member is: a user. Groups are not members of groups here.",
    )
    .one_of(&["user"]),
    Attribute::text("display", "The name of the member.")
        .read_only()
        .on_request(),
];

const GROUP_ATTRIBUTES: &[Attribute] = &[
    Attribute::text(
        "displayName",
        "The name of the group, unique in the organization.",
    )
    .required(),
    Attribute::complex(
        "members",
        MEMBER,
        "The first 500 members; /Members pages through all.",
    )
    .several(),
];

const OWNER: &[Attribute] = &[Attribute::text("value", "The id of the owner.").exact()];

const MANAGED_BY: &[Attribute] = &[
    Attribute::text("orgId", "The organization.").exact(),
    Attribute::text("type", "What kind of thing manages the group."),
    Attribute::text("id", "Its id.").exact(),
    Attribute::text("role", "The delegated role."),
];

const GROUP_META: &[Attribute] = &[
    Attribute::text("organizationId", "The organization of the group.")
        .exact()
        .read_only(),
];

const WEBEX_GROUP_ATTRIBUTES: &[Attribute] = &[
    Attribute::text("usage", "What the group is for."),
    Attribute::complex("owners", OWNER, "Who owns the group.")
        .several()
        .webex_only(),
    Attribute::complex("managedBy", MANAGED_BY, "Who manages the group.")
        .several()
        .webex_only(),
    Attribute::text("provisionSource", "Where the group comes from."),
    Attribute::complex("meta", GROUP_META, "The organization of the group.")
        .read_only()
        .on_request(),
];

pub(crate) const SCHEMA_SCHEMA: &str = "urn:ietf:params:scim:schemas:core:2.0:Schema";
pub(crate) const RESOURCE_TYPE_SCHEMA: &str = "urn:ietf:params:scim:schemas:core:2.0:ResourceType";
pub(crate) const CONFIG_SCHEMA: &str = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";
