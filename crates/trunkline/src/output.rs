//! What a command prints: words for people, or one JSON document for scripts.

use std::io::{self, Write};

use serde::Serialize;

use crate::failure::Failure;

/// Where results go: standard output. Logs and progress go to standard error.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Output {
    json: bool,
}

impl Output {
    pub(crate) fn new(json: bool) -> Self {
        Self { json }
    }

    /// Prints `result` as JSON, or what `words` makes of it.
    pub(crate) fn result<T: Serialize>(self, result: &T, words: impl FnOnce(&T) -> String) {
        let text = if self.json {
            serde_json::to_string(result)
                .unwrap_or_else(|error| format!("{{\"error\":{{\"message\":\"{error}\"}}}}"))
        } else {
            words(result)
        };
        write_line(&mut io::stdout().lock(), &text);
    }

    /// Prints a line for people; scripts do not see it.
    pub(crate) fn remark(self, text: &str) {
        if !self.json {
            write_line(&mut io::stdout().lock(), text);
        }
    }

    /// Prints something that must be seen in any case, beside the result.
    pub(crate) fn aside(self, text: &str) {
        write_line(&mut io::stderr().lock(), text);
    }

    /// Prints why the command failed.
    pub(crate) fn failure(self, failure: &Failure) {
        let text = if self.json {
            serde_json::json!({ "error": { "message": failure.message } }).to_string()
        } else {
            format!("trunkline: {failure}")
        };
        write_line(&mut io::stderr().lock(), &text);
    }
}

/// A reader that went away (`| head`) is no reason to panic.
fn write_line(to: &mut impl Write, text: &str) {
    let _ = writeln!(to, "{text}").and_then(|()| to.flush());
}
