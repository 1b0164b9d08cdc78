//! Paths of calls: read without a panic, and the same however often they are read.

#![no_main]

use latchkey::licensing::wire;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|path: &str| {
    if let Some((group, name)) = wire::route(path) {
        assert!(wire::is_group(&group));
        assert_eq!(wire::route(&format!("/api/{group}/{name}")), Some((group, name)));
    }
});
