//! A configuration error in words: which source, which key, what is wrong, which name was probably meant.

use figment::error::Kind;
use figment::{Figment, Source};

/// One sentence for each thing that is wrong.
pub(super) fn in_words(errors: figment::Error, figment: &Figment, prefix: &str) -> String {
    errors
        .into_iter()
        .map(|error| one(&error, figment, prefix))
        .collect::<Vec<_>>()
        .join("\n")
}

fn one(error: &figment::Error, figment: &Figment, prefix: &str) -> String {
    match &error.kind {
        Kind::UnknownField(name, known) => {
            let mut path = error.path.clone();
            if path.last() != Some(name) {
                path.push(name.clone());
            }
            let place = place(&path, figment, prefix);
            format!(
                "{place}: there is no option “{}”. {}",
                path.join("."),
                suggestion(name, known)
            )
        }
        Kind::MissingField(name) => {
            let mut path = error.path.clone();
            path.push(name.clone().into_owned());
            format!("The option “{}” is missing.", path.join("."))
        }
        kind => {
            // The value itself is not repeated: it may be a secret.
            let expected = match kind {
                Kind::InvalidType(_, expected) | Kind::InvalidValue(_, expected) => {
                    format!("it must be {expected}")
                }
                Kind::UnknownVariant(_, known) => format!("it must be one of: {}", known.join(", ")),
                other => other.to_string(),
            };
            format!(
                "{}: the value of “{}” cannot be used: {expected}.",
                place(&error.path, figment, prefix),
                error.path.join(".")
            )
        }
    }
}

fn place(path: &[String], figment: &Figment, prefix: &str) -> String {
    let Some(metadata) = figment.find_metadata(&path.join(".")) else {
        return "The configuration".to_owned();
    };
    match &metadata.source {
        Some(Source::File(file)) => file.display().to_string(),
        _ if metadata.name.contains("environment") => {
            format!(
                "The environment variable {prefix}{}",
                path.join("__").to_ascii_uppercase()
            )
        }
        _ => "The command line".to_owned(),
    }
}

fn suggestion(name: &str, known: &[&str]) -> String {
    let nearest = known
        .iter()
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&name.to_ascii_lowercase(), candidate),
                candidate,
            )
        })
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, candidate)| *distance <= (candidate.len() / 2).max(2));
    match nearest {
        Some((_, candidate)) => format!("Did you mean “{candidate}”?"),
        None => format!("Known here: {}.", known.join(", ")),
    }
}
