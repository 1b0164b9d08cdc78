//! Signatures that were just made. The same text under the same pair has the same signature, so that a program which asks
//! for an unchanged licence once more costs none.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use aws_lc_rs::digest::{Context, SHA256};

use super::signer::Digest;

/// Signatures in each of the two halves; the older half is forgotten when the newer is full.
const HALF: usize = 8_000;

/// What a signature is of.
pub type Name = [u8; 32];

/// The signatures, in base64.
#[derive(Default)]
pub struct Remembered(Mutex<Halves>);

#[derive(Default)]
struct Halves {
    newer: HashMap<Name, String>,
    older: HashMap<Name, String>,
}

/// The name of what is signed with a pair.
pub fn name(pair: i64, digest: Digest, message: &[u8]) -> Name {
    let mut context = Context::new(&SHA256);
    context.update(&pair.to_be_bytes());
    context.update(&[u8::from(digest == Digest::Sha512)]);
    context.update(message);
    let mut name = Name::default();
    name.copy_from_slice(context.finish().as_ref());
    name
}

impl Remembered {
    /// All of them, if all are known.
    pub fn all(&self, names: &[Name]) -> Option<Vec<String>> {
        let halves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        names.iter().map(|name| halves.newer.get(name).or_else(|| halves.older.get(name)).cloned()).collect()
    }

    pub fn keep(&self, names: Vec<Name>, signatures: &[String]) {
        let mut halves = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if halves.newer.len() >= HALF {
            halves.older = std::mem::take(&mut halves.newer);
        }
        halves.newer.extend(names.into_iter().zip(signatures.iter().cloned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pair_digest_and_text_make_the_name() {
        let first = name(1, Digest::Sha256, b"a");
        for other in
            [name(2, Digest::Sha256, b"a"), name(1, Digest::Sha512, b"a"), name(1, Digest::Sha256, b"b")]
        {
            assert_ne!(first, other);
        }
    }

    #[test]
    fn the_oldest_are_forgotten() {
        let remembered = Remembered::default();
        let number = |number: usize| name(1, Digest::Sha256, &number.to_be_bytes());
        for made in 0..=3 * HALF {
            remembered.keep(vec![number(made)], &[made.to_string()]);
        }
        assert_eq!(remembered.all(&[number(0)]), None);
        assert_eq!(
            remembered.all(&[number(3 * HALF), number(3 * HALF - 1)]).map(|found| found.len()),
            Some(2)
        );
        assert_eq!(remembered.all(&[number(3 * HALF), number(0)]), None, "all or none");
    }
}
