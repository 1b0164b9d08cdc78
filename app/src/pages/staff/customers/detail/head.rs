//! Who it is, how it stands, what can be done.

use latchkey_shared::{
    api::{customers::Customer, subscriptions::SubscriptionRow},
    permission::Permission as May,
    status::AccountStatus,
    text::customers as text,
    time::Timestamp,
};
use leptos::prelude::*;

use super::{account::account_dialog, steering::steering};
use crate::{
    api::{Load, Shown},
    components::{
        Banner, ButtonLink, CopyId, Crumb, Glyph, Icon, Menu, MenuItem, PageHeader, Ring, Tone, now_ms,
    },
    pages::staff::{choose_product::product_dialog, customers::headline_badge, show::may},
};

const DAY: i64 = 86_400_000;

/// The page's head, with the dialogs that its actions open.
pub fn head(customer: Load<Customer>, shown: Shown<Customer>) -> AnyView {
    let asking = RwSignal::new(false);
    let choosing = RwSignal::new(false);
    let name = Memo::new(move |_| shown.with(|shown| shown.name.clone()));
    let to_customer =
        Signal::derive(move || shown.with(|shown| ["?customer=", &shown.id.to_string()].concat()));
    let disabled = Memo::new(move |_| shown.with(|shown| shown.account == AccountStatus::Disabled));
    let banner = move || {
        disabled.get().then(|| {
            view! {
                <Banner tone=Tone::Bad title=text::DISABLED_BANNER>
                    <p>{text::DISABLED_BANNER_TEXT}</p>
                </Banner>
            }
        })
    };
    view! {
        <div class="customer-head">
            <PageHeader
                title=name
                crumbs=vec![Crumb::new(text::TITLE, "/Customers")]
                actions=ViewFn::from(move || actions(shown, disabled, asking, choosing))
            >
                {facts(shown)}
            </PageHeader>
            {move || shown.with(next_date)}
        </div>
        {banner}
        {account_dialog(asking, customer, shown)}
        {product_dialog(choosing, to_customer)}
    }
    .into_any()
}

fn facts(shown: Shown<Customer>) -> AnyView {
    let link = |glyph: Glyph, scheme: &str, value: &str| {
        (!value.is_empty()).then(|| {
            view! {
                <a class="fact-link" href=[scheme, value].concat()>
                    <Icon glyph />
                    {value.to_owned()}
                </a>
            }
        })
    };
    let email = move || shown.with(|shown| link(Glyph::Mail, "mailto:", &shown.email));
    let phone = move || shown.with(|shown| link(Glyph::Device, "tel:", &shown.phone));
    let company = Memo::new(move |_| shown.with(|shown| shown.company.clone()));
    view! {
        {move || headline_badge(shown.with(|shown| shown.headline))}
        <span>{company}</span>
        <span>
            {text::ID} " "
            <CopyId value=Signal::derive(move || shown.with(|shown| shown.id.to_string())) what=text::CUSTOMER_ID />
        </span>
        {email}
        {phone}
    }
    .into_any()
}

fn actions(
    shown: Shown<Customer>,
    disabled: Memo<bool>,
    asking: RwSignal<bool>,
    choosing: RwSignal<bool>,
) -> AnyView {
    let at = move |path: &'static str| {
        Signal::derive(move || shown.with(|shown| ["/Customers/", &shown.id.to_string(), path].concat()))
    };
    let message = may(May::CommunicationsWrite).then(|| {
        view! {
            <ButtonLink href=at("/messages") icon=Glyph::Mail>
                {text::MESSAGE}
            </ButtonLink>
        }
    });
    let change = may(May::CustomersWrite).then(|| {
        view! {
            <ButtonLink href=at("/edit") icon=Glyph::Edit>
                {text::EDIT}
            </ButtonLink>
        }
    });
    let (keys, access) = (may(May::KeysWrite), may(May::CustomersWrite));
    let items = move || {
        let add_key = keys.then(|| {
            view! {
                <MenuItem icon=Glyph::Key on_press=move || choosing.set(true)>
                    {text::ADD_KEY}
                </MenuItem>
            }
        });
        let set_access = access.then(|| {
            view! {
                <MenuItem icon=Glyph::Lock danger=!disabled.get_untracked() on_press=move || asking.set(true)>
                    {move || if disabled.get() { text::ENABLE } else { text::DISABLE }}
                </MenuItem>
            }
        });
        view! { {add_key} {set_access} }
    };
    let more = (keys || access).then(|| view! { <Menu label=text::MORE>{items()}</Menu> });
    view! { {steering(shown)} {message} {change} {more} }.into_any()
}

/// Days till the next renewal, or till the end, of the subscription that comes first.
fn next_date(customer: &Customer) -> AnyView {
    let next = customer
        .subscriptions
        .iter()
        .filter(|subscription| subscription.status.is_live())
        .filter_map(|subscription| Some((upcoming(subscription)?, subscription)))
        .min_by_key(|(at, _)| *at);
    let Some((at, subscription)) = next else { return ().into_any() };
    // A day that has begun counts, as it does for the customer.
    let left = ((at.millis() - now_ms()).div_euclid(DAY) + 1).max(0);
    let ends = subscription.cancels_at.is_some();
    let tone = if ends { Tone::Notice } else { Tone::Good };
    view! {
        <div class="customer-ring">
            <Ring left of=period_days(subscription) unit=if left == 1 { text::DAY } else { text::DAYS } tone=Signal::stored(tone) />
            <span class="muted">{if ends { text::ENDS } else { text::RENEWS }}</span>
        </div>
    }
    .into_any()
}

fn upcoming(subscription: &SubscriptionRow) -> Option<Timestamp> {
    subscription.cancels_at.or(subscription.trial_ends).or(subscription.paid_through)
}

/// About how many days one period has: what the ring is full with.
fn period_days(subscription: &SubscriptionRow) -> i64 {
    use latchkey_shared::api::catalog::IntervalUnit;
    subscription.interval.as_ref().map_or(30, |interval| {
        let days = match interval.unit {
            IntervalUnit::Day => 1,
            IntervalUnit::Week => 7,
            IntervalUnit::Month => 30,
            IntervalUnit::Year => 365,
        };
        days * interval.count
    })
}
