//! Lines of CSV files that people open with a spreadsheet.

/// A line with its end.
pub fn line(cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|cell| quoted(&cell)).collect();
    cells.join(",") + "\r\n"
}

/// A cell of a CSV file. A text that spreadsheets would take for a formula gets an apostrophe before it; a number
/// stays one.
pub fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '@', '\t', '\r'])
        || (cell.starts_with('-') && cell.parse::<f64>().is_err());
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        for (cell, written) in [
            ("plain", "plain"),
            ("a,b", "\"a,b\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("=1+1", "'=1+1"),
            ("-5", "-5"),
            ("-5.20", "-5.20"),
            ("-cmd", "'-cmd"),
            ("@x\ny", "\"'@x\ny\""),
        ] {
            assert_eq!(quoted(cell), written);
        }
        assert_eq!(line(["a".to_owned(), "=b".to_owned()]), "a,'=b\r\n");
    }
}
