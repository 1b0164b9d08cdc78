//! Ids that look like Stripe's.

const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// A new id: the prefix, an underscore, and 24 letters and digits.
pub(crate) fn new_id(prefix: &str) -> String {
    format!("{prefix}_{}", random_text(24))
}

/// Random letters and digits. Ids only have to differ, so a system without randomness falls back to
/// counting.
pub(crate) fn random_text(length: usize) -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let mut bytes = vec![0; length];
    if getrandom::fill(&mut bytes).is_err() {
        let mut count = COUNTER.fetch_add(1, Ordering::Relaxed);
        for byte in &mut bytes {
            *byte = (count % 62) as u8;
            count /= 62;
        }
    }
    bytes.into_iter().map(|byte| char::from(LETTERS[usize::from(byte) % LETTERS.len()])).collect()
}
