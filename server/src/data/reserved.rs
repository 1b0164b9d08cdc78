//! Names of data objects that steer Latchkey, what they do, and what may stand under them.
//!
//! What would have no effect is refused rather than kept: whoever sets it would wait for one. Objects that are moved
//! in are taken along all the same, and the report says what is wrong with them.

use latchkey_engine::{counter_reset, expiry_notice};
use latchkey_shared::{
    api::data::{RESERVED_PREFIX, RefType, TERMS_URL},
    terms_url,
};
use serde_json::Value;

use crate::{
    error::{AppError, AppResult},
    licensing::{product_rules, view},
};

/// A name that steers Latchkey.
struct Reserved {
    of: RefType,
    name: &'static str,
    /// What it does, for the screen.
    does: &'static str,
    text: fn(&str) -> Result<(), String>,
    number: fn(i64) -> Result<(), String>,
}

const RESERVED: &[Reserved] = &[
    Reserved {
        of: RefType::Vendor,
        name: TERMS_URL,
        does: "Address of the terms of use; customers must accept them.",
        text: |text| terms_url::check(text).map_err(|problem| problem.to_string()),
        number: any_number,
    },
    Reserved {
        of: RefType::Vendor,
        name: "cryptolens_customer_secret",
        does: "2: customer secrets look like licence keys.",
        text: any_text,
        number: |number| {
            let known = matches!(number, 0 | 2);
            known
                .then_some(())
                .ok_or_else(|| "The number is 2, or 0 for secrets of the usual form.".to_owned())
        },
    },
    Reserved {
        of: RefType::Product,
        name: product_rules::UNBLOCKS,
        does: "Extending a key also unblocks it.",
        text: switch,
        number: |number| {
            let known = matches!(number, 0 | 1);
            known.then_some(()).ok_or_else(|| "The number is 1 for yes or 0 for no.".to_owned())
        },
    },
    Reserved {
        of: RefType::Product,
        name: product_rules::TRIAL,
        does: "first_activation: the countdown does not begin again on each device.",
        text: |text| {
            let known = text.is_empty() || product_rules::begins_once(text);
            known.then_some(()).ok_or_else(|| "The text is first_activation, or empty.".to_owned())
        },
        number: any_number,
    },
    Reserved {
        of: RefType::Product,
        name: view::ORDER,
        does: "How the product's keys are sorted, such as Created descending.",
        text: |text| {
            let known = text.is_empty() || view::sort(text).is_some();
            known.then_some(()).ok_or_else(|| {
                "The text is ID, Created or Expires, and ascending or descending: Created descending."
                    .to_owned()
            })
        },
        number: any_number,
    },
    Reserved {
        of: RefType::Product,
        name: product_rules::FEATURE_TEMPLATE,
        does: "The tree of named features, as JSON.",
        text: list,
        number: any_number,
    },
    Reserved {
        of: RefType::Product,
        name: "cryptolens_dobjreset",
        does: "Resets usage counters on a schedule.",
        text: |text| {
            if text.is_empty() {
                return Ok(());
            }
            counter_reset::parse(text).map(|_| ()).map_err(|problem| {
                format!("The text is a list such as [{{\"Name\":\"exports\",\"Freq\":\"monthly\",\"Default\":0}}]: {problem}.")
            })
        },
        number: any_number,
    },
    Reserved {
        of: RefType::Product,
        name: product_rules::REMINDERS,
        does: "Days before expiry on which customers are reminded; 0: when the key is blocked, or else on the day.",
        text: |text| {
            let known = text.is_empty() || expiry_notice::is_readable(text);
            known.then_some(()).ok_or_else(|| product_rules::WHICH_DAYS.to_owned())
        },
        number: any_number,
    },
    Reserved {
        of: RefType::Product,
        name: product_rules::REMINDER_COPY,
        does: "The vendor gets a copy of these reminders.",
        text: switch,
        number: any_number,
    },
    Reserved {
        of: RefType::Key,
        name: "cryptolens_stripesubscriptionitemid",
        does: "The Stripe subscription item that pays for this key.",
        text: any_text,
        number: any_number,
    },
    Reserved {
        of: RefType::Key,
        name: "cryptolens_features",
        does: "Named features of this key.",
        text: list,
        number: any_number,
    },
];

#[allow(clippy::unnecessary_wraps, reason = "one of the checks of the table")]
fn any_text(_: &str) -> Result<(), String> {
    Ok(())
}

#[allow(clippy::unnecessary_wraps, reason = "one of the checks of the table")]
fn any_number(_: i64) -> Result<(), String> {
    Ok(())
}

fn switch(text: &str) -> Result<(), String> {
    let known = ["", "true", "false"].iter().any(|word| text.eq_ignore_ascii_case(word));
    known.then_some(()).ok_or_else(|| "The text is true or false.".to_owned())
}

fn list(text: &str) -> Result<(), String> {
    let known = text.is_empty() || matches!(serde_json::from_str(text), Ok(Value::Array(_)));
    known
        .then_some(())
        .ok_or_else(|| "The text is a JSON list, such as [\"f1\",[\"f2\",[\"voice\"]]].".to_owned())
}

fn find(of: RefType, name: &str) -> Option<&'static Reserved> {
    RESERVED.iter().find(|reserved| reserved.of == of && reserved.name == name)
}

/// What an object of that name does; nothing where it is the vendor's own business.
pub fn does(of: RefType, name: &str) -> Option<&'static str> {
    find(of, name).map(|reserved| reserved.does)
}

/// Whether changing this object needs the settings permission.
pub fn needs_settings(of: RefType, name: &str) -> bool {
    of == RefType::Vendor && name.trim().to_lowercase().starts_with(RESERVED_PREFIX)
}

/// Refuses a name that steers Latchkey only in another spelling.
pub fn check_name(of: RefType, name: &str) -> AppResult<()> {
    misspelt(of, name).map_or(Ok(()), |message| Err(AppError::field("name", message)))
}

/// Refuses a text that would have no effect under that name.
pub fn check_text(of: RefType, name: &str, text: &str) -> AppResult<()> {
    let checked = find(of, name).map_or(Ok(()), |reserved| (reserved.text)(text.trim()));
    checked.map_err(|problem| AppError::field("string_value", problem))
}

/// Refuses a number that would have no effect under that name.
pub fn check_number(of: RefType, name: &str, number: i64) -> AppResult<()> {
    let checked = find(of, name).map_or(Ok(()), |reserved| (reserved.number)(number));
    checked.map_err(|problem| AppError::field("int_value", problem))
}

/// Why an object has no effect, in words.
pub fn problem(of: RefType, name: &str, text: &str, number: i64) -> Option<String> {
    let Some(reserved) = find(of, name) else { return misspelt(of, name) };
    (reserved.text)(text.trim()).and_then(|()| (reserved.number)(number)).err()
}

fn misspelt(of: RefType, name: &str) -> Option<String> {
    let meant = |reserved: &&Reserved| reserved.of == of && reserved.name.eq_ignore_ascii_case(name.trim());
    let meant = RESERVED.iter().find(meant).filter(|reserved| reserved.name != name)?;
    Some(format!("This name steers Latchkey, and is written {}.", meant.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_an_effect_is_taken_and_nothing_else() {
        use RefType::{Key, Product, Vendor};
        for (of, name, good, bad) in [
            (Vendor, TERMS_URL, &["https://a.test/terms"][..], &["javascript:alert(1)"][..]),
            (Product, "cryptolens_unblockextendedlicenses", &["", "true", "False"], &["1", "yes"]),
            (
                Product,
                "cryptolens_trialactivation",
                &["", "first_activation", " First_Activation "],
                &["always"],
            ),
            (
                Product,
                "cryptolens_orderby",
                &["", "Created (descending)", "ID", "expires asc"],
                &["Shoe size", "F1 up"],
            ),
            (Product, "cryptolens_featuretemplate", &["", "[\"f1\",[\"f2\",[\"a\"]]]"], &["f1", "{}", "["]),
            (
                Product,
                "cryptolens_dobjreset",
                &["", "[{\"Name\":\"n\",\"Freq\":\"daily\"}]"],
                &["daily", "[{\"Name\":\"n\"}]"],
            ),
            (
                Product,
                "cryptolens_expirationnotice",
                &["", "0,3,7", "30"],
                &["a week", "0,3,400", "3;7", "-1"],
            ),
            (Product, "cryptolens_expirationnotice_send_copy", &["", "true", "false"], &["no"]),
            (Key, "cryptolens_features", &["", "[]"], &["f1,f2"]),
            (Key, "cryptolens_stripesubscriptionitemid", &["", "si_1"], &[]),
            (Key, "cryptolens_orderby", &["of a key, so its own business"], &[]),
            (Vendor, "cryptolens_anything", &["x"], &[]),
        ] {
            for text in good {
                assert!(
                    check_text(of, name, text).is_ok() && problem(of, name, text, 0).is_none(),
                    "{name} {text}"
                );
            }
            for text in bad {
                assert!(
                    check_text(of, name, text).is_err() && problem(of, name, text, 0).is_some(),
                    "{name} {text}"
                );
            }
        }
        for (of, name, number, fits) in [
            (Vendor, "cryptolens_customer_secret", 2, true),
            (Vendor, "cryptolens_customer_secret", 1, false),
            (Product, "cryptolens_unblockextendedlicenses", 1, true),
            (Product, "cryptolens_unblockextendedlicenses", 2, false),
            (Product, "usage", 2, true),
        ] {
            assert_eq!(check_number(of, name, number).is_ok(), fits, "{name} {number}");
        }
    }

    #[test]
    fn a_name_in_another_spelling_is_told_the_right_one() {
        for name in ["Cryptolens_Features", "CRYPTOLENS_FEATURES", " cryptolens_features"] {
            let message = problem(RefType::Key, name, "[]", 0).unwrap();
            assert!(message.contains("is written cryptolens_features"), "{message}");
            assert!(check_name(RefType::Key, name).is_err());
        }
        assert!(check_name(RefType::Key, "cryptolens_features").is_ok());
        assert!(
            check_name(RefType::Product, "Cryptolens_Features").is_ok(),
            "it steers nothing of a product"
        );
    }
}
