//! How programs and vendors write the order of a list of keys.

/// The field of an order such as `ID descending`, empty where there is none, and whether downwards.
pub fn parse(text: &str) -> Option<(&str, bool)> {
    let mut words = text.split_whitespace();
    let field = words.next().unwrap_or_default();
    let descending = match words.next().map(str::to_ascii_lowercase).as_deref() {
        None | Some("ascending" | "asc") => false,
        Some("descending" | "desc") => true,
        Some(_) => return None,
    };
    words.next().is_none().then_some((field, descending))
}
