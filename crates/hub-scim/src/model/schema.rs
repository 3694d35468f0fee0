//! What a SCIM resource is made of. The tables of attributes drive everything: reading input, filters, PATCH, which
//! attributes are answered, and what `/Schemas` publishes.

/// What a value looks like.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Text,
    Boolean,
    Moment,
    Reference,
    Complex(&'static [Attribute]),
}

/// Who may write an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mutability {
    ReadOnly,
    ReadWrite,
}

/// One attribute of a schema, or a part of a complex one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attribute {
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) kind: Kind,
    pub(crate) several: bool,
    pub(crate) required: bool,
    pub(crate) case_exact: bool,
    pub(crate) mutability: Mutability,
    /// Answered whatever `attributes` says.
    pub(crate) always: bool,
    /// Answered only where it is asked for.
    pub(crate) on_request: bool,
    /// Webex has it, and whoever speaks SCIM's own media type neither learns of it nor sees it.
    pub(crate) webex_only: bool,
    pub(crate) uniqueness: &'static str,
    /// The only values that are taken; empty where any is.
    pub(crate) canonical: &'static [&'static str],
    pub(crate) references: &'static [&'static str],
}

impl Attribute {
    pub(crate) const fn new(name: &'static str, kind: Kind, description: &'static str) -> Self {
        Self {
            name,
            description,
            kind,
            several: false,
            required: false,
            case_exact: false,
            mutability: Mutability::ReadWrite,
            always: false,
            on_request: false,
            webex_only: false,
            uniqueness: "none",
            canonical: &[],
            references: &[],
        }
    }

    pub(crate) const fn text(name: &'static str, description: &'static str) -> Self {
        Self::new(name, Kind::Text, description)
    }

    pub(crate) const fn boolean(name: &'static str, description: &'static str) -> Self {
        Self::new(name, Kind::Boolean, description)
    }

    pub(crate) const fn complex(
        name: &'static str,
        parts: &'static [Self],
        description: &'static str,
    ) -> Self {
        Self::new(name, Kind::Complex(parts), description)
    }

    pub(crate) const fn several(mut self) -> Self {
        self.several = true;
        self
    }

    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(crate) const fn exact(mut self) -> Self {
        self.case_exact = true;
        self
    }

    pub(crate) const fn read_only(mut self) -> Self {
        self.mutability = Mutability::ReadOnly;
        self
    }

    pub(crate) const fn always(mut self) -> Self {
        self.always = true;
        self
    }

    pub(crate) const fn on_request(mut self) -> Self {
        self.on_request = true;
        self
    }

    pub(crate) const fn webex_only(mut self) -> Self {
        self.webex_only = true;
        self
    }

    pub(crate) const fn unique(mut self) -> Self {
        self.uniqueness = "server";
        self
    }

    pub(crate) const fn one_of(mut self, values: &'static [&'static str]) -> Self {
        self.canonical = values;
        self
    }

    pub(crate) const fn refers_to(mut self, types: &'static [&'static str]) -> Self {
        self.references = types;
        self
    }

    /// The parts of a complex attribute; none of any other.
    pub(crate) const fn parts(&self) -> &'static [Self] {
        match self.kind {
            Kind::Complex(parts) => parts,
            _ => &[],
        }
    }

    /// A part by name, in any spelling of its letters.
    pub(crate) fn part(&self, name: &str) -> Option<&'static Self> {
        named(self.parts(), name)
    }

    pub(crate) fn is_read_only(&self) -> bool {
        self.mutability == Mutability::ReadOnly
    }
}

/// An attribute by name, in any spelling of its letters.
pub(crate) fn named(attributes: &'static [Attribute], name: &str) -> Option<&'static Attribute> {
    attributes
        .iter()
        .find(|attribute| attribute.name.eq_ignore_ascii_case(name))
}

/// A schema.
#[derive(Debug)]
pub(crate) struct Schema {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) attributes: &'static [Attribute],
}

/// A resource type: a core schema and its extensions.
#[derive(Debug)]
pub(crate) struct ResourceType {
    pub(crate) name: &'static str,
    pub(crate) endpoint: &'static str,
    pub(crate) description: &'static str,
    pub(crate) core: &'static Schema,
    pub(crate) extensions: &'static [&'static Schema],
}

/// What every resource has, whatever its schema.
pub(crate) const COMMON: &[Attribute] = &[
    Attribute::new("schemas", Kind::Reference, "The schemas of the resource.")
        .several()
        .read_only()
        .always(),
    Attribute::text("id", "The identifier that this server gave.")
        .exact()
        .read_only()
        .always()
        .unique(),
    Attribute::text("externalId", "The identifier that the provisioning client gave.").exact(),
    Attribute::complex("meta", META, "What the server knows of the resource itself.").read_only(),
];

const META: &[Attribute] = &[
    Attribute::text("resourceType", "The name of the resource type.")
        .exact()
        .read_only(),
    Attribute::new("created", Kind::Moment, "When the resource was made.").read_only(),
    Attribute::new(
        "lastModified",
        Kind::Moment,
        "When the resource was last changed.",
    )
    .read_only(),
    Attribute::new("location", Kind::Reference, "The address of the resource.").read_only(),
    Attribute::text("version", "The entity tag of the resource.")
        .exact()
        .read_only(),
    Attribute::text("organizationId", "The organization of the resource.")
        .exact()
        .read_only(),
];

/// Where an attribute stands: at the top, or below the name of an extension.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) extension: Option<&'static str>,
    pub(crate) attribute: &'static Attribute,
}

impl ResourceType {
    /// An extension by its id, in any spelling of its letters.
    pub(crate) fn extension(&self, id: &str) -> Option<&'static Schema> {
        self.extensions
            .iter()
            .copied()
            .find(|schema| schema.id.eq_ignore_ascii_case(id))
    }

    /// The attribute that a path names. Without a schema's id the core comes first; an attribute that only an
    /// extension has is found without it too.
    pub(crate) fn find(&self, schema: Option<&str>, name: &str) -> Option<Place> {
        let at_the_top = |attribute| Place {
            extension: None,
            attribute,
        };
        let below = |schema: &'static Schema| {
            named(schema.attributes, name).map(|attribute| Place {
                extension: Some(schema.id),
                attribute,
            })
        };
        match schema {
            Some(id) if id.eq_ignore_ascii_case(self.core.id) => self.core_attribute(name).map(at_the_top),
            Some(id) => self.extension(id).and_then(below),
            None => self
                .core_attribute(name)
                .map(at_the_top)
                .or_else(|| self.extensions.iter().copied().find_map(below)),
        }
    }

    fn core_attribute(&self, name: &str) -> Option<&'static Attribute> {
        named(self.core.attributes, name).or_else(|| named(COMMON, name))
    }
}
