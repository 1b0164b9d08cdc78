//! Rates of tax on what is billed offline.

pub const TITLE: &str = "Tax on what is billed offline";
pub const INTRO: &str = "For plans that you sell by invoice. A customer is charged the rate of their country, or else the default; without either, no tax. What Stripe bills, Stripe taxes.";
pub const NEW: &str = "Add tax rate";
pub const EDIT: &str = "Change tax rate";
pub const EDIT_BUTTON: &str = "Change";
pub const NAME: &str = "Name";
pub const NAME_HELP: &str = "Customers read it beside the amount, for example VAT.";
pub const PERCENT: &str = "Percent";
pub const PERCENT_WRONG: &str =
    "Enter a percentage from 0 to 100 with at most two decimals, such as 19 or 7.7.";
pub const COUNTRY: &str = "Country";
pub const NO_COUNTRY: &str = "None: only as the default";
pub const HOW: &str = "How prices are meant";
pub const ON_TOP: &str = "It comes on top of prices";
pub const ON_TOP_NOTE: &str = "A plan of 100.00 at 19\u{a0}% costs 119.00.";
pub const WITHIN: &str = "Prices have it in them";
pub const WITHIN_NOTE: &str = "A plan of 119.00 at 19\u{a0}% costs 119.00, of which 19.00 is tax.";
pub const ACTIVE: &str = "In force";
pub const ACTIVE_HELP: &str = "Switch it off rather than change it when the law ends it.";
pub const DEFAULT: &str = "Default";
pub const DEFAULT_FIELD: &str = "The default, for customers whose country has none";
pub const WITHDRAWN: &str = "Not in force";
pub const SAVED: &str = "The tax rate is saved.";
pub const EMPTY_TITLE: &str = "No tax is charged";
pub const EMPTY_BODY: &str = "Add a rate, and it is charged for whatever you bill offline from then on.";
pub const RATE: &str = "Tax rate";
pub const MEANT: &str = "Prices";
pub const MEANT_ON_TOP: &str = "Comes on top";
pub const MEANT_WITHIN: &str = "Included";
pub const STATE: &str = "State";

/// `19 %`, `7.7 %`, `8.25 %`, on one line.
pub fn percent(hundredths: i64) -> String {
    [&typed(hundredths), "\u{a0}%"].concat()
}

/// `19`, `7.7`, `8.25`: as people type it.
pub fn typed(hundredths: i64) -> String {
    let (whole, part) = (hundredths / 100, (hundredths % 100).abs());
    let zero = if part < 10 { "0" } else { "" };
    let text = [whole.to_string().as_str(), ".", zero, &part.to_string()].concat();
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What was typed, in hundredths of a percent; `None` for what is no percentage from 0 to 100.
pub fn hundredths(typed: &str) -> Option<i64> {
    let (whole, part) = typed.split_once(['.', ',']).unwrap_or((typed, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    let tens = if part.len() == 1 { 10 } else { 1 };
    let part: i64 = if part.is_empty() { 0 } else { part.parse().ok()? };
    let all = whole.parse::<i64>().ok()? * 100 + part * tens;
    (all <= 10_000).then_some(all)
}

/// `VAT 19 %`.
pub fn named(name: &str, hundredths: i64) -> String {
    [name, " ", &percent(hundredths)].concat()
}

#[cfg(test)]
mod tests {
    use super::{hundredths, percent, typed};

    #[test]
    fn percentages_are_read_as_they_are_written() {
        for (text, value) in
            [("19", 1_900), ("7.7", 770), ("7,7", 770), ("8.25", 825), ("0", 0), ("100", 10_000)]
        {
            assert_eq!(hundredths(text), Some(value), "{text}");
        }
        for wrong in ["", ".", "1.234", "100.01", "-1", "a", "1e2", " 1"] {
            assert_eq!(hundredths(wrong), None, "{wrong}");
        }
        for value in [0, 5, 50, 770, 825, 1_900, 2_000, 10_000] {
            assert_eq!(hundredths(&typed(value)), Some(value));
        }
        assert_eq!(
            (percent(1_900), percent(770), percent(2_005)),
            ("19\u{a0}%".into(), "7.7\u{a0}%".into(), "20.05\u{a0}%".into())
        );
    }
}
