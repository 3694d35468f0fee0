use super::Entry;

/// An entry as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Listed {
    pub(crate) entry: Entry,
    pub(crate) location_name: String,
    pub(crate) routing_prefix: Option<String>,
    /// Where it stands in the order of its list.
    pub(crate) key: String,
}

impl Listed {
    /// Prefix and extension, as it is dialled from other locations.
    pub(crate) fn esn(&self) -> Option<String> {
        let extension = self.entry.extension.as_deref()?;
        let prefix = self.routing_prefix.as_deref().unwrap_or_default();
        Some(format!("{prefix}{extension}"))
    }
}

/// How many entries an organization has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) total: i64,
    /// Extensions without a number.
    pub(crate) extension_only: i64,
    /// Numbers without an owner.
    pub(crate) unassigned: i64,
    /// Numbers with an owner.
    pub(crate) assigned: i64,
    pub(crate) inactive: i64,
    pub(crate) toll_free: i64,
    pub(crate) service: i64,
}
