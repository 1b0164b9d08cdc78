//! What a list is filtered by, part by part.

use latchkey_shared::filter::{Filter, parse};
use leptos::prelude::*;

use super::listing::ListState;
use crate::components::{Chip, FilterChips};

/// A chip for each part of the filter in force. One that cannot be read has none: the field says what is wrong with it.
pub fn draw(state: ListState) -> AnyView {
    let chips = Signal::derive(move || {
        let parts = parts(&state.filter());
        parts.iter().enumerate().map(|(index, part)| Chip::new(index.to_string(), part.to_string())).collect()
    });
    let remove = move |index: String| {
        let filter = untrack(|| state.filter());
        state.search(index.parse().map_or_else(|_| filter.clone(), |index| without(&filter, index)));
    };
    view! {
        <FilterChips chips on_remove=Callback::from(remove) on_clear=Callback::from(move || state.clear()) />
    }
    .into_any()
}

fn parts(filter: &str) -> Vec<Filter> {
    match parse(filter) {
        Ok(Some(Filter::All(parts))) => parts,
        Ok(Some(one)) => vec![one],
        Ok(None) | Err(_) => Vec::new(),
    }
}

fn without(filter: &str, index: usize) -> String {
    let mut parts = parts(filter);
    if index < parts.len() {
        parts.remove(index);
    }
    Filter::all(parts).map(|rest| rest.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{parts, without};

    #[test]
    fn each_part_has_a_chip_and_goes_alone() {
        let filter = "succeeded = no and (token = 3 or token = 4) and Activate";
        let words: Vec<String> = parts(filter).iter().map(ToString::to_string).collect();
        assert_eq!(words, ["succeeded = no", "token = 3 or token = 4", "Activate"]);
        assert_eq!(without(filter, 1), "succeeded = no and Activate");
        assert_eq!(without("token = 3", 0), "");
        assert_eq!(without(filter, 9), parse_again(filter));
    }

    #[test]
    fn what_cannot_be_read_has_no_chips() {
        assert!(parts("token = (").is_empty());
        assert!(parts("").is_empty());
    }

    fn parse_again(filter: &str) -> String {
        super::parse(filter).unwrap().unwrap().to_string()
    }
}
