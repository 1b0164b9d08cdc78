//! Random values that outsiders present, and how they are kept.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// Fills an array from the system's random source.
///
/// # Panics
/// Where the system has no random source: nothing safe can be done without one.
#[expect(clippy::expect_used, reason = "without randomness every token would be guessable")]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system's random source works");
    bytes
}

/// 256 random bits as 43 characters for cookies and addresses.
pub fn token() -> String {
    URL_SAFE_NO_PAD.encode(bytes::<32>())
}

/// Six random digits.
pub fn six_digits() -> String {
    // 2^64 is so much larger than 10^6 that the remainder's bias does not matter.
    format!("{:06}", u64::from_le_bytes(bytes()) % 1_000_000)
}

/// What is stored of a token: its SHA-256. Tokens have 256 random bits, so no salt is needed.
pub fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}
