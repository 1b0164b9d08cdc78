//! How far something is.

use leptos::prelude::*;

use super::{Glyph, Icon, unique_id};

/// A native progress bar with its words above it. `done` of `of`; `None` when nobody knows how much there is.
#[component]
pub fn ProgressBar(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] done: Signal<u64>,
    #[prop(into)] of: Signal<Option<u64>>,
) -> impl IntoView {
    let id = unique_id("progress");
    let amount = move || of.get().map(|of| [&done.get().to_string(), " / ", &of.to_string()].concat());
    let bar_id = id.clone();
    let bar = move || match of.get() {
        Some(of) => {
            view! { <progress id=bar_id.clone() max=of.to_string() value=done.get().to_string()></progress> }
                .into_any()
        }
        None => view! { <progress id=bar_id.clone()></progress> }.into_any(),
    };
    view! {
        <div class="progress">
            <p class="progress-label">
                <label for=id>{label}</label>
                <span>{amount}</span>
            </p>
            {bar}
        </div>
    }
}

/// Where a step stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StepState {
    #[default]
    Waiting,
    Running,
    Done,
    Failed,
}

impl StepState {
    const fn class(self) -> &'static str {
        match self {
            Self::Waiting => "step waiting",
            Self::Running => "step running",
            Self::Done => "step done",
            Self::Failed => "step failed",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Waiting => "not yet",
            Self::Running => "under way",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

/// One step of several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    pub label: String,
    pub note: Option<String>,
    pub state: StepState,
    /// Where the step is carried out.
    pub href: Option<String>,
}

impl Step {
    pub fn new(label: impl Into<String>, state: StepState) -> Self {
        Self { label: label.into(), state, ..Self::default() }
    }

    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }
}

/// Steps that tick one after the other: what happens after a payment, or what remains to be set up. Each change is read
/// out.
#[component]
pub fn Steps(#[prop(into)] steps: Signal<Vec<Step>>) -> impl IntoView {
    let draw = |step: Step| {
        let mark = match step.state {
            StepState::Done => Some(view! { <Icon glyph=Glyph::Check /> }),
            StepState::Failed => Some(view! { <Icon glyph=Glyph::Cross /> }),
            StepState::Waiting | StepState::Running => None,
        };
        let label = match step.href {
            Some(href) => view! { <a href=href>{step.label}</a> }.into_any(),
            None => step.label.into_any(),
        };
        view! {
            <li class=step.state.class()>
                <span class="step-mark" aria-hidden="true">
                    {mark}
                </span>
                <div class="step-text">
                    <p class="step-label">
                        {label} <span class="unseen">" (" {step.state.words()} ")"</span>
                    </p>
                    {step.note.map(|note| view! { <p class="step-note">{note}</p> })}
                </div>
            </li>
        }
    };
    view! {
        <ol class="steps" aria-live="polite">
            {move || steps.get().into_iter().map(draw).collect_view()}
        </ol>
    }
}
