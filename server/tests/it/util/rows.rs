use std::collections::BTreeMap;

use latchkey::backup;
use latchkey_store::Store;
use serde_json::Value;

/// All rows of all tables, to tell whether anything was written.
#[derive(PartialEq)]
pub struct Rows(BTreeMap<String, Vec<Value>>);

/// Everything as it stands, but for what a refusal may write: the counters of tries, and when somebody was last
/// seen.
pub async fn rows(store: &Store) -> Rows {
    let mut file = Vec::new();
    backup::back_up(store, 0, &mut file, |_, _| {}).await.unwrap();
    let mut tables: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let (mut name, mut columns) = (String::new(), Vec::new());
    for line in String::from_utf8(file).unwrap().lines().skip(1) {
        let line: Value = serde_json::from_str(line).unwrap();
        if let Value::Array(cells) = line {
            let row = columns.iter().cloned().zip(cells);
            let kept = row.filter(|(column, _): &(String, Value)| {
                name != "session" || !matches!(column.as_str(), "last_seen_at" | "expires_at")
            });
            tables.entry(name.clone()).or_default().push(kept.collect());
        } else if let Some(table) = line["table"].as_str() {
            table.clone_into(&mut name);
            columns = serde_json::from_value(line["columns"].clone()).unwrap();
        }
    }
    tables.remove("rate_limit");
    Rows(tables)
}

impl Rows {
    /// Fails with the rows that came, went or changed since.
    #[track_caller]
    pub fn are_as_before(&self, before: &Self) {
        let gone = |from: &Self, than: &Self| {
            let mut only = Vec::new();
            for (table, rows) in &from.0 {
                let others = than.0.get(table);
                let missing = rows.iter().filter(|row| others.is_none_or(|others| !others.contains(row)));
                only.extend(missing.map(|row| format!("{table} {row}")));
            }
            only
        };
        assert!(*self == *before, "before: {:#?}\nnow: {:#?}", gone(before, self), gone(self, before));
    }
}
