//! What became of the keys, told exactly.

use latchkey_shared::{
    api::key_bulk::{KeysChanged, SkippedKeys},
    text::key_bulk as text,
};
use leptos::prelude::*;

use crate::components::{Banner, Tone};

/// Keys that are named for each reason.
const NAMED: usize = 10;

/// What is known so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    pub changed: i64,
    pub skipped: Vec<SkippedKeys>,
    /// What was not reached.
    pub untried: u64,
    /// Why it ended early.
    pub problem: Option<String>,
}

impl Outcome {
    /// Takes in what a request was answered with.
    pub fn add(&mut self, answer: KeysChanged) {
        self.changed += answer.changed;
        for group in answer.skipped {
            match self.skipped.iter_mut().find(|known| known.why == group.why) {
                Some(known) => known.keys.extend(group.keys),
                None => self.skipped.push(group),
            }
        }
    }
}

/// The outcome in words; `done` says how many were changed.
pub fn draw(outcome: &Outcome, done: fn(i64) -> String) -> AnyView {
    let problem =
        outcome.problem.clone().map(|problem| view! { <Banner tone=Tone::Bad title=problem alert=true /> });
    let untried = (outcome.untried > 0).then(|| view! { <p>{text::untried(outcome.untried)}</p> });
    let changed = if outcome.changed == 0 { text::NOTHING.to_owned() } else { done(outcome.changed) };
    view! {
        {problem}
        <p role="status">
            <strong>{changed}</strong>
        </p>
        {untried}
        {outcome.skipped.iter().map(group).collect_view()}
    }
    .into_any()
}

fn group(skipped: &SkippedKeys) -> AnyView {
    let more = skipped.keys.len().saturating_sub(NAMED);
    let named = |key: &String| view! { <li><code>{key.clone()}</code></li> };
    view! {
        <div>
            <p>{text::skipped(skipped.keys.len(), &skipped.why)}</p>
            <ul class="skipped-keys">
                {skipped.keys.iter().take(NAMED).map(named).collect_view()}
                {(more > 0).then(|| view! { <li class="muted">{text::and_more(more)}</li> })}
            </ul>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use latchkey_shared::api::key_bulk::{KeysChanged, SkippedKeys};

    use super::Outcome;

    #[test]
    fn answers_add_up() {
        let group = |why: &str, key: &str| SkippedKeys { why: why.to_owned(), keys: vec![key.to_owned()] };
        let mut outcome = Outcome::default();
        outcome.add(KeysChanged { changed: 2, skipped: vec![group("blocked", "A")] });
        outcome.add(KeysChanged { changed: 1, skipped: vec![group("gone", "C"), group("blocked", "B")] });
        assert_eq!(outcome.changed, 3);
        assert_eq!(outcome.skipped.len(), 2);
        assert_eq!(outcome.skipped[0].keys, ["A", "B"]);
    }
}
