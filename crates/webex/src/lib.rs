//! The wire contract that both products speak: ids, scopes, roles, people, errors.
