//! How programs and vendors write the order of a list of keys.

/// The field of an order such as `ID descending` or `ID (descending)`, empty where there is none, and whether
/// downwards.
pub fn parse(text: &str) -> Option<(&str, bool)> {
    let mut words = text.split_whitespace();
    let field = words.next().unwrap_or_default();
    let direction = words.next().map(|word| {
        let bare = word.strip_prefix('(').and_then(|word| word.strip_suffix(')')).unwrap_or(word);
        bare.to_ascii_lowercase()
    });
    let descending = match direction.as_deref() {
        None | Some("ascending" | "asc") => false,
        Some("descending" | "desc") => true,
        Some(_) => return None,
    };
    words.next().is_none().then_some((field, descending))
}
