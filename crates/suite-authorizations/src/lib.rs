//! The authorizations that carry the integrations.
