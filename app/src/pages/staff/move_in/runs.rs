//! The dry run and the import.

use latchkey_shared::{
    api::move_in::{MoveInRun, RunState},
    text::move_in as text,
};
use leptos::prelude::*;

use super::{
    outcome::{outcome, refused},
    page::Moving,
};
use crate::{
    api::{Sender, move_in, use_sender},
    components::{Banner, Button, ButtonRow, Look, ProgressBar, Tone},
    pages::staff::step::Step,
};

/// Begins a run, and looks at once.
fn begin(sender: Sender, moving: Moving, dry_run: bool) {
    sender.press(move_in::begin(dry_run), move |_| moving.load.again());
}

#[component]
pub fn DryStep(moving: Moving) -> impl IntoView {
    let sender = use_sender();
    let button = move || {
        let shown = moving.data.get();
        let ready = !shown.files.is_empty() && shown.files.iter().all(|file| file.problem.is_none());
        let again = shown.dry_run.is_some();
        moving.may_write.then(|| {
            view! {
                <ButtonRow>
                    <Button
                        look=if again { Look::Secondary } else { Look::Primary }
                        busy=sender.busy()
                        disabled=Signal::derive(move || !ready || moving.running.get())
                        on_press=move || begin(sender, moving, true)
                    >
                        {if again { text::DRY_AGAIN } else { text::DRY_RUN }}
                    </Button>
                </ButtonRow>
            }
        })
    };
    let result = move || {
        moving.data.get().dry_run.map(|run| {
            let said = match (run.state, refused(&run)) {
                (RunState::Done, 0) => said(Tone::Good, text::DRY_FINE.to_owned()),
                (RunState::Done, refused) => said(Tone::Notice, text::refused_rows(refused)),
                _ => unfinished(&run, text::READING),
            };
            view! {
                {said}
                {outcome(&run)}
            }
        })
    };
    view! {
        <Step number="2" title=text::STEP_DRY>
            <p>{text::DRY_BODY}</p>
            {button}
            <div aria-live="polite" class="lines">
                {result}
            </div>
        </Step>
    }
    .into_any()
}

#[component]
pub fn ImportStep(moving: Moving) -> impl IntoView {
    let sender = use_sender();
    let button = move || {
        let shown = moving.data.get();
        let ready = shown.dry_run.is_some_and(|run| run.state == RunState::Done);
        let waits =
            (!ready && !shown.files.is_empty()).then(|| view! { <p class="muted">{text::IMPORT_WAITS}</p> });
        moving.may_write.then(|| {
            view! {
                <ButtonRow>
                    <Button
                        look=if ready { Look::Primary } else { Look::Secondary }
                        busy=sender.busy()
                        disabled=Signal::derive(move || !ready || moving.running.get())
                        on_press=move || begin(sender, moving, false)
                    >
                        {text::IMPORT}
                    </Button>
                </ButtonRow>
                {waits}
            }
        })
    };
    let result = move || {
        moving.data.get().import.map(|run| {
            let said = match (run.state, refused(&run)) {
                (RunState::Done, 0) => said(Tone::Good, text::IMPORT_DONE.to_owned()),
                (RunState::Done, _) => said(Tone::Notice, text::IMPORT_PARTLY.to_owned()),
                _ => unfinished(&run, text::IMPORTING),
            };
            view! {
                <h3>{text::LAST_IMPORT} " " {crate::pages::staff::show::when(run.started)}</h3>
                {said}
                {outcome(&run)}
            }
        })
    };
    view! {
        <Step number="3" title=text::STEP_IMPORT>
            <p>{text::IMPORT_BODY}</p>
            {button}
            <div aria-live="polite" class="lines">
                {result}
            </div>
        </Step>
    }
    .into_any()
}

fn said(tone: Tone, words: String) -> AnyView {
    view! { <Banner tone title=words /> }.into_any()
}

/// A run that is under way, failed or was broken off.
fn unfinished(run: &MoveInRun, label: &'static str) -> AnyView {
    match run.state {
        RunState::Running => {
            let number = |number: i64| u64::try_from(number).unwrap_or_default();
            let (done, total) = (number(run.done), number(run.total));
            view! { <ProgressBar label=label done=done of=Some(total) /> }.into_any()
        }
        RunState::BrokenOff => said(Tone::Notice, text::BROKEN_OFF.to_owned()),
        _ => said(Tone::Bad, text::failed(&run.words)),
    }
}
