//! One entry: what it means, what was tried, and what can be done.

use std::time::Duration;

use latchkey_shared::{
    api::{
        attention::{Attention, Tried},
        subscriptions::SubscriptionKey,
    },
    ids::KeyGlobalId,
    text::attention as text,
};
use leptos::prelude::*;

use super::{
    actions::{self, Asking},
    deciding::Deciding,
    groups::{next_time, who},
    table::state_badge,
};
use crate::{
    api::{Load, Shown, attention, load},
    components::{
        Banner, Card, Columns, CopyId, Crumb, Fact, Facts, Glyph, LicenceKey, OutLink, PageHeader, Timeline,
        TimelineEntry, Tone,
    },
    pages::staff::show,
    routes::{focus_heading, use_id},
};

const REFRESH: Duration = Duration::from_secs(15);

#[component]
pub fn EntryPage() -> impl IntoView {
    let id = use_id::<i64>();
    let entry = load(move || attention::get(id.get())).poll(true, REFRESH);
    entry.page(text::TITLE, 8, move |shown| draw(entry, shown))
}

fn draw(entry: Load<Attention>, shown: Shown<Attention>) -> AnyView {
    let asking = RwSignal::new(None::<Asking>);
    let done = Callback::from(move |answer: Attention| {
        entry.set(answer);
        request_animation_frame(focus_heading);
    });
    let title = Signal::derive(move || shown.with(|entry| entry.row.code.label().to_owned()));
    let main = move || {
        let entry = shown.get();
        let (detail, code) = (entry.row.detail.clone(), entry.row.code);
        view! {
            {ended(&entry)}
            <Card title=text::WHAT>
                {(!detail.is_empty()).then(|| view! { <p class="entry-what">{detail}</p> })}
                <p class="muted">{code.meaning()}</p>
                {actions::buttons(&entry.row, asking, usize::MAX)}
            </Card>
        }
    };
    let entries =
        Signal::derive(move || shown.with(|entry| entry.tried.iter().map(tried).collect::<Vec<_>>()));
    view! {
        <PageHeader title crumbs=vec![Crumb::new(text::TITLE, "/Attention")]>
            {move || shown.with(|entry| state_badge(entry.row.resolution.as_deref()))}
            {move || shown.with(|entry| who(&entry.row))}
        </PageHeader>
        <Columns aside=ViewFn::from(move || view! { {move || facts(shown.get())} }.into_any())>
            {main}
            <Card title=text::TRIED>
                <Timeline entries />
            </Card>
        </Columns>
        <Deciding asking on_done=done />
    }
    .into_any()
}

fn ended(entry: &Attention) -> AnyView {
    let Some((at, word)) = entry.row.resolved.zip(entry.row.resolution.clone()) else { return ().into_any() };
    view! {
        <Banner tone=Tone::Good title=text::IS_OVER>
            <p>{text::resolution(&word)} ", " {show::when(at)}</p>
        </Banner>
    }
    .into_any()
}

fn tried(tried: &Tried) -> TimelineEntry {
    let words = tried.text.clone();
    let by = tried.by.as_ref().map(|actor| actor.name.clone().unwrap_or_else(|| actor.source.clone()));
    TimelineEntry {
        glyph: if by.is_some() { Glyph::Person } else { Glyph::Refresh },
        tone: Tone::Neutral,
        title: ViewFn::from(move || words.clone()),
        body: None,
        at: tried.at.millis(),
        by: Some(by.unwrap_or_else(|| text::BY_ITSELF.to_owned())),
    }
}

fn facts(Attention { row, keys, .. }: Attention) -> AnyView {
    let (whose, since, seen) = (who(&row), row.since, row.seen);
    let stake = row.at_stake.map(|amount| view! { <Fact label=text::AT_STAKE>{show::money(amount)}</Fact> });
    let next = row.next_try.map(|at| view! { <Fact label=text::NEXT_TRY>{next_time(at)}</Fact> });
    let subscription = row.subscription.map(|id| {
        let href = ["/Subscriptions/", &id.to_string()].concat();
        view! { <Fact label=text::SUBSCRIPTION><a href=href>{id.to_string()}</a></Fact> }
    });
    let stripe = row.stripe_id.clone().map(|value| {
        let open = row
            .stripe_url
            .clone()
            .map(|href| view! { <p><OutLink href>{text::OPEN_IN_STRIPE}</OutLink></p> });
        view! {
            <Fact label=text::STRIPE_ID>
                <CopyId value what=text::STRIPE_ID />
                {open}
            </Fact>
        }
    });
    let key = |key: &SubscriptionKey| {
        let KeyGlobalId(id) = key.global_id;
        let href = ["/Keys/", &id.to_string()].concat();
        view! {
            <li>
                <a href=href>{latchkey_shared::text::keys::ONE} " " {key.id.to_string()}</a>
                <LicenceKey key_text=key.key.clone() />
            </li>
        }
    };
    let keys = keys.iter().map(key).collect_view();
    let keys = (!keys.is_empty()).then(|| {
        view! {
            <Card title=text::KEYS>
                <ul class="key-list">{keys}</ul>
            </Card>
        }
    });
    view! {
        <Card>
            <Facts>
                <Fact label=text::CUSTOMER>{whose}</Fact>
                {stake}
                <Fact label=text::SINCE>{show::when(since)}</Fact>
                <Fact label=text::SEEN>{show::when(seen)}</Fact>
                {next}
                {subscription}
                {stripe}
            </Facts>
        </Card>
        {keys}
    }
    .into_any()
}
