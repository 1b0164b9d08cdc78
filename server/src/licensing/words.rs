//! What a key allows, in words for customers.

use serde_json::Value;

/// The names of F1 to F8 as a product keeps them; empty where unnamed.
pub fn feature_names(json: &Value) -> [String; 8] {
    std::array::from_fn(|index| json[index].as_str().unwrap_or_default().trim().to_owned())
}

/// The features that are on, by name, and the machines. `max_machines` 0 is any number.
pub fn allows(features: [bool; 8], names: &[String; 8], max_machines: i64) -> Vec<String> {
    let mut words: Vec<String> = features
        .iter()
        .zip(names)
        .enumerate()
        .filter(|(_, (on, _))| **on)
        .map(
            |(index, (_, name))| {
                if name.is_empty() { format!("Feature F{}", index + 1) } else { name.clone() }
            },
        )
        .collect();
    words.push(match max_machines {
        0 => "Any number of machines".to_owned(),
        1 => "1 machine".to_owned(),
        many => format!("{many} machines"),
    });
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn features_by_name_and_machines() {
        let names = feature_names(&json!(["Export", "", " Teams "]));
        let features = [true, true, false, false, false, false, false, true];
        assert_eq!(allows(features, &names, 3), ["Export", "Feature F2", "Feature F8", "3 machines"]);
        assert_eq!(allows([false; 8], &names, 1), ["1 machine"]);
        assert_eq!(allows([false; 8], &feature_names(&json!(null)), 0), ["Any number of machines"]);
    }
}
