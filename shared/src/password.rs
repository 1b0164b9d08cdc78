//! What a password must be, and how strong it looks while it is typed.
//!
//! The list of common passwords is the server's (`engine::password`): it would weigh too much in the page.

use std::fmt;

/// Shortest password, in characters.
pub const MIN_CHARS: usize = 10;
/// Longest password, in bytes of UTF-8: enough for any sentence, too little to keep a hash function busy.
pub const MAX_BYTES: usize = 200;

/// Why a password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordProblem {
    TooShort,
    TooLong,
    /// It is, or is made from, what attackers try first.
    Common,
    /// It is the person's own e-mail address or the part before the @.
    LikeEmail,
    /// It is the company's name.
    LikeCompany,
}

impl fmt::Display for PasswordProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooShort => "Use at least 10 characters.",
            Self::TooLong => "Use at most 200 characters.",
            Self::Common => "This is one of the first passwords an attacker tries. Choose another.",
            Self::LikeEmail => "Do not use your e-mail address as password.",
            Self::LikeCompany => "Do not use the company's name as password.",
        })
    }
}

impl std::error::Error for PasswordProblem {}

/// Checks all rules but the common-password list. Pass what is known of the person, else `""`.
pub fn check(password: &str, email: &str, company: &str) -> Result<(), PasswordProblem> {
    if password.chars().count() < MIN_CHARS {
        return Err(PasswordProblem::TooShort);
    }
    if password.len() > MAX_BYTES {
        return Err(PasswordProblem::TooLong);
    }
    let local_part = email.split('@').next().unwrap_or_default();
    if same_letters(password, email) || same_letters(password, local_part) {
        return Err(PasswordProblem::LikeEmail);
    }
    if same_letters(password, company) {
        return Err(PasswordProblem::LikeCompany);
    }
    Ok(())
}

/// [`check`] as a form's rule, without knowing the person.
pub fn acceptable(password: &str, (): &()) -> garde::Result {
    check(password, "", "").map_err(|problem| garde::Error::new(problem.to_string()))
}

/// [`acceptable`], or nothing at all where a password is not always needed.
pub fn acceptable_or_empty(password: &str, context: &()) -> garde::Result {
    if password.is_empty() { Ok(()) } else { acceptable(password, context) }
}

/// Whether two texts consist of the same letters and digits, whatever their case and punctuation.
fn same_letters(a: &str, b: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let b = letters(b);
    !b.is_empty() && letters(a) == b
}

/// How strong a password looks, in four steps for the meter below the field. An estimate to encourage with;
/// only [`check`] and the server decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    TooWeak,
    Fair,
    Good,
    Strong,
}

impl Strength {
    /// The word beside the meter.
    pub fn word(self) -> &'static str {
        match self {
            Self::TooWeak => "Too weak",
            Self::Fair => "Fair",
            Self::Good => "Good",
            Self::Strong => "Strong",
        }
    }

    /// 1 to 4, for the meter.
    pub fn steps(self) -> u8 {
        match self {
            Self::TooWeak => 1,
            Self::Fair => 2,
            Self::Good => 3,
            Self::Strong => 4,
        }
    }
}

/// Estimates from length and variety: each character counts by the size of the alphabets used, and little if
/// it goes on with a run such as `aaaa` or `4321`.
pub fn estimate(password: &str) -> Strength {
    if password.chars().count() < MIN_CHARS {
        return Strength::TooWeak;
    }
    // Tenths of a bit, so that no floating point is needed.
    let per_character = alphabet_tenths_of_bits(password);
    let mut total = 0;
    let mut before: Option<char> = None;
    let mut step_before = None;
    for character in password.chars() {
        let step = before.map(|before| i64::from(u32::from(character)) - i64::from(u32::from(before)));
        let goes_on = step.is_some_and(|step| step.abs() <= 1) && step == step_before;
        total += if goes_on { 5 } else { per_character };
        before = Some(character);
        step_before = step;
    }
    match total {
        0..=349 => Strength::TooWeak,
        350..=519 => Strength::Fair,
        520..=699 => Strength::Good,
        _ => Strength::Strong,
    }
}

/// Tenths of a bit that one character is worth. Lower than a random choice from the alphabet, since people
/// type words: about 2.7 bits for a lower-case letter of a sentence.
fn alphabet_tenths_of_bits(password: &str) -> u32 {
    let uses = |class: fn(char) -> bool| u32::from(password.chars().any(class));
    let classes = uses(char::is_lowercase)
        + uses(char::is_uppercase)
        + uses(|character| character.is_ascii_digit())
        + uses(|character| !character.is_alphanumeric());
    match classes {
        0 | 1 => 27,
        2 => 34,
        3 => 42,
        _ => 48,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn length_is_counted_in_characters_below_and_in_bytes_above() {
        assert_eq!(check("123456789", "", ""), Err(PasswordProblem::TooShort));
        assert_eq!(check("äöüäöüäöü", "", ""), Err(PasswordProblem::TooShort));
        assert_eq!(check("äöüäöüäöüä", "", ""), Ok(()));
        assert_eq!(check(&"x".repeat(200), "", ""), Ok(()));
        assert_eq!(check(&"x".repeat(201), "", ""), Err(PasswordProblem::TooLong));
        assert_eq!(check(&"ä".repeat(101), "", ""), Err(PasswordProblem::TooLong));
    }

    #[test]
    fn not_the_person_and_not_the_company() {
        let (email, company) = ("barbara.long@example.com", "Acme Software");
        assert_eq!(check("barbara.long@example.com", email, company), Err(PasswordProblem::LikeEmail));
        assert_eq!(check("BarbaraLong", email, company), Err(PasswordProblem::LikeEmail));
        assert_eq!(check("acme-software", email, company), Err(PasswordProblem::LikeCompany));
        assert_eq!(check("acme-software-fan", email, company), Ok(()));
        assert_eq!(check("!!!!!!!!!!", "", ""), Ok(()), "an unknown name is nobody's");
    }

    #[test]
    fn strength_in_words() {
        for (password, strength) in [
            ("short", Strength::TooWeak),
            ("aaaaaaaaaaaaaaaa", Strength::TooWeak),
            ("1234567890", Strength::TooWeak),
            ("walnutship", Strength::TooWeak),
            ("walnutship42", Strength::Fair),
            ("quiet walnut ship", Strength::Good),
            ("quiet walnut ship on tuesday", Strength::Strong),
            ("T7#vq9!kLz2&wX", Strength::Good),
        ] {
            assert_eq!(estimate(password), strength, "{password}");
        }
    }

    proptest! {
        #[test]
        fn typing_on_with_more_of_the_same_kind_never_weakens(text in "[a-z ]{10,30}", more in "[a-z ]{1,10}") {
            let longer = format!("{text}{more}");
            prop_assert!(estimate(&longer) >= estimate(&text));
        }

        #[test]
        fn any_text_is_answered(text in "\\PC{0,60}", email in "\\PC{0,20}") {
            let _ = check(&text, &email, "");
            let _ = estimate(&text);
        }
    }
}
