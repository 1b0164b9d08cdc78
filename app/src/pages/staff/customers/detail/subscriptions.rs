//! What the customer pays for.

use latchkey_shared::{
    api::{changes::BalanceEntry, customers::Customer, subscriptions::SubscriptionRow},
    ids::CustomerId,
    permission::Permission as May,
    status::SubscriptionStatus,
    text::{changes, customers as text},
};
use leptos::prelude::*;

use crate::{
    api::{self, Shown, load},
    components::{Banner, ButtonLink, Card, EmptyState, Fact, Facts, Glyph, OutLink, Tone, now_ms},
    pages::staff::show::{self, may},
};

/// All of them, ended ones too.
pub fn subscriptions(shown: Shown<Customer>) -> AnyView {
    let body = move || {
        let rows = shown.with(|shown| shown.subscriptions.clone());
        if rows.is_empty() {
            view! {
                <EmptyState title=text::NO_SUBSCRIPTIONS body=text::NO_SUBSCRIPTIONS_BODY glyph=Glyph::Subscription />
            }
            .into_any()
        } else {
            rows.iter().map(subscription_card).collect_view().into_any()
        }
    };
    let add = may(May::SubscriptionsWrite).then(|| {
        let href = ["/Subscriptions/New/", &shown.with_untracked(|shown| shown.id.to_string())].concat();
        view! {
            <div class="button-row">
                <ButtonLink href icon=Glyph::Plus>
                    {changes::ADD}
                </ButtonLink>
            </div>
        }
    });
    view! { {add} {balance(shown.with_untracked(|shown| shown.id))} {body} }.into_any()
}

/// What the customer has with the vendor, where there is anything.
fn balance(customer: CustomerId) -> AnyView {
    if !may(May::SubscriptionsRead) {
        return ().into_any();
    }
    let balance = load(move || api::changes::balance(customer));
    let card = move || {
        let balance = balance.get().filter(|balance| !balance.entries.is_empty())?;
        let totals = balance
            .totals
            .iter()
            .map(|total| view! { <strong>{show::money(*total)}</strong> })
            .collect_view();
        let entry = |entry: &BalanceEntry| {
            let (at, amount, text) = (entry.at, entry.amount, entry.text.clone());
            view! {
                <tr>
                    <th scope="row">{text} <span class="muted line-note">{show::day(at)}</span></th>
                    <td class="number">{show::money(amount)}</td>
                </tr>
            }
        };
        let entries = balance.entries.iter().map(entry).collect_view();
        Some(view! {
            <Card title=changes::BALANCE>
                <p>{totals}</p>
                <table class="sum">
                    <tbody>{entries}</tbody>
                </table>
            </Card>
        })
    };
    view! { {card} }.into_any()
}

/// One subscription with what is paid, until when, and its keys.
pub fn subscription_card(row: &SubscriptionRow) -> AnyView {
    let title = [row.product_name.as_str(), " ", &row.plan_name].concat();
    let status = row.status;
    let stripe = row.stripe_url.clone();
    let page = may(May::SubscriptionsRead).then(|| ["/Subscriptions/", &row.id.to_string()].concat());
    let actions = move || {
        let stripe = stripe.clone().map(|href| view! { <OutLink href>{text::STRIPE_OPEN}</OutLink> });
        view! { {show::badge(show::tone(status.tone()), status.label())} {stripe} }.into_any()
    };
    let price = row.price.map(|price| {
        let every = row.interval.as_ref().map(show::every);
        view! {
            <Fact label=text::PRICE>
                {show::money(price)} " " <span class="muted">{every}</span>
            </Fact>
        }
    });
    let quantity = row.quantity;
    let quantity = (quantity > 1).then(|| view! { <Fact label=text::QUANTITY>{quantity}</Fact> });
    let extras = show::extras(&row.extras);
    let ending = row.ended.or(row.cancels_at);
    let renewing =
        matches!(status, SubscriptionStatus::Trial | SubscriptionStatus::Active) && ending.is_none();
    let dates = [
        (text::TRIAL_ENDS, row.trial_ends.filter(|_| status.is_live())),
        (if renewing { text::NEXT_PAYMENT } else { text::PAID_THROUGH }, row.paid_through),
        (if row.ended.is_some() { text::ENDED } else { text::CANCELS }, ending),
    ];
    let dates = dates.into_iter().filter_map(|(label, at)| {
        let at = at?;
        // Further away, "in words" is the day itself.
        let near = (at.millis() - now_ms()).abs() < 30 * 86_400_000;
        let in_words = near.then(|| view! { <span class="muted">" · " {show::when(at)}</span> });
        Some(view! { <Fact label=label>{show::day(at)} {in_words}</Fact> })
    });
    let keys = row.keys.iter().map(|key| {
        let href = ["/Keys/", &key.global_id.to_string()].concat();
        view! { <a href=href><code>{key.key.clone()}</code></a> }.into_any()
    });
    let keys = keys.collect_view();
    let keys = (!row.keys.is_empty()).then(|| view! { <Fact label=text::KEY>{keys}</Fact> });
    let pending = row.key_pending.then(|| view! { <Banner tone=Tone::Notice title=text::KEY_PENDING /> });
    let plan = match page {
        Some(href) => view! { <a href=href>{row.plan_name.clone()}</a> }.into_any(),
        None => row.plan_name.clone().into_any(),
    };
    view! {
        <Card title actions>
            {pending}
            <Facts>
                <Fact label=text::PLAN>{plan}</Fact>
                {price}
                {quantity} {extras}
                {dates.collect_view()}
                {keys}
            </Facts>
        </Card>
    }
    .into_any()
}
