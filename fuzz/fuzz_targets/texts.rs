//! Texts that vendors and programs store and Latchkey reads: key parameters, counters, reminders, keys, filters.

#![no_main]

use latchkey_engine::{counter_reset, expiry_notice, key_params::KeyParams};
use latchkey_shared::{filter, key_text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = KeyParams::parse(text);
    let _ = counter_reset::parse(text);
    assert!(expiry_notice::days(text).len() <= 366);
    assert_eq!(key_text::lookup_form(&key_text::lookup_form(text)), key_text::lookup_form(text));
    let _ = filter::parse(text);
});
