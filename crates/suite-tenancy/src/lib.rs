//! Customers, principals, sessions, rights and the audit trail.
