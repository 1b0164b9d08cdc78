//! The API's values as the kit shows them.

use latchkey_shared::{
    api::catalog::{Interval, IntervalUnit},
    ids::CustomerId,
    money::Money as Amount,
    permission::Permission,
    status,
    text::{listing as text, subscriptions},
    time::Timestamp,
};
use leptos::prelude::*;

use crate::{
    components::{Badge, Fact, Money, TimeStyle, Tone, When},
    hooks::use_effect,
    session::use_session,
};

/// The kit's tone for a status's.
pub const fn tone(tone: status::Tone) -> Tone {
    match tone {
        status::Tone::Neutral => Tone::Neutral,
        status::Tone::Good => Tone::Good,
        status::Tone::Warning => Tone::Notice,
        status::Tone::Bad => Tone::Bad,
    }
}

/// A word with its colour.
pub fn badge(tone: Tone, word: &'static str) -> AnyView {
    view! { <Badge tone=Signal::stored(tone) text=word /> }.into_any()
}

/// An amount with its currency.
pub fn money(amount: Amount) -> AnyView {
    view! { <Money minor=amount.minor currency=amount.currency.code().to_owned() /> }.into_any()
}

/// How long ago or ahead.
pub fn when(at: Timestamp) -> AnyView {
    view! { <When at=at.millis() /> }.into_any()
}

/// The day, with the exact time on hover.
pub fn day(at: Timestamp) -> AnyView {
    view! { <When at=at.millis() style=TimeStyle::Day /> }.into_any()
}

/// What is in a subscription besides its plan; nothing where that is all.
pub fn extras(names: &[String]) -> AnyView {
    let names = names.join(", ");
    (!names.is_empty()).then(|| view! { <Fact label=subscriptions::EXTRAS>{names}</Fact> }).into_any()
}

/// The day, or `otherwise` in quiet letters.
pub fn day_or(at: Option<Timestamp>, otherwise: &'static str) -> AnyView {
    match at {
        Some(at) => day(at),
        None => quiet(otherwise),
    }
}

/// Words that stand for the lack of something.
pub fn quiet(words: &'static str) -> AnyView {
    view! { <span class="muted">{words}</span> }.into_any()
}

/// `every month`, `every 3 months`.
pub fn every(interval: &Interval) -> String {
    let (one, more) = match interval.unit {
        IntervalUnit::Day => text::DAY,
        IntervalUnit::Week => text::WEEK,
        IntervalUnit::Month => text::MONTH,
        IntervalUnit::Year => text::YEAR,
    };
    text::every(interval.count, one, more)
}

/// Whether the signed-in person may do this. Not tracked: a role does not change while a page is open.
pub fn may(permission: Permission) -> bool {
    untrack(|| use_session().may(permission))
}

/// A link to a customer's page.
pub fn customer(id: CustomerId, name: String) -> AnyView {
    let href = ["/Customers/", &id.to_string()].concat();
    if may(Permission::CustomersRead) {
        view! { <a class="cell-text" href=href title=name.clone()>{name.clone()}</a> }.into_any()
    } else {
        name.into_any()
    }
}

/// The `open` of a dialog that is about what `held` holds: true while it holds something; closing empties it.
pub fn open_while<T: Send + Sync + 'static>(held: RwSignal<Option<T>>) -> RwSignal<bool> {
    let open = RwSignal::new(false);
    use_effect(move || {
        if held.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move |was_open: Option<bool>| {
        let now = open.get();
        if was_open == Some(true) && !now {
            held.set(None);
        }
        now
    });
    open
}

/// The `open` of a panel that shows what the address names; closing it takes that out of the address.
pub fn open_beside<T: Send + Sync + 'static>(
    shown: Signal<Option<T>>,
    on_close: Callback<()>,
) -> RwSignal<bool> {
    let open = RwSignal::new(false);
    use_effect(move || open.set(shown.with(Option::is_some)));
    Effect::new(move |was_open: Option<bool>| {
        let now = open.get();
        if was_open == Some(true) && !now && shown.with_untracked(Option::is_some) {
            on_close.run(());
        }
        now
    });
    open
}
