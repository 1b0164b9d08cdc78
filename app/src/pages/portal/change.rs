//! A customer changes their plan: choose, see what it comes to, confirm.

use latchkey_shared::{
    api::changes::{AskChange, ChangeOptions, ChangePreview, ChangeWhen, CommitChange, WantedItem},
    change::Direction,
    ids::SubscriptionId,
    text::{
        changes::loss,
        portal::{billing, changes as text},
    },
};
use leptos::prelude::*;

use super::sentence;
use crate::{
    api::{Shown, load, portal, use_sender},
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
    let base = options.items.iter().find(|item| item.is_base);
    let mine = base.and_then(|item| item.plan);
    // Extras and quantities stay; another plan of what one has is all that is offered here.
    let bases = options
        .plans
        .iter()
        .filter(|option| option.is_base && Some(option.plan.product) == base.and_then(|item| item.product));
    let choices: Vec<Choice> = bases
        .map(|option| {
            let plan = &option.plan;
            let price = sentence::price_per(plan.price, &plan.interval);
            let note = if Some(plan.id) == mine { [&price, " · ", text::YOURS].concat() } else { price };
            Choice::new(plan.id.to_string(), plan.name.clone()).note(note)
        })
        .collect();
    if !options.can_change || choices.len() < 2 {
        return view! {
            <EmptyState title=text::NONE_TITLE body=text::NONE_BODY glyph=Glyph::Card>
                <ButtonLink href=BILLING>{text::BACK}</ButtonLink>
            </EmptyState>
        }
        .into_any();
    }
    let chosen = RwSignal::new(mine.map_or(String::new(), |plan| plan.to_string()));
    let dearer_now = RwSignal::new(ChangeWhen::Now);
    let held = StoredValue::new(options.items.clone());
    let ask = Memo::new(move |_| {
        let plan = chosen
            .with(|plan| plan.parse::<i64>().ok())
            .filter(|plan| mine.map(|mine| mine.0) != Some(*plan))?;
        let items = held.with_value(|held| {
            held.iter()
                .filter_map(|item| {
                    let plan = if item.is_base { Some(plan.into()) } else { item.plan };
                    Some(WantedItem { plan: plan?, quantity: item.quantity.max(1) })
                })
                .collect()
        });
        Some(AskChange { items, when: dearer_now.get(), ..AskChange::default() })
    });
    let id = options.subscription;
    let shown = load(move || ask.with(|ask| ask.as_ref().map(|ask| portal::preview_change(id, ask))));
    // What gets cheaper waits for the end of what is paid for, what gets dearer does not; the server says which it is.
    Effect::new(move |before: Option<String>| {
        let plan = chosen.get();
        if before.as_ref().is_some_and(|before| *before != plan) {
            dearer_now.set(ChangeWhen::Now);
        }
        plan
    });
    Effect::new(move |_| {
        let waits = shown.failure().is_some_and(|problem| problem.code() == "not_by_customers")
            || shown.with(|shown| {
                shown.is_some_and(|shown| shown.direction == Direction::Downgrade && !shown.is_planned)
            });
        if waits && ask.with_untracked(Option::is_some) {
            dearer_now.set(ChangeWhen::PeriodEnd);
        }
    });
    let preview: Signal<Option<ChangePreview>> = Signal::derive(move || {
        (ask.with(Option::is_some) && shown.failure().is_none()).then(|| shown.get()).flatten()
    });
    let pane = move || match (ask.with(Option::is_some), shown.failure(), preview.get()) {
        (false, ..) => view! { <p class="muted">{text::CHOOSE_ANOTHER}</p> }.into_any(),
        (true, Some(problem), _) => {
            view! { <Banner tone=Tone::Notice title=problem.sentence() /> }.into_any()
        }
        (true, None, Some(preview)) => draw(&preview),
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
            Err(problem) if matches!(problem.code(), "quote_changed" | "quote_expired") => {
                moved.set(true);
                shown.again();
            }
            Err(problem) => errors.fail(problem.into()),
        });
    };
    let label = move || {
        preview.with(|preview| {
            let Some(preview) = preview else { return text::CHOOSE.to_owned() };
            let due = (preview.due.minor > 0).then(|| sentence::price(preview.due));
            let day = preview.is_planned.then(|| sentence::day(preview.effective));
            text::confirm(due.as_deref(), day.as_deref())
        })
    };
    view! {
        <div class="two-columns">
            <Card title=text::CHOOSE>
                <ChoiceCards name="plan" label=text::CHOOSE value=chosen options=Signal::stored(choices) />
            </Card>
            <Card title=text::COMES_TO>
                <div class="stack" aria-live="polite">
                    {move || moved.get().then(|| view! { <Banner tone=Tone::Notice title=text::MOVED alert=true /> })}
                    {pane}
                </div>
                <Form errors busy=sender.busy() on_submit=submit>
                    <ButtonRow>
                        <Button
                            submit=true
                            look=Look::Primary
                            busy=sender.busy()
                            disabled=Signal::derive(move || preview.with(Option::is_none))
                        >
                            {label}
                        </Button>
                        <ButtonLink href=BILLING look=Look::Quiet>
                            {text::BACK}
                        </ButtonLink>
                    </ButtonRow>
                </Form>
            </Card>
        </div>
    }
    .into_any()
}

fn draw(preview: &ChangePreview) -> AnyView {
    let row = |label: String, amount| {
        view! {
            <tr>
                <th scope="row">{label}</th>
                <td class="number">{sentence::price(amount)}</td>
            </tr>
        }
    };
    let lines = preview.lines.iter().map(|line| row(line.name.clone(), line.amount)).collect_view();
    let tax = (!preview.tax.is_zero()).then(|| row(text::TAX.to_owned(), preview.tax));
    let credit = (!preview.to_balance.is_zero()).then(|| row(text::CREDIT.to_owned(), preview.to_balance));
    let due = (!preview.lines.is_empty()).then(|| {
        view! {
            <tr class="total">
                <th scope="row">{text::PAY_TODAY}</th>
                <td class="number">{sentence::price(preview.due)}</td>
            </tr>
        }
    });
    let nothing = preview.lines.is_empty().then(|| view! { <p>{text::NOTHING_TODAY}</p> });
    let then = preview.next.as_ref().map(|next| {
        let price = match &next.interval {
            Some(interval) => sentence::price_per(next.amount, interval),
            None => sentence::price(next.amount),
        };
        view! { <p>{text::from_then(&sentence::day(next.at), &price)}</p> }
    });
    let losses: Vec<_> = preview.losses.iter().map(|lost| view! { <li>{loss(lost)}</li> }).collect();
    let losses = (!losses.is_empty()).then(|| {
        view! {
            <Banner tone=Tone::Notice title=text::YOU_LOSE>
                <ul>{losses}</ul>
            </Banner>
        }
    });
    view! {
        <table class="sum">
            <tbody>{lines} {tax} {credit} {due}</tbody>
        </table>
        {nothing}
        {then}
        {losses}
    }
    .into_any()
}
