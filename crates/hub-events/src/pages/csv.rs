//! Comma-separated values (RFC 4180) that a spreadsheet reads as text.

/// One line. A cell that a spreadsheet would take for a formula begins with an apostrophe.
pub(super) fn line<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        text.push('"');
        if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            text.push('\'');
        }
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    }
    text.push_str("\r\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_are_no_formulas() {
        assert_eq!(
            line(["a", "b \"c\"", "=1+1", ""]),
            "\"a\",\"b \"\"c\"\"\",\"'=1+1\",\"\"\r\n"
        );
    }
}
