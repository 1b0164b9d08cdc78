//! Renew and Change in the customer's head: a button where there is one subscription, a menu where there are several.

use latchkey_shared::{
    api::{customers::Customer, subscriptions::SubscriptionRow},
    permission::Permission as May,
    status::SubscriptionStatus,
    text::changes as text,
};
use leptos::prelude::*;

use crate::{
    api::Shown,
    components::{ButtonLink, Look, Menu, MenuLink},
    pages::staff::show::may,
};

/// A subscription that something can be done with: its address, and what it is called.
type Target = (String, String);

/// The buttons; nothing for whoever may not, and where there is nothing to renew or change.
pub fn steering(shown: Shown<Customer>) -> AnyView {
    if !may(May::SubscriptionsWrite) {
        return ().into_any();
    }
    let targets = move |page: &'static str, fits: fn(&SubscriptionRow) -> bool| {
        Memo::new(move |_| {
            shown.with(|shown| {
                let fitting = shown.subscriptions.iter().filter(|row| fits(row));
                fitting.map(|row| target(row, page)).collect::<Vec<_>>()
            })
        })
    };
    let renew = targets("/Renew", can_renew);
    let change = targets("/Change", can_change);
    view! {
        {move || renew.with(|targets| draw((text::RENEW, text::RENEW_TITLE), targets))}
        {move || change.with(|targets| draw((text::CHANGE, text::CHANGE_TITLE), targets))}
    }
    .into_any()
}

/// What Stripe bills renews by itself.
fn can_renew(row: &SubscriptionRow) -> bool {
    row.stripe_id.is_none()
        && !matches!(row.status, SubscriptionStatus::Paused | SubscriptionStatus::Cancelled)
}

fn can_change(row: &SubscriptionRow) -> bool {
    let goes_on = row.stripe_id.is_none() || row.status.is_live();
    row.ended.is_none() && row.status != SubscriptionStatus::Paused && goes_on
}

fn target(row: &SubscriptionRow, page: &str) -> Target {
    let name = [row.product_name.as_str(), " ", &row.plan_name].concat();
    (["/Subscriptions/", &row.id.to_string(), page].concat(), name)
}

/// `word` stands on the button; a menu is called `whole`, since other things on the page are renewed and changed too.
fn draw((word, whole): (&'static str, &'static str), targets: &[Target]) -> AnyView {
    match targets {
        [] => ().into_any(),
        [(href, _)] => view! {
            <ButtonLink href=href.clone() look=Look::Secondary>
                {word}
            </ButtonLink>
        }
        .into_any(),
        several => {
            let several = several.to_vec();
            let items = move || {
                let link = |(href, name): &Target| {
                    let name = name.clone();
                    view! { <MenuLink href=href.clone()>{name}</MenuLink> }.into_any()
                };
                several.iter().map(link).collect_view()
            };
            view! {
                <Menu label=whole word>
                    {items()}
                </Menu>
            }
            .into_any()
        }
    }
}
