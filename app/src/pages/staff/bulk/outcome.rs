//! What became of the things, told exactly.

use latchkey_shared::text::bulk as text;
use leptos::prelude::*;

use super::run::Step;
use crate::components::{Banner, Tone};

/// Things that are named for each reason.
const NAMED: usize = 10;

/// Those that stayed as they were for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// A sentence.
    pub why: String,
    pub names: Vec<String>,
}

/// What is known so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    pub changed: i64,
    pub skipped: Vec<Group>,
    /// What was not reached.
    pub untried: u64,
    /// Why it ended early.
    pub problem: Option<String>,
}

impl Outcome {
    /// Takes in what a request was answered with.
    pub fn add(&mut self, step: Step) {
        self.changed += step.changed;
        for group in step.skipped {
            match self.skipped.iter_mut().find(|known| known.why == group.why) {
                Some(known) => known.names.extend(group.names),
                None => self.skipped.push(group),
            }
        }
    }
}

/// How an outcome is told.
#[derive(Clone, Copy)]
pub struct Words {
    /// How many were changed.
    pub done: fn(i64) -> String,
    /// None was.
    pub nothing: &'static str,
    /// How many were not tried.
    pub untried: fn(u64) -> String,
}

/// The outcome in words.
pub fn draw(outcome: &Outcome, words: Words) -> AnyView {
    let problem =
        outcome.problem.clone().map(|problem| view! { <Banner tone=Tone::Bad title=problem alert=true /> });
    let untried = (outcome.untried > 0).then(|| view! { <p>{(words.untried)(outcome.untried)}</p> });
    let changed = if outcome.changed == 0 { words.nothing.to_owned() } else { (words.done)(outcome.changed) };
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

fn group(skipped: &Group) -> AnyView {
    let more = skipped.names.len().saturating_sub(NAMED);
    let named = |name: &String| view! { <li><code>{name.clone()}</code></li> };
    view! {
        <div>
            <p>{text::skipped(skipped.names.len(), &skipped.why)}</p>
            <ul class="skipped-keys">
                {skipped.names.iter().take(NAMED).map(named).collect_view()}
                {(more > 0).then(|| view! { <li class="muted">{text::and_more(more)}</li> })}
            </ul>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{Group, Outcome};
    use crate::pages::staff::bulk::Step;

    #[test]
    fn answers_add_up() {
        let group = |why: &str, name: &str| Group { why: why.to_owned(), names: vec![name.to_owned()] };
        let mut outcome = Outcome::default();
        outcome.add(Step { changed: 2, skipped: vec![group("blocked", "A")] });
        outcome.add(Step { changed: 1, skipped: vec![group("gone", "C"), group("blocked", "B")] });
        assert_eq!(outcome.changed, 3);
        assert_eq!(outcome.skipped.len(), 2);
        assert_eq!(outcome.skipped[0].names, ["A", "B"]);
    }
}
