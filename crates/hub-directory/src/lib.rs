//! Organizations, people, roles, licences and locations.
