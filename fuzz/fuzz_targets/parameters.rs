//! Forms, queries and JSON bodies, and every type of parameter read from them.

#![no_main]

use latchkey::licensing::wire::{
    Args,
    params::{Exact, Flag, Id, KeyText, MaybeFlag, MaybeId, MaybeKeyText, Needed, Objects, SignMethod, Text, UnixTime, Whole},
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let all = [Some(Args::from_form(bytes)), Args::from_json(bytes)];
    for args in all.into_iter().flatten() {
        for name in ["a", "Key", "productid"] {
            let _ = args.read::<Id>(name);
            let _ = args.read::<MaybeId>(name);
            let _ = args.read::<Whole<0, 100, 5>>(name);
            let _ = args.read::<Needed<-5, 5>>(name);
            let _ = args.read::<UnixTime>(name);
            let _ = args.read::<Flag>(name);
            let _ = args.read::<MaybeFlag>(name);
            let _ = args.read::<SignMethod>(name);
            let _ = args.read::<KeyText>(name);
            let _ = args.read::<MaybeKeyText>(name);
            let _ = args.read::<Exact<20>>(name);
            let _ = args.read::<Objects<5>>(name);
            if let Ok(text) = args.read::<Text<20>>(name) {
                assert!(text.0.chars().count() <= 20 && !text.0.contains('\0'));
            }
        }
    }
});
