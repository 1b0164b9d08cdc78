//! Whether a password may be used: the rules of [`latchkey_shared::password`], and not one of those that
//! attackers try first.
//!
//! A list of such passwords is endless, since people put the same few words together with numbers and signs.
//! So the words are listed, and a password is refused if it is made from one or two of them, from runs on the
//! keyboard (`1q2w3e`), sequences, repetitions and a few figures or signs, whatever the case and with the usual
//! figures for letters (`P4ssw0rd!2026`).

mod runs;

use std::sync::OnceLock;

use latchkey_shared::password::{self, PasswordProblem};

/// Checks a new password. Pass what is known of the person, else `""`.
pub fn check(password: &str, email: &str, company: &str) -> Result<(), PasswordProblem> {
    password::check(password, email, company)?;
    if is_common(password) { Err(PasswordProblem::Common) } else { Ok(()) }
}

/// What a listed word or a run costs.
const PIECE: usize = 2;
/// What up to four figures, or up to three signs, cost.
const TRIMMING: usize = 1;
/// What any other character costs.
const LETTER: usize = 3;
/// Passwords that cost no more than this are common: two words with something at the end, but not three.
const COMMON: usize = 5;
/// Fewer different characters than this make no password.
const LEAST_DIFFERENT: usize = 4;

/// So many characters over and over are no more than themselves.
const LONGEST_UNIT: usize = 5;

/// Whether attackers would try it early.
pub fn is_common(password: &str) -> bool {
    let letters: Vec<char> = password.chars().flat_map(char::to_lowercase).collect();
    let mut different = letters.clone();
    different.sort_unstable();
    different.dedup();
    different.len() < LEAST_DIFFERENT || repeats_shortly(&letters) || cost(&letters) <= COMMON
}

/// Whether the whole text is a few characters over and over.
fn repeats_shortly(letters: &[char]) -> bool {
    (1..=LONGEST_UNIT.min(letters.len() / 2))
        .any(|len| letters.iter().zip(&letters[len..]).all(|(a, b)| a == b))
}

/// The least that the text costs when it is cut into pieces.
fn cost(letters: &[char]) -> usize {
    let mut least = vec![usize::MAX; letters.len() + 1];
    least[0] = 0;
    for start in 0..letters.len() {
        let so_far = least[start];
        // The text before here is too dear already, whatever follows.
        if so_far > COMMON {
            continue;
        }
        let mut offer = |len: usize, price: usize| {
            let end = start + len;
            least[end] = least[end].min(so_far + price);
        };
        let rest = &letters[start..];
        offer(1, LETTER);
        for len in trimmings(rest) {
            offer(len, TRIMMING);
        }
        for word in words().iter().filter(|word| begins_with(rest, word)) {
            offer(word.len(), PIECE);
        }
        for len in 3..=runs::longest(rest) {
            offer(len, PIECE);
        }
        if let Some(len) = repetition(&letters[..start], rest) {
            offer(len, TRIMMING);
        }
    }
    least[letters.len()]
}

/// Lengths of a few figures or of a few signs at the front.
fn trimmings(rest: &[char]) -> impl Iterator<Item = usize> {
    let figures = rest.iter().take(4).take_while(|character| character.is_numeric()).count();
    let signs = rest.iter().take(3).take_while(|character| !character.is_alphanumeric()).count();
    1..=figures.max(signs)
}

/// How much at the front only repeats, once or more often, what comes right before it.
fn repetition(before: &[char], rest: &[char]) -> Option<usize> {
    (1..=before.len().min(rest.len()))
        .filter_map(|len| {
            let unit = &before[before.len() - len..];
            let times = rest.chunks_exact(len).take_while(|chunk| *chunk == unit).count();
            (times * len >= 3).then_some(times * len)
        })
        .max()
}

fn begins_with(rest: &[char], word: &[char]) -> bool {
    word.len() <= rest.len() && word.iter().zip(rest).all(|(letter, typed)| stands_for(*typed, *letter))
}

/// Whether a typed character is a letter or one of the figures and signs that are put for it.
fn stands_for(typed: char, letter: char) -> bool {
    typed == letter
        || match letter {
            'a' => matches!(typed, '4' | '@' | 'ä' | 'á' | 'à'),
            'b' => typed == '8',
            'e' => matches!(typed, '3' | '€' | 'é' | 'è'),
            'g' => matches!(typed, '9' | '6'),
            'i' => matches!(typed, '1' | '!' | '|' | 'í'),
            'l' => matches!(typed, '1' | '!' | '|'),
            'n' => typed == 'ñ',
            'o' => matches!(typed, '0' | 'ö' | 'ó'),
            's' => matches!(typed, '5' | '$'),
            't' => matches!(typed, '7' | '+'),
            'u' => matches!(typed, 'ü' | 'ú'),
            'z' => typed == '2',
            _ => false,
        }
}

fn words() -> &'static [Vec<char>] {
    static WORDS: OnceLock<Vec<Vec<char>>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let lines = include_str!("words.txt").lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(str::split_whitespace).map(|word| word.chars().collect()).collect()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_attackers_try_first() {
        for password in [
            "1234567890",
            "0987654321",
            "12345678910",
            "1111111111",
            "0000000000",
            "1212121212",
            "123123123123",
            "password12",
            "password123",
            "Password1!",
            "Passw0rd123",
            "P4ssw0rd!2026",
            "p@$$w0rd123",
            "passwordpassword",
            "qwertyuiop",
            "qwertyuiop123",
            "qwerty123456",
            "1q2w3e4r5t",
            "q1w2e3r4t5y6",
            "1qaz2wsx3edc",
            "zaq12wsxcde3",
            "qazwsxedcrfv",
            "asdfghjkl;",
            "asdfghjkl123",
            "zxcvbnm123",
            "poiuytrewq",
            "azertyuiop",
            "qwertzuiop",
            "passwordpasswordpassword",
            "abcdefghij",
            "abcdef123456",
            "abcd123456",
            "abc123abc123",
            "a1b2c3d4e5",
            "iloveyou123",
            "ILoveYou!!!",
            "iloveyou<3",
            "letmein1234",
            "welcome2026!",
            "changeme123",
            "trustno1trustno1",
            "kxq7kxq7kxq7kx",
            "dragonball7dragonball7",
            "Summer2026!",
            "december2025",
            "Berlin2026!",
            "michael1990",
            "jessica123!",
            "liverpool1892",
            "superman123",
            "administrator",
            "admin123456",
            "adminadmin",
            "rootrootroot",
            "football2024",
            "monkeymonkey",
            "dragonball1",
            "sunshine12!",
            "princess2001",
            "!!password!!",
            "google12345",
            "minecraft99",
            "motdepasse1",
            "passwort2026",
        ] {
            assert_eq!(check(password, "", ""), Err(PasswordProblem::Common), "{password}");
        }
    }

    #[test]
    fn what_is_fine() {
        for password in [
            "quiet walnut ship on tuesday",
            "correct horse battery staple",
            "T7#vq9!kLz2&wX",
            "wr7Xk0pLq2",
            "vorhang-regal-lampe",
            "мой очень длинный",
            "長いパスワードを使う",
            "Kx9 mulberry fence",
            "hyperbolic-otter",
            "zebrafinch-41",
            "7c9e6679f3b14e8a",
            "my dragon eats pizza daily",
        ] {
            assert_eq!(check(password, "ada@example.com", "Acme"), Ok(()), "{password}");
        }
    }

    #[test]
    fn the_other_rules_come_first() {
        assert_eq!(check("password", "", ""), Err(PasswordProblem::TooShort));
        assert_eq!(
            check("ada.lovelace@example.com", "ada.lovelace@example.com", ""),
            Err(PasswordProblem::LikeEmail)
        );
    }

    #[test]
    fn the_list_is_clean() {
        assert!(words().len() > 500);
        for word in words() {
            assert!(word.len() >= 2 && word.iter().all(char::is_ascii), "{word:?}");
            assert!(
                word.iter().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit()),
                "{word:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn random_ones_are_not_taken_for_common(password in "[a-zA-Z0-9]{16,40}") {
            prop_assert!(!is_common(&password));
        }

        #[test]
        fn case_does_not_help(word in prop::sample::select(words()), figures in 0_u32..10_000) {
            let password: String = word.iter().enumerate().map(|(index, letter)| {
                if index % 2 == 0 { letter.to_ascii_uppercase() } else { *letter }
            }).collect();
            let password = format!("{password}{figures}!");
            prop_assert!(is_common(&password));
        }

        #[test]
        fn any_text_is_answered_quickly(password in "\\PC{0,200}") {
            let _ = is_common(&password);
        }
    }
}
