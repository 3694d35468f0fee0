//! SQL of this slice; nobody else reads these tables.

pub(crate) mod accounts;
pub(crate) mod deactivations;
pub(crate) mod licenses;
pub(crate) mod locations;
pub(crate) mod machines;
pub(crate) mod migrations;
pub(crate) mod organizations;
pub(crate) mod people_read;
pub(crate) mod people_search_scim;
pub(crate) mod people_write;
pub(crate) mod seeding;

/// The form in which a person is searched; every part keeps its own word boundaries.
pub(crate) fn search_text<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for part in parts {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&kit::search_key(part));
    }
    // An index keeps it, and PostgreSQL's cannot keep more than 2,700 bytes a row.
    while text.len() > 1_200 {
        text.pop();
    }
    text
}
