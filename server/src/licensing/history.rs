//! What happened to a licence key.

use latchkey_shared::{
    api::{
        common::Actor,
        keys::{KeyEvent, KeyHistory, KeyState},
    },
    ids::KeyGlobalId,
    time::Timestamp,
};
use latchkey_store::{Access, entity::audit as entry};
use serde_json::Value;

use super::view;
use crate::{audit, error::AppResult, state::AppState};

/// Events that are shown.
const LATEST: u64 = 100;

/// The latest events of a key, or 404.
pub async fn of_key(app: &AppState, access: Access, id: KeyGlobalId) -> AppResult<KeyHistory> {
    let key = view::find(app, access, id).await?;
    let rows = audit::of_subject(app.store.read(), "key", key.id, LATEST).await?;
    Ok(KeyHistory { events: rows.into_iter().map(described).collect() })
}

fn described(row: entry::Model) -> KeyEvent {
    KeyEvent {
        at: Timestamp::from_millis(row.at),
        actor: Actor { source: row.source, name: row.actor_name },
        kind: row.action,
        text: row.text,
        reason: row.reason,
        before: row.before.as_ref().and_then(state),
        after: row.after.as_ref().and_then(state),
    }
}

/// The state that an entry holds; nothing where it is about something else, such as a block.
fn state(kept: &Value) -> Option<KeyState> {
    let features = kept["features"].as_array()?.iter().map(|on| on.as_bool().unwrap_or_default());
    Some(KeyState {
        features: features.collect(),
        expires: kept["expires"].as_i64().map(Timestamp::from_millis),
        max_machines: kept["max_machines"].as_i64().unwrap_or_default(),
        notes: kept["notes"].as_str().unwrap_or_default().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Timestamp, state};

    #[test]
    fn only_whole_states_are_told() {
        let kept = json!({"features": [true, false], "expires": 5_000, "max_machines": 3, "notes": "n"});
        let found = state(&kept).unwrap();
        assert_eq!((found.features, found.max_machines, found.notes.as_str()), (vec![true, false], 3, "n"));
        assert_eq!(found.expires.map(Timestamp::millis), Some(5_000));
        assert_eq!(state(&json!({"blocked": true})), None);
    }
}
