/// One line of a CSV file (RFC 4180). A cell that a spreadsheet would take for a formula gets an apostrophe in
/// front: names and addresses come from people.
pub(crate) fn csv_line(cells: &[&str]) -> String {
    let mut line = String::new();
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            line.push(',');
        }
        line.push('"');
        if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            line.push('\'');
        }
        line.push_str(&cell.replace('"', "\"\""));
        line.push('"');
    }
    line.push_str("\r\n");
    line
}

#[cfg(test)]
mod tests {
    use super::csv_line;

    #[test]
    fn formulas_become_text_and_quotes_are_doubled() {
        assert_eq!(csv_line(&["Ada", "a \"b\", c"]), "\"Ada\",\"a \"\"b\"\", c\"\r\n");
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"] {
            assert_eq!(csv_line(&[formula]), format!("\"'{formula}\"\r\n"), "{formula}");
        }
    }
}
