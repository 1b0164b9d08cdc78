//! New licence keys from random bytes.

use latchkey_shared::key_text::{KEY_LETTERS, KeyText};

/// The largest multiple of 26 that a byte can reach: bytes from here on would favour the first letters.
const FAIR_LIMIT: u8 = 26 * 9;

/// Makes a key whose every letter is equally likely, about 94 bits in all.
///
/// `fill` writes random bytes from the operating system; its error is passed on. It is called again in the
/// rare case that too many bytes had to be thrown away.
pub fn generate<E>(mut fill: impl FnMut(&mut [u8]) -> Result<(), E>) -> Result<KeyText, E> {
    let mut numbers = [0; KEY_LETTERS];
    let mut len = 0;
    while len < KEY_LETTERS {
        let mut random = [0; 32];
        fill(&mut random)?;
        for byte in random.into_iter().filter(|&byte| byte < FAIR_LIMIT).take(KEY_LETTERS - len) {
            numbers[len] = byte;
            len += 1;
        }
    }
    Ok(KeyText::from_numbers(numbers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_letters_in_order() {
        let mut byte = 0;
        let key = generate(|buffer| {
            buffer.fill_with(|| {
                byte += 1;
                byte - 1
            });
            Ok::<_, ()>(())
        });
        assert_eq!(key.unwrap().to_string(), "ABCDE-FGHIJ-KLMNO-PQRST");
    }

    #[test]
    fn bytes_that_would_favour_a_letter_are_thrown_away() {
        let mut calls = 0;
        let key = generate(|buffer| {
            calls += 1;
            buffer.fill(if calls == 1 { 255 } else { 25 });
            Ok::<_, ()>(())
        });
        assert_eq!(key.unwrap().to_string(), "ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ");
        assert_eq!(calls, 2);
    }

    #[test]
    fn every_letter_is_equally_likely() {
        let mut counts = [0_u32; 26];
        for byte in 0..FAIR_LIMIT {
            counts[usize::from(byte % 26)] += 1;
        }
        assert_eq!(counts, [9; 26]);
    }

    #[test]
    fn no_random_bytes_no_key() {
        assert_eq!(generate(|_| Err("no entropy")), Err("no entropy"));
    }
}
