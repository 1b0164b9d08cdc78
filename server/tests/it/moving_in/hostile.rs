//! The readers on what nobody sane would write: they end, within bounds, and say of each row what it is.

use latchkey::move_in::{
    read::{self, Kind, Raw, Unreadable},
    rows::{Attached, Customer, Key, Product},
};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{key, keys, products};

/// Reads a file and every row of it as every kind; answers how many rows there were.
fn through(bytes: &[u8]) -> Result<u64, Unreadable> {
    let mut rows = 0;
    let found = read::rows(bytes, &mut |Raw { node, weight, .. }| {
        rows += 1;
        assert!(weight <= 1024 * 1024);
        let _ = (Product::read(&node), Customer::read(&node), Key::read(&node), Attached::read(&node));
        true
    })?;
    assert_eq!(found.all(), rows);
    Ok(rows)
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[0-9T:.Z+-]{0,30}".prop_map(Value::from),
    ];
    let name = prop_oneof![
        Just("id".to_owned()),
        Just("Key".to_owned()),
        Just("productId".to_owned()),
        Just("customer".to_owned()),
        Just("activatedMachines".to_owned()),
        Just("dataObjects".to_owned()),
        Just("expires".to_owned()),
        any::<String>(),
    ];
    leaf.prop_recursive(12, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((name.clone(), inner), 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_bytes_come_to_an_end(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = through(&bytes);
    }

    #[test]
    fn any_text_comes_to_an_end(text in "[\\[\\]{}\",:a-z0-9; \n\r']{0,200}") {
        let _ = through(text.as_bytes());
        let _ = through(format!("productId,id,key,notes\n{text}").as_bytes());
        let _ = through(format!("{{\"licenseKeys\":[{text}").as_bytes());
    }

    #[test]
    fn every_row_of_a_list_is_a_row(list in prop::collection::vec(json_value(), 0..8), section in 0_usize..4) {
        let section = ["products", "LicenseKeys", "customers", "dataObjects"][section];
        let file = json!({section: list, "result": 0});
        prop_assert_eq!(through(file.to_string().as_bytes()).unwrap(), list.len() as u64);
    }

    #[test]
    fn a_file_with_one_wrong_byte_comes_to_an_end(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut file = keys(&[key(), key()]).to_string().into_bytes();
        let at = at.index(file.len());
        file[at] = byte;
        let _ = through(&file);
        file.truncate(at);
        prop_assert!(through(&file).is_err(), "half a file is none");
    }
}

#[test]
fn one_row_cannot_hold_more_than_its_bounds() {
    for huge in
        [json!("x".repeat(3_000_000)), json!(vec![0; 400_000]), json!(vec![json!({"mid": "a"}); 60_000])]
    {
        let mut bad = key();
        bad["activatedMachines"] = huge;
        let mut names = Vec::new();
        read::rows(keys(&[bad, key()]).to_string().as_bytes(), &mut |raw| {
            names.push(Key::read(&raw.node).map(|(key, _)| key.number));
            true
        })
        .unwrap();
        assert!(names[0].is_err(), "{:?}", names[0]);
        assert_eq!(names[1], Ok(155), "the row after it is read");
    }
}

#[test]
fn answers_may_stand_one_after_another_or_in_a_list() {
    let one = keys(&[key()]);
    for (file, rows) in [
        (format!("{one}\n{one}"), 2),
        (json!([one, products(), {"result": 0}]).to_string(), 2),
        (format!("\u{feff} {one} "), 1),
        (json!({"customers": null}).to_string(), 0),
    ] {
        assert_eq!(through(file.as_bytes()).unwrap(), rows, "{file}");
    }
    let mut numbers = Vec::new();
    let file = format!("{one}{one}");
    read::rows(file.as_bytes(), &mut |raw| {
        numbers.push((raw.kind, raw.row));
        raw.row < 2
    })
    .unwrap();
    assert_eq!(numbers, [(Kind::Key, 1), (Kind::Key, 2)]);
}
