//! The button, and the dialog that it opens: what is asked, how many that is, how far it is, what came of it.

use latchkey_shared::{api::changes::ExtendMany, text::bulk as text};
use leptos::prelude::*;

use super::{fields::Fields, target::Target};
use crate::{
    components::{Button, ButtonRow, Dialog, Glyph, Look, use_toasts},
    hooks::use_effect,
    pages::staff::bulk::{Outcome, Run, Words, draw, working},
    routes::focus_heading,
};

const WOULD: Words = Words { done: text::will_be_extended, nothing: text::NONE_FITS, untried: text::untried };
const DID: Words = Words { done: text::extended, nothing: text::NOTHING_EXTENDED, untried: text::untried };

/// `on_done` follows when subscriptions may have changed.
#[component]
pub fn ExtendButton(target: Target, #[prop(into)] on_done: Callback<()>) -> impl IntoView {
    let open = RwSignal::new(false);
    let fields = Fields::new();
    let (looked, run) = (Run::new(), Run::new());
    let wanted = RwSignal::new(ExtendMany::default());
    let toasts = use_toasts();
    use_effect(move || {
        if open.get() {
            looked.forget();
            run.forget();
            fields.forget();
        } else {
            looked.stop();
            run.stop();
        }
    });
    let send = move |dry_run: bool| {
        let form = ExtendMany { dry_run, ..wanted.get_untracked() };
        async move |some: &[i64]| target.extend(some, &form).await
    };
    let look = Callback::from(move |form: ExtendMany| {
        wanted.set(form);
        looked.start(target.ids(), send(true), |_: &Outcome| {});
    });
    let begin = Callback::from(move || {
        run.start(target.ids(), send(false), move |outcome: &Outcome| {
            if !open.get_untracked() {
                toasts.notice(text::extended(outcome.changed));
                target.selection.clear();
            }
            on_done.run(());
        });
    });
    let close = Callback::from(move || {
        open.set(false);
        target.selection.clear();
        // The button that opened it goes with the selection.
        request_animation_frame(focus_heading);
    });
    let body = move || {
        if looked.running.get() {
            return working(looked, text::LOOKING);
        }
        if run.running.get() {
            return working(run, text::EXTENDING);
        }
        if let Some(outcome) = run.outcome.get() {
            return over(&outcome, close);
        }
        match looked.outcome.get() {
            Some(found) => confirm(&found, looked, begin),
            None => fields.draw(target.of, open, look),
        }
    };
    view! {
        <Button small=true icon=Glyph::Clock on_press=move || open.set(true)>
            {text::EXTEND}
        </Button>
        <Dialog open title=text::EXTEND_TITLE>
            {body}
        </Dialog>
    }
}

/// How many it would be, before anything is done.
fn confirm(found: &Outcome, looked: Run, begin: Callback<()>) -> AnyView {
    let some = found.changed > 0 && found.problem.is_none();
    let label = text::extend_confirm(found.changed);
    let go = some.then(|| {
        view! {
            <Button look=Look::Primary on_press=begin>
                {label}
            </Button>
        }
    });
    view! {
        <div class="dialog-text">{draw(found, WOULD)}</div>
        <ButtonRow end=true>
            <Button on_press=move || looked.forget()>{text::BACK}</Button>
            {go}
        </ButtonRow>
    }
    .into_any()
}

fn over(outcome: &Outcome, close: Callback<()>) -> AnyView {
    view! {
        <div class="dialog-text">{draw(outcome, DID)}</div>
        <ButtonRow end=true>
            <Button look=Look::Primary on_press=close>
                {text::CLOSE}
            </Button>
        </ButtonRow>
    }
    .into_any()
}
