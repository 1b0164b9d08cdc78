//! Nothing waits: and how one knows.

use latchkey_shared::{
    api::reconcile::SweepRun,
    permission::Permission,
    reconcile::{SweepKind, SweepState},
    text::attention as text,
};
use leptos::prelude::*;

use crate::{
    api::{load, stripe},
    components::{EmptyState, Glyph, format_count, format_relative, now_ms},
    pages::staff::show::may,
};

pub fn empty() -> AnyView {
    let sweeps = load(|| may(Permission::StripeRead).then(stripe::sweeps));
    let body = MaybeProp::derive(move || sweeps.with(|sweeps| sweeps.map(|sweeps| in_words(&sweeps.runs))));
    view! { <EmptyState title=text::EMPTY_TITLE body glyph=Glyph::Check /> }.into_any()
}

/// When Latchkey looked last, and how much it looked at when it last looked at everything.
fn in_words(runs: &[SweepRun]) -> String {
    let now = now_ms();
    let ended = |run: &&SweepRun| run.state == SweepState::Done;
    let ago = |run: &SweepRun| format_relative(run.finished.unwrap_or(run.updated).millis(), now);
    let Some(last) = runs.iter().filter(ended).max_by_key(|run| run.finished) else {
        return text::NO_SWEEP.to_owned();
    };
    let full = runs.iter().filter(ended).find(|run| run.sweep == SweepKind::Full);
    #[expect(clippy::cast_precision_loss, reason = "no count comes near the limits of a float")]
    let checked = full.map(|run| (text::subscriptions(&format_count(run.looked_at as f64)), ago(run)));
    let checked = checked.as_ref().map(|(count, when)| (count.as_str(), when.as_str()));
    text::last_sweep(&ago(last), checked)
}
