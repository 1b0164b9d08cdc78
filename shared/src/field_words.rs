//! What a form says of a field that breaks a rule of the library's: what to enter instead.

use std::{borrow::Cow, fmt::Display};

use garde::{
    Report, Validate,
    i18n::{
        DefaultI18n, I18n, InvalidCreditCard, InvalidEmail, InvalidPhoneNumber, InvalidUrl, IpKind, with_i18n,
    },
};

/// Runs the checks of `form`; the page app and the server say the same of it.
///
/// # Errors
/// What is wrong, by field.
pub fn validate<F>(form: &F) -> Result<(), Report>
where
    F: Validate,
    F::Context: Default,
{
    with_i18n(FieldWords, || form.validate())
}

struct FieldWords;

impl I18n for FieldWords {
    fn length_lower_than(&self, min: usize) -> Cow<'static, str> {
        if min == 1 { "Fill this in.".into() } else { format!("This is too short: {min} at least.").into() }
    }
    fn length_greater_than(&self, max: usize) -> Cow<'static, str> {
        format!("This is too long: {max} at most.").into()
    }
    fn range_lower_than(&self, min: &dyn Display) -> Cow<'static, str> {
        format!("Enter {min} or more.").into()
    }
    fn range_greater_than(&self, max: &dyn Display) -> Cow<'static, str> {
        format!("Enter {max} at most.").into()
    }
    fn required_not_set(&self) -> Cow<'static, str> {
        "Fill this in.".into()
    }

    // Rules that no form has.
    fn credit_card_invalid(&self, reason: InvalidCreditCard) -> Cow<'static, str> {
        DefaultI18n.credit_card_invalid(reason)
    }
    fn pattern_no_match(&self, pattern: &dyn Display) -> Cow<'static, str> {
        DefaultI18n.pattern_no_match(pattern)
    }
    fn contains_missing(&self, pattern: &dyn Display) -> Cow<'static, str> {
        DefaultI18n.contains_missing(pattern)
    }
    fn url_invalid(&self, reason: InvalidUrl) -> Cow<'static, str> {
        DefaultI18n.url_invalid(reason)
    }
    fn prefix_missing(&self, pattern: &dyn Display) -> Cow<'static, str> {
        DefaultI18n.prefix_missing(pattern)
    }
    fn suffix_missing(&self, pattern: &dyn Display) -> Cow<'static, str> {
        DefaultI18n.suffix_missing(pattern)
    }
    fn phone_number_invalid(&self, reason: InvalidPhoneNumber) -> Cow<'static, str> {
        DefaultI18n.phone_number_invalid(reason)
    }
    fn ip_invalid(&self, kind: IpKind) -> Cow<'static, str> {
        DefaultI18n.ip_invalid(kind)
    }
    fn matches_field_mismatch(&self, field: &dyn Display) -> Cow<'static, str> {
        DefaultI18n.matches_field_mismatch(field)
    }
    fn email_invalid(&self, reason: InvalidEmail) -> Cow<'static, str> {
        DefaultI18n.email_invalid(reason)
    }
    fn ascii_invalid(&self) -> Cow<'static, str> {
        DefaultI18n.ascii_invalid()
    }
    fn alphanumeric_invalid(&self) -> Cow<'static, str> {
        DefaultI18n.alphanumeric_invalid()
    }
}

#[cfg(test)]
mod tests {
    use garde::Validate;

    use super::validate;

    #[derive(Validate)]
    struct Form {
        #[garde(range(min = 1, max = 3_660))]
        days: i64,
        #[garde(length(chars, min = 1, max = 5))]
        name: String,
    }

    #[test]
    fn fields_say_what_to_enter() {
        let says = |days, name: &str| {
            let form = Form { days, name: name.to_owned() };
            validate(&form)
                .err()
                .map(|report| report.iter().map(|(_, error)| error.to_string()).collect::<Vec<_>>())
        };
        assert_eq!(says(1, "a"), None);
        assert_eq!(says(-3, ""), Some(vec!["Enter 1 or more.".to_owned(), "Fill this in.".to_owned()]));
        let too_much = vec!["Enter 3660 at most.".to_owned(), "This is too long: 5 at most.".to_owned()];
        assert_eq!(says(99_999, "abcdef"), Some(too_much));
    }
}
