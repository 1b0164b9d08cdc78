//! A customer changes their plan and its extras: choose, see what it comes to, confirm.

mod extras;
mod offer;
mod preview;

use latchkey_shared::{
    api::changes::{
        AskChange, ChangeOptions, ChangePreview, ChangeWhen, CommitChange, PendingChange, WantedItem,
    },
    change::Direction,
    ids::{PlanId, SubscriptionId},
    text::portal::{billing, changes as text},
};
use leptos::prelude::*;

use self::{
    extras::extras,
    offer::{Offer, Wanted},
};
use super::sentence;
use crate::{
    api::{Load, Shown, load, portal, use_sender},
    components::{
        Banner, Button, ButtonLink, ButtonRow, Card, Choice, ChoiceCards, Crumb, EmptyState, Form,
        FormErrors, Glyph, Look, PageHeader, Spinner, Tone, use_toasts,
    },
    routes::{use_go, use_id},
};

const BILLING: &str = "/Portal/Billing";

/// `/Portal/Subscriptions/7/Change`.
#[component]
pub fn ChangePage() -> impl IntoView {
    let id = use_id::<SubscriptionId>();
    let options = load(move || portal::change_options(id.get()));
    options.page(text::TITLE, 8, move |data| {
        view! {
            <PageHeader title=text::TITLE crumbs=vec![Crumb::new(billing::TITLE, BILLING)] />
            {body(data)}
        }
        .into_any()
    })
}

fn body(data: Shown<ChangeOptions>) -> AnyView {
    let options = data.get_untracked();
    let (id, pending, can_undo) = (options.subscription, options.pending.clone(), options.can_undo);
    let Some(offer) = Offer::new(options) else { return nothing() };
    let choices = bases(&offer);
    let held = offer.held_plan();
    if choices.len() < 2 && offer.extras(held).is_empty() {
        return nothing();
    }
    let wanted = RwSignal::new(offer.held());
    let offer = StoredValue::new(offer);
    let chosen = RwSignal::new(held.to_string());
    let base = Memo::new(move |_| chosen.with(|plan| plan.parse::<i64>().ok()).map(PlanId));
    let items = Memo::new(move |_| {
        let base = base.get()?;
        wanted.with(|wanted: &Wanted| offer.with_value(|offer| offer.ask(base, wanted)))
    });
    // What waits for the end of what is paid for; everything else is asked for now.
    let waits = RwSignal::new(None::<Vec<WantedItem>>);
    let ask = Memo::new(move |_| {
        let items = items.get()?;
        let late = waits.with(|waits| waits.as_ref() == Some(&items));
        let when = if late { ChangeWhen::PeriodEnd } else { ChangeWhen::Now };
        Some(AskChange { items, when, ..AskChange::default() })
    });
    let shown = load(move || ask.with(|ask| ask.as_ref().map(|ask| portal::preview_change(id, ask))));
    // What gets cheaper waits, what gets dearer does not; the server says which it is.
    Effect::new(move |_| {
        let late = shown.failure().is_some_and(|problem| problem.code() == "not_by_customers")
            || shown.with(|shown| {
                shown.is_some_and(|shown| shown.direction == Direction::Downgrade && !shown.is_planned)
            });
        if !shown.busy().get() && late {
            waits.set(items.get_untracked());
        }
    });
    view! {
        {pending.map(|pending| planned(id, pending, can_undo, shown))}
        <div class="two-columns">
            <Card title=text::CHOOSE>
                <ChoiceCards name="plan" label=text::PLAN value=chosen options=Signal::stored(choices) />
                {extras(offer, base, wanted)}
            </Card>
            <Card title=text::COMES_TO>{comes_to(id, ask, shown)}</Card>
        </div>
    }
    .into_any()
}

fn nothing() -> AnyView {
    view! {
        <EmptyState title=text::NONE_TITLE body=text::NONE_BODY glyph=Glyph::Card>
            <ButtonLink href=BILLING>{text::BACK}</ButtonLink>
        </EmptyState>
    }
    .into_any()
}

/// The plans to choose from. What is held and not offered any more can be kept.
fn bases(offer: &Offer) -> Vec<Choice> {
    let (held, base) = (offer.held_plan(), offer.base());
    let mut choices: Vec<Choice> = offer
        .bases()
        .map(|plan| {
            let price = sentence::price_per(plan.price, &plan.interval);
            let note = if plan.id == held { [&price, " · ", text::YOURS].concat() } else { price };
            Choice::new(plan.id.to_string(), plan.name.clone()).note(note)
        })
        .collect();
    if !offer.bases().any(|plan| plan.id == held) {
        choices.insert(0, Choice::new(held.to_string(), base.plan_name.clone()).note(text::YOURS));
    }
    choices
}

/// What is planned already, to be taken back.
fn planned(
    id: SubscriptionId,
    pending: PendingChange,
    can_undo: bool,
    shown: Load<ChangePreview>,
) -> AnyView {
    let (sender, toasts) = (use_sender(), use_toasts());
    let there = RwSignal::new(true);
    let press = move || {
        sender.press(portal::undo_change(id), move |_| {
            there.set(false);
            toasts.good(text::TAKEN_BACK);
            // It no longer takes the place of anything.
            shown.again();
        });
    };
    let title = StoredValue::new(text::planned(&pending.text, &sentence::short_day(pending.due)));
    let undo = move || {
        can_undo.then(|| {
            view! {
                <Button small=true busy=sender.busy() on_press=press>
                    {text::TAKE_BACK}
                </Button>
            }
        })
    };
    view! {
        <Show when=move || there.get()>
            <Banner tone=Tone::Neutral title=title.get_value()>
                {undo}
            </Banner>
        </Show>
    }
    .into_any()
}

/// The preview, and the button that does what it says.
fn comes_to(id: SubscriptionId, ask: Memo<Option<AskChange>>, shown: Load<ChangePreview>) -> AnyView {
    let preview: Signal<Option<ChangePreview>> = Signal::derive(move || {
        (ask.with(Option::is_some) && shown.failure().is_none()).then(|| shown.get()).flatten()
    });
    let pane = move || match (ask.with(Option::is_some), shown.failure(), preview.get()) {
        (false, ..) => view! { <p class="muted">{text::CHOOSE_ANOTHER}</p> }.into_any(),
        (true, Some(problem), _) => {
            view! { <Banner tone=Tone::Notice title=problem.sentence() /> }.into_any()
        }
        (true, None, Some(preview)) => preview::draw(&preview),
        (true, None, None) => view! { <Spinner label=text::COMPUTING /> }.into_any(),
    };
    let moved = RwSignal::new(false);
    let (errors, sender, toasts, go) = (FormErrors::new(), use_sender(), use_toasts(), use_go());
    let submit = move || {
        let Some(preview) = preview.get_untracked() else { return };
        let form =
            CommitChange { quote: preview.quote.id, digest: preview.quote.digest, ..CommitChange::default() };
        let done = if preview.is_planned { text::DONE_PLANNED } else { text::DONE };
        moved.set(false);
        sender.send(portal::commit_change(id, &form), move |answer| match answer {
            Ok(_) => {
                toasts.good(done);
                go.run((BILLING.to_owned(),));
            }
            // Shown anew, so that the person confirms what is so now.
            Err(problem) if matches!(problem.code(), "quote_changed" | "quote_expired") => {
                moved.set(true);
                shown.again();
            }
            Err(problem) => errors.fail(problem.into()),
        });
    };
    let label = move || {
        preview.with(|preview| {
            let Some(preview) = preview else { return text::CHOOSE_FIRST.to_owned() };
            let due = (preview.due.minor > 0).then(|| sentence::price(preview.due));
            let day = preview.is_planned.then(|| sentence::day(preview.effective));
            text::confirm(due.as_deref(), day.as_deref())
        })
    };
    // While another choice is computed, what is shown is of the one before.
    let stale = shown.reloading();
    view! {
        <div class="stack" class:reloading=stale aria-live="polite" aria-busy=move || stale.get().to_string()>
            {move || moved.get().then(|| view! { <Banner tone=Tone::Notice title=text::MOVED alert=true /> })}
            {pane}
        </div>
        <Form errors busy=sender.busy() on_submit=submit>
            <ButtonRow>
                <Button
                    submit=true
                    look=Look::Primary
                    busy=sender.busy()
                    disabled=Signal::derive(move || stale.get() || preview.with(Option::is_none))
                >
                    {label}
                </Button>
                <ButtonLink href=BILLING look=Look::Quiet>
                    {text::BACK}
                </ButtonLink>
            </ButtonRow>
        </Form>
    }
    .into_any()
}
