//! `/Stripe/Sweeps`: what each sweep did, what runs now, and the button that begins all of them.

use std::time::Duration;

use latchkey_shared::{
    api::reconcile::{SweepRun, SweepRuns},
    permission::Permission,
    reconcile::{SweepKind, SweepState},
    text::sweeps as text,
};
use leptos::prelude::*;

use super::{sections::sections, which::use_which};
use crate::{
    api::{Load, Shown, load, stripe, use_sender},
    components::{
        Button, Card, Column, DataTable, EmptyState, Glyph, Grid, Look, PageHeader, ProgressBar, Row, Tone,
        format_count, use_toasts,
    },
    pages::staff::show::{self, may},
};

/// While something runs.
const AT_WORK: Duration = Duration::from_secs(1);
/// For what begins by itself.
const IDLE: Duration = Duration::from_secs(15);
/// As they are drawn: what concerns the most first.
const ORDER: [SweepKind; 6] = [
    SweepKind::Full,
    SweepKind::Recent,
    SweepKind::MissedEvents,
    SweepKind::Payments,
    SweepKind::Catalogue,
    SweepKind::Local,
];

#[component]
pub fn SweepsPage() -> impl IntoView {
    let which = use_which();
    let sweeps = load(stripe::sweeps);
    let running = Signal::derive(move || {
        sweeps.with(|sweeps| {
            sweeps.is_some_and(|sweeps| sweeps.runs.iter().any(|run| run.state == SweepState::Running))
        })
    });
    let sweeps = sweeps.poll(running, AT_WORK).poll(true, IDLE);
    let button =
        move || may(Permission::SubscriptionsWrite).then(|| view! { <Reconcile sweeps /> }).into_any();
    let body = sweeps.view(10, move |shown| {
        view! {
            <Grid>{ORDER.into_iter().map(|sweep| card(sweep, shown)).collect_view()}</Grid>
            <Card title=text::RUNS flush=true>{runs(shown)}</Card>
        }
        .into_any()
    });
    view! {
        <PageHeader title=text::TITLE actions=ViewFn::from(button)>
            <span>{text::INTRO}</span>
        </PageHeader>
        {sections(which)}
        <div class="stack">{body}</div>
    }
    .into_any()
}

#[component]
fn Reconcile(sweeps: Load<SweepRuns>) -> impl IntoView {
    let sender = use_sender();
    let toasts = use_toasts();
    let begin = move || {
        sender.press(stripe::reconcile(), move |begun| {
            toasts.good(text::BEGUN);
            sweeps.set(begun);
        });
    };
    view! {
        <Button look=Look::Primary icon=Glyph::Refresh busy=sender.busy() on_press=begin>
            {text::RECONCILE}
        </Button>
    }
    .into_any()
}

/// One sweep: what it is for, and how its last run went or how far this one is.
fn card(sweep: SweepKind, shown: Shown<SweepRuns>) -> AnyView {
    let last =
        Memo::new(move |_| shown.with(|shown| shown.runs.iter().find(|run| run.sweep == sweep).cloned()));
    let badge = move || last.get().map(|run| state_badge(run.state)).into_any();
    let body = move || match last.get() {
        None => view! { <p>{text::NEVER}</p> }.into_any(),
        Some(run) if run.state == SweepState::Running => progress(run, shown),
        Some(run) => {
            let at = run.finished.unwrap_or(run.updated);
            view! { <p>{run.words} " " <span class="muted">{show::when(at)}</span></p> }.into_any()
        }
    };
    view! {
        <Card title=sweep.label() actions=ViewFn::from(badge)>
            {body}
            <p class="muted small">{text::about(sweep)}</p>
        </Card>
    }
    .into_any()
}

fn progress(run: SweepRun, shown: Shown<SweepRuns>) -> AnyView {
    let done = count(run.looked_at);
    // About as much as last time: a sweep learns how much there is while it goes through it.
    let expected = shown.with_untracked(|shown| {
        let before = shown.runs.iter().find(|old| old.sweep == run.sweep && old.state == SweepState::Done);
        before.map(|before| count(before.looked_at)).filter(|expected| *expected > done)
    });
    let label = text::progress(&number(run.looked_at), &number(run.found));
    view! { <ProgressBar label done=Signal::stored(done) of=Signal::stored(expected) /> }.into_any()
}

fn runs(shown: Shown<SweepRuns>) -> AnyView {
    let rows =
        Signal::derive(move || Some(shown.with(|shown| shown.runs.iter().map(row).collect::<Vec<_>>())));
    let columns = vec![
        Column::new(text::SWEEP),
        Column::new(text::STATE).fact(),
        Column::new(text::BEGAN).fact(),
        Column::new(text::CAUSE),
        Column::new(text::LOOKED_AT).right(),
        Column::new(text::FOUND).right(),
        Column::new(text::WORDS).fact(),
    ];
    let empty =
        || view! { <EmptyState title=text::EMPTY_TITLE body=text::EMPTY_BODY glyph=Glyph::Refresh /> };
    view! { <DataTable label=text::RUNS columns rows empty=ViewFn::from(empty) /> }.into_any()
}

fn row(run: &SweepRun) -> Row {
    let (state, started) = (run.state, run.started);
    Row::new(run.id)
        .text(run.sweep.label())
        .cell(move || state_badge(state))
        .cell(move || show::when(started))
        .text(run.cause.label())
        .text(number(run.looked_at))
        .text(number(run.found))
        .text(run.words.clone())
}

fn state_badge(state: SweepState) -> AnyView {
    let tone = match state {
        SweepState::Running => Tone::Accent,
        SweepState::Done => Tone::Good,
        SweepState::Failed => Tone::Bad,
    };
    show::badge(tone, state.label())
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, reason = "no count comes near the limits of a float")]
fn number(count: i64) -> String {
    format_count(count as f64)
}
