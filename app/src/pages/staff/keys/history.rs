//! What happened to a key.

use latchkey_shared::{
    api::keys::{KeyEvent, KeyState, LicenceKey},
    text::{customers, key_use as text, keys, products},
    time::Timestamp,
};
use leptos::prelude::*;

use crate::{
    api::{self, Shown, load},
    components::{Card, EmptyState, Glyph, Timeline, TimelineEntry, format_day},
    pages::staff::timeline::look,
};

#[component]
pub fn History(data: Shown<LicenceKey>) -> impl IntoView {
    let id = data.get_untracked().row.global_id;
    // A change that is made on this page shows here too.
    let history = load(move || {
        data.with(|_| ());
        api::keys::history(id)
    });
    history.view(8, move |found| {
        let body = move || {
            let events = found.get().events;
            if events.is_empty() {
                return view! { <EmptyState title=text::NO_HISTORY glyph=Glyph::Clock /> }.into_any();
            }
            let names = data.with(|key| key.feature_names.clone());
            let cut = events.len() >= 100;
            let entries: Vec<_> = events.iter().map(|event| entry(event, &names)).collect();
            view! {
                <Card title=text::TAB_HISTORY>
                    <Timeline entries=Signal::stored(entries) />
                    {cut.then(|| view! { <p class="muted">{text::HISTORY_LATEST}</p> })}
                </Card>
            }
            .into_any()
        };
        view! { {body} }.into_any()
    })
}

fn entry(event: &KeyEvent, names: &[String]) -> TimelineEntry {
    let (glyph, tone) = look(&event.kind);
    let words = event.text.clone();
    let mut lines = match (&event.before, &event.after) {
        (Some(before), Some(after)) => differences(before, after, names),
        _ => Vec::new(),
    };
    if !event.reason.is_empty() {
        lines.push(text::because(&event.reason));
    }
    let body = (!lines.is_empty()).then(|| ViewFn::from(move || listed(&lines)));
    TimelineEntry {
        glyph,
        tone,
        title: ViewFn::from(move || words.clone()),
        body,
        at: event.at.millis(),
        by: Some(
            event.actor.name.clone().unwrap_or_else(|| customers::source(&event.actor.source).to_owned()),
        ),
    }
}

fn listed(lines: &[String]) -> AnyView {
    let line = |line: &String| view! { <li>{line.clone()}</li> };
    view! { <ul class="plain-list">{lines.iter().map(line).collect_view()}</ul> }.into_any()
}

/// What changed, a line each.
fn differences(before: &KeyState, after: &KeyState, names: &[String]) -> Vec<String> {
    let mut lines = Vec::new();
    if before.expires != after.expires {
        lines.push(text::expiry_changed(&day(before.expires), &day(after.expires)));
    }
    if before.max_machines != after.max_machines {
        lines.push(text::machines_changed(before.max_machines, after.max_machines));
    }
    for (index, (was, is)) in before.features.iter().zip(&after.features).enumerate() {
        if was != is {
            let name = products::feature(index, names.get(index).map_or("", String::as_str));
            lines.push(keys::switched(&name, *is));
        }
    }
    if before.notes != after.notes {
        let notes = &after.notes;
        lines.push(if notes.is_empty() { text::NO_NOTES.to_owned() } else { text::notes_changed(notes) });
    }
    lines
}

fn day(at: Option<Timestamp>) -> String {
    at.map_or_else(|| text::NO_EXPIRY.to_owned(), |at| format_day(at.millis()))
}

#[cfg(test)]
mod tests {
    use latchkey_shared::api::keys::KeyState;

    use super::differences;

    #[test]
    fn only_what_changed_is_said() {
        let before = KeyState { features: vec![false; 8], max_machines: 1, ..KeyState::default() };
        let mut after = KeyState { max_machines: 3, notes: "paid".to_owned(), ..before.clone() };
        after.features[1] = true;
        let names = vec![String::new(), "Export".to_owned()];
        assert_eq!(
            differences(&before, &after, &names),
            ["Machines at most: 1 → 3", "F2 · Export is on.", "Notes: paid"]
        );
        assert!(differences(&before, &before, &names).is_empty());
    }
}
