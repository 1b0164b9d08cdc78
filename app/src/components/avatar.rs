//! A person or company as two letters.

use leptos::prelude::*;

/// The initials of `name` on a colour that stays with the name. Decoration: the name stands beside it, so that the letters
/// are drawn by the style sheet and never read out.
#[component]
pub fn Avatar(#[prop(into)] name: Signal<String>, #[prop(optional)] large: bool) -> impl IntoView {
    let class = move || name.with(|name| ["avatar ", hue(name)].concat());
    view! {
        <span class=class class:large=large data-initials=move || name.with(|name| initials(name))></span>
    }
}

/// The first letters of the first and the last word.
fn initials(name: &str) -> String {
    let mut words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = words.next();
    let letters = [first, words.next_back()].into_iter().flatten().filter_map(|word| word.chars().next());
    letters.flat_map(char::to_uppercase).collect()
}

fn hue(name: &str) -> &'static str {
    const HUES: [&str; 6] = ["hue-1", "hue-2", "hue-3", "hue-4", "hue-5", "hue-6"];
    let sum = name.bytes().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)));
    HUES[sum % HUES.len()]
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_at_most_two_letters() {
        assert_eq!(initials("Ada Lovelace"), "AL");
        assert_eq!(initials("Acme (Northern) Ltd."), "AL");
        assert_eq!(initials("émile"), "É");
        assert_eq!(initials("ada@example.com"), "AC");
        assert_eq!(initials(""), "");
    }
}
