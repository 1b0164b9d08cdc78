//! Cells of CSV files.

/// A cell of a CSV file. A text that spreadsheets would take for a formula gets an apostrophe before it; a number
/// stays one.
pub fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '@', '\t', '\r'])
        || (text.starts_with('-') && text.parse::<f64>().is_err());
    let text = if formula { ["'", text].concat() } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) {
        ["\"", &text.replace('"', "\"\""), "\""].concat()
    } else {
        text
    }
}

/// A line of a CSV file, with its end.
pub fn line(cells: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|text| cell(text.as_ref())).collect();
    [&cells.join(","), "\r\n"].concat()
}

#[cfg(test)]
mod tests {
    use super::{cell, line};

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        for (text, written) in [
            ("plain", "plain"),
            ("a,b", "\"a,b\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("=1+1", "'=1+1"),
            ("-5", "-5"),
            ("-5.20", "-5.20"),
            ("-cmd", "'-cmd"),
            ("@x\ny", "\"'@x\ny\""),
        ] {
            assert_eq!(cell(text), written);
        }
        assert_eq!(line(["a", "b,c"]), "a,\"b,c\"\r\n");
    }
}
