//! Files that are moved in from another licensing service: JSON and CSV, and every kind of row read from them.

#![no_main]

use latchkey::move_in::{
    read,
    rows::{Attached, Customer, Key, Product},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut rows = 0;
    let found = read::rows(bytes, &mut |raw| {
        rows += 1;
        let _ = (
            Product::read(&raw.node),
            Customer::read(&raw.node),
            Key::read(&raw.node),
            Attached::read(&raw.node),
        );
        true
    });
    if let Ok(found) = found {
        assert_eq!(found.all(), rows);
    }
});
