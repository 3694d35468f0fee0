//! Schemas as `/Schemas` publishes them, and the schemas of what describes this server.

use serde_json::{Value, json};

use crate::model::group_schema::{CONFIG_SCHEMA, RESOURCE_TYPE_SCHEMA, SCHEMA_SCHEMA};
use crate::model::schema::{Attribute, Kind, Mutability, Schema};
use crate::model::user::Base;

/// A schema on the wire.
pub(super) fn published(schema: &Schema, base: &Base) -> Value {
    let known = schema.attributes.iter().filter(|attribute| !attribute.webex_only);
    let attributes: Vec<Value> = known.map(attribute).collect();
    json!({
        "schemas": [SCHEMA_SCHEMA],
        "id": schema.id,
        "name": schema.name,
        "description": schema.description,
        "attributes": attributes,
        "meta": { "resourceType": "Schema", "location": format!("{}/Schemas/{}", base.0, schema.id) },
    })
}

fn attribute(attribute: &Attribute) -> Value {
    let kind = match attribute.kind {
        Kind::Text => "string",
        Kind::Boolean => "boolean",
        Kind::Moment => "dateTime",
        Kind::Reference => "reference",
        Kind::Complex(_) => "complex",
    };
    let returned = match (attribute.always, attribute.on_request) {
        (true, _) => "always",
        (false, true) => "request",
        (false, false) => "default",
    };
    let mut shown = json!({
        "name": attribute.name,
        "type": kind,
        "multiValued": attribute.several,
        "description": attribute.description,
        "required": attribute.required,
        "caseExact": attribute.case_exact || matches!(attribute.kind, Kind::Reference),
        "mutability": match attribute.mutability {
            Mutability::ReadOnly => "readOnly",
            Mutability::ReadWrite => "readWrite",
        },
        "returned": returned,
        "uniqueness": attribute.uniqueness,
    });
    if !attribute.canonical.is_empty() {
        shown["canonicalValues"] = json!(attribute.canonical);
    }
    if matches!(attribute.kind, Kind::Reference) {
        let types = if attribute.references.is_empty() {
            &["uri"]
        } else {
            attribute.references
        };
        shown["referenceTypes"] = json!(types);
    }
    if let Kind::Complex(parts) = attribute.kind {
        shown["subAttributes"] = parts.iter().map(self::attribute).collect();
    }
    shown
}

/// The three that every server has.
pub(super) static ALL: [&Schema; 3] = [
    &Schema {
        id: SCHEMA_SCHEMA,
        name: "Schema",
        description: "A schema: a list of attributes.",
        attributes: SCHEMA,
    },
    &Schema {
        id: RESOURCE_TYPE_SCHEMA,
        name: "ResourceType",
        description: "A kind of resource.",
        attributes: RESOURCE_TYPE,
    },
    &Schema {
        id: CONFIG_SCHEMA,
        name: "ServiceProviderConfig",
        description: "What this server can do.",
        attributes: CONFIG,
    },
];

const fn text(name: &'static str, description: &'static str) -> Attribute {
    Attribute::text(name, description).exact().read_only()
}

const fn flag(name: &'static str, description: &'static str) -> Attribute {
    Attribute::boolean(name, description).read_only()
}

const ATTRIBUTE_FACTS: &[Attribute] = &[
    text("name", "The name."),
    text("type", "What a value looks like."),
    flag("multiValued", "Whether there can be several values."),
    text("description", "What it is."),
    flag("required", "Whether it must have a value."),
    text("canonicalValues", "The values that are taken.").several(),
    flag("caseExact", "Whether upper and lower case differ."),
    text("mutability", "Who may write it."),
    text("returned", "When it is answered."),
    text("uniqueness", "Among which resources it is unique."),
    text("referenceTypes", "What it can refer to.").several(),
];

const SCHEMA: &[Attribute] = &[
    text("id", "The URI of the schema."),
    text("name", "The name."),
    text("description", "What it describes."),
    Attribute::complex("attributes", ATTRIBUTE_FACTS, "The attributes.")
        .several()
        .read_only(),
];

const EXTENSION: &[Attribute] = &[
    text("schema", "The URI of the extension."),
    flag("required", "Whether every resource has it."),
];

const RESOURCE_TYPE: &[Attribute] = &[
    text("id", "The id."),
    text("name", "The name."),
    text("description", "What it is."),
    text("endpoint", "Where the resources stand."),
    text("schema", "The URI of the core schema."),
    Attribute::complex("schemaExtensions", EXTENSION, "The extensions.")
        .several()
        .read_only(),
];

const SUPPORTED: &[Attribute] = &[flag("supported", "Whether this server can do it.")];

const SCHEME: &[Attribute] = &[
    text("type", "The kind."),
    text("name", "The name."),
    text("description", "What a client needs."),
];

const CONFIG: &[Attribute] = &[
    Attribute::complex("patch", SUPPORTED, "PATCH.").read_only(),
    Attribute::complex("bulk", SUPPORTED, "Many operations in one request.").read_only(),
    Attribute::complex("filter", SUPPORTED, "Filters.").read_only(),
    Attribute::complex("changePassword", SUPPORTED, "Passwords.").read_only(),
    Attribute::complex("sort", SUPPORTED, "Sorting.").read_only(),
    Attribute::complex("etag", SUPPORTED, "Entity tags.").read_only(),
    Attribute::complex("authenticationSchemes", SCHEME, "How a client shows who it is.")
        .several()
        .read_only(),
];
