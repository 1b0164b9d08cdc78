//! After the pay page: three steps that tick, then the key.

use std::time::Duration;

use latchkey_shared::{
    api::portal::{CheckoutProgress, CheckoutStep},
    text::portal::checkout as words,
};
use leptos::prelude::*;

use super::licence_card::LicenceCard;
use crate::{
    api::{self, Problem, Shown, load},
    components::{
        Banner, ButtonLink, ButtonRow, Card, EmptyState, Glyph, Look, PageHeader, SkeletonCard, Step,
        StepState, Steps, Tone, now_ms,
    },
    routes::use_param,
};

const ASK_EVERY: Duration = Duration::from_secs(1);
/// From when on waiting is explained.
const LONG_WAIT: Duration = Duration::from_secs(15);

/// `/Portal/Checkout/{checkout}`: asks each second and finishes by itself.
#[component]
pub fn CheckoutPage() -> impl IntoView {
    let id = use_param("checkout");
    let progress = load(move || api::portal::checkout(&id.get().unwrap_or_default()));
    let step = Memo::new(move |_| progress.with(|progress| progress.map(|progress| progress.step)));
    progress.poll(Signal::derive(move || step.get().is_none_or(goes_on)), ASK_EVERY);
    let late = after(LONG_WAIT);
    let title = move || match step.get() {
        Some(CheckoutStep::Ready) => {
            let many = progress.with(|progress| progress.is_some_and(|progress| progress.licences.len() > 1));
            if many { words::TITLE_READY_MANY } else { words::TITLE_READY }
        }
        Some(CheckoutStep::Failed) => words::FAILED_TITLE,
        Some(CheckoutStep::Abandoned) => words::ABANDONED_TITLE,
        _ => words::TITLE,
    };
    let waiting = || view! { <SkeletonCard lines=3 /> }.into_any();
    let draw = move |shown: Shown<CheckoutProgress>| order(shown, late);
    let missing = Memo::new(move |_| matches!(progress.failure(), Some(Problem::NotFound(_))));
    let body = move || if missing.get() { no_such_order() } else { progress.view_or(waiting, draw) };
    view! {
        <PageHeader title=Signal::derive(move || title().to_owned()) />
        {body}
    }
    .into_any()
}

fn no_such_order() -> AnyView {
    view! {
        <EmptyState title=words::MISSING body=words::MISSING_BODY glyph=Glyph::Cart>
            <ButtonLink href="/Portal">{words::GO_HOME}</ButtonLink>
        </EmptyState>
    }
    .into_any()
}

const fn goes_on(step: CheckoutStep) -> bool {
    matches!(step, CheckoutStep::Open | CheckoutStep::Paying | CheckoutStep::Issuing)
}

/// False, and true once `time` has passed on this page.
fn after(time: Duration) -> ReadSignal<bool> {
    let (passed, set_passed) = signal(false);
    let timer = set_timeout_with_handle(move || set_passed.set(true), time).ok();
    on_cleanup(move || {
        if let Some(timer) = timer {
            timer.clear();
        }
    });
    passed
}

/// The steps stay in place while they tick, so that each tick is read out; below them is what the last one calls for.
fn order(shown: Shown<CheckoutProgress>, late: ReadSignal<bool>) -> AnyView {
    let step = Memo::new(move |_| shown.with(|progress| progress.step));
    let ended = move || matches!(step.get(), CheckoutStep::Failed | CheckoutStep::Abandoned);
    let steps = Signal::derive(move || steps(step.get()));
    let body = move || {
        shown.with(|progress| match progress.step {
            CheckoutStep::Failed => unfinished(words::FAILED, Tone::Bad),
            CheckoutStep::Abandoned => unfinished(words::ABANDONED, Tone::Neutral),
            CheckoutStep::Ready => ready(progress),
            CheckoutStep::Open => not_paid(),
            CheckoutStep::Paying | CheckoutStep::Issuing => under_way(progress, late),
        })
    };
    let ordered = move || {
        let waiting = matches!(step.get(), CheckoutStep::Paying | CheckoutStep::Issuing);
        waiting.then(|| view! { <p>{shown.with(|progress| words::ordered(&progress.plan_name))}</p> })
    };
    view! {
        {ordered}
        <section
            class="checkout-steps"
            class:done=move || step.get() == CheckoutStep::Ready
            aria-label=words::STEPS
            hidden=ended
        >
            <Steps steps />
        </section>
        {body}
    }
    .into_any()
}

fn steps(step: CheckoutStep) -> Vec<Step> {
    use StepState::{Done, Running, Waiting};
    let (paid, made, ready) = match step {
        CheckoutStep::Ready => (Done, Done, Done),
        CheckoutStep::Issuing => (Done, Running, Waiting),
        CheckoutStep::Paying => (Running, Waiting, Waiting),
        CheckoutStep::Open | CheckoutStep::Abandoned | CheckoutStep::Failed => (Waiting, Waiting, Waiting),
    };
    let mut first = Step::new(words::STEP_PAID, paid);
    let mut second = Step::new(words::STEP_MADE, made);
    if paid == Running {
        first = first.note(words::NOTE_PAYING);
    } else if made == Running {
        second = second.note(words::NOTE_MAKING);
    }
    vec![first, second, Step::new(words::STEP_READY, ready)]
}

fn under_way(progress: &CheckoutProgress, late: ReadSignal<bool>) -> AnyView {
    let long = if progress.step == CheckoutStep::Issuing { words::LONG_MAKING } else { words::LONG_PAYING };
    let since = progress.waiting_since.map(|since| now_ms() - since.millis());
    let overdue =
        since.is_some_and(|waited| u128::try_from(waited).is_ok_and(|waited| waited > LONG_WAIT.as_millis()));
    let wait = move || {
        if !late.get() && !overdue {
            return view! { <p class="muted">{words::WAIT}</p> }.into_any();
        }
        view! {
            <Banner title=long alert=true />
            <ButtonRow>
                <ButtonLink href="/Portal">{words::GO_HOME}</ButtonLink>
            </ButtonRow>
        }
        .into_any()
    };
    view! { {wait} }.into_any()
}

/// Somebody looks at an order before paying it.
fn not_paid() -> AnyView {
    view! {
        <p class="muted">{words::NOT_PAID}</p>
        <ButtonRow>
            <ButtonLink href="/Portal/Plans" look=Look::Primary>
                {words::BACK_TO_PLANS}
            </ButtonLink>
        </ButtonRow>
    }
    .into_any()
}

fn ready(progress: &CheckoutProgress) -> AnyView {
    let licence = |licence| view! { <LicenceCard licence large=true /> };
    let licences = progress.licences.clone();
    let product = licences.first().map_or(&progress.plan_name, |licence| &licence.product_name);
    let how = words::how_2(product);
    let receipt = progress.receipt_url.clone().map(|href| {
        view! {
            <ButtonLink href icon=Glyph::Document new_tab=true>
                {words::RECEIPT}
            </ButtonLink>
        }
    });
    view! {
        {licences.into_iter().map(licence).collect_view()}
        <Card title=words::HOW_TITLE>
            <ol class="how">
                <li>{words::HOW_1}</li>
                <li>{how}</li>
                <li>{words::HOW_3}</li>
            </ol>
        </Card>
        <ButtonRow>
            <ButtonLink href="/Portal" look=Look::Primary>
                {words::GO_HOME}
            </ButtonLink>
            {receipt}
        </ButtonRow>
    }
    .into_any()
}

fn unfinished(message: &'static str, tone: Tone) -> AnyView {
    view! {
        <Banner tone title=message />
        <ButtonRow>
            <ButtonLink href="/Portal/Plans" look=Look::Primary>
                {words::BACK_TO_PLANS}
            </ButtonLink>
            <ButtonLink href="/Portal">{words::GO_HOME}</ButtonLink>
        </ButtonRow>
    }
    .into_any()
}
