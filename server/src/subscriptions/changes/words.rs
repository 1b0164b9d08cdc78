//! What is done to a subscription that is billed offline, in words for the history.

use latchkey_shared::{
    api::changes::{AskChange, ChangeAction},
    time::Timestamp,
};

use super::preview::Computed;

/// What is done, for the history.
pub struct Done {
    pub action: &'static str,
    pub text: String,
}

/// What is done, in words.
pub fn of(computed: &Computed, ask: &AskChange) -> Done {
    let day = |time: i64| Timestamp::from_millis(time).utc_date();
    let planned = computed.outcome.as_ref().filter(|outcome| outcome.is_planned);
    let names = || {
        let target = planned.is_none().then_some(computed.outcome.as_ref()).flatten();
        let names: Vec<&str> =
            target.iter().flat_map(|outcome| &outcome.items).map(|kept| kept.item.name.as_str()).collect();
        names.join(", ")
    };
    let until = |time: Option<i64>| time.map_or(String::new(), |time| format!(" until {}", day(time)));
    let end = computed.shown.new_expiry.map(Timestamp::millis);
    let (action, text) = match (ask.action, planned) {
        (ChangeAction::Change, Some(_)) => ("change_planned", computed.wanted_words.clone()),
        (ChangeAction::Change, None) => {
            ("subscription_changed", format!("The subscription was changed to {}.", names()))
        }
        (ChangeAction::Renew, _) => {
            ("subscription_renewed", format!("The subscription was renewed{}.", until(end)))
        }
        (ChangeAction::Extend, _) => {
            ("subscription_extended", format!("The subscription was extended{}.", until(computed.until)))
        }
        (ChangeAction::Pause, _) => ("subscription_paused", "The subscription was paused.".to_owned()),
        (ChangeAction::Resume, _) => {
            ("subscription_resumed", format!("The subscription was resumed; it is paid{}.", until(end)))
        }
        (ChangeAction::Cancel, Some(outcome)) => (
            "subscription_cancelled",
            format!("The subscription was cancelled for {}.", day(outcome.effective.millis())),
        ),
        (ChangeAction::Cancel, None) => {
            ("subscription_cancelled", "The subscription was cancelled at once.".to_owned())
        }
    };
    Done { action, text }
}
