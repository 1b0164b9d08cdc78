//! The plans with what choosing one does: open Stripe's pay page.

use std::time::Duration;

use latchkey_shared::{
    api::portal::{Plans, StartCheckout},
    text::portal::home as words,
};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::plan_cards::PlanCards;
use crate::{
    api::{self, Shown, load, use_sender},
    components::{Banner, EmptyState, Glyph, Skeleton, Tone, use_toasts},
};

const ASK_EVERY: Duration = Duration::from_secs(15);

/// The plans offered to this customer, loaded, and bought by a press.
#[component]
pub fn PlanShop() -> impl IntoView {
    let plans = load(api::portal::plans).poll(true, ASK_EVERY);
    let sender = use_sender();
    let toasts = use_toasts();
    let choosing = RwSignal::new(None::<i64>);
    forget_on_return(choosing);
    let choose = Callback::from(move |plan: i64| {
        if choosing.get_untracked().is_some() {
            return;
        }
        choosing.set(Some(plan));
        sender.send(api::portal::start_checkout(&StartCheckout { plan }), move |answer| {
            // The choice stays marked while the browser leaves for the pay page.
            let left = answer.map(|started| window().location().set_href(&started.url).is_ok());
            if let Err(problem) = left {
                choosing.set(None);
                toasts.bad(problem.message());
                plans.refresh();
            }
        });
    });
    let draw = move |shown: Shown<Plans>| {
        view! { {move || shown.with(|plans| offer(plans, choosing.into(), choose))} }.into_any()
    };
    plans.view_or(waiting, draw)
}

fn offer(plans: &Plans, choosing: Signal<Option<i64>>, on_choose: Callback<(i64,)>) -> AnyView {
    let can_buy = plans.unavailable.is_none();
    let why = plans.unavailable.clone().map(|why| {
        view! {
            <Banner tone=Tone::Notice title=words::UNAVAILABLE>
                <p>{why}</p>
            </Banner>
        }
    });
    if plans.products.iter().all(|group| group.plans.is_empty()) {
        return match why {
            Some(why) => why.into_any(),
            None => {
                view! { <EmptyState title=words::NO_PLANS body=words::NO_PLANS_BODY glyph=Glyph::Cart /> }
                    .into_any()
            }
        };
    }
    view! {
        {why}
        <PlanCards groups=plans.products.clone() can_buy choosing on_choose />
    }
    .into_any()
}

fn waiting() -> AnyView {
    let card = |()| view! { <div class="card plan"><Skeleton lines=6 /></div> };
    view! { <div class="plan-cards">{[(), (), ()].map(card).collect_view()}</div> }.into_any()
}

/// Somebody who comes back from the pay page by the browser's own button finds the page as they left it, with the
/// choice still marked.
fn forget_on_return(choosing: RwSignal<Option<i64>>) {
    let returned = window_event_listener(ev::Custom::<ev::Event>::new("pageshow"), move |event| {
        let kept = event
            .dyn_ref::<web_sys::PageTransitionEvent>()
            .is_some_and(web_sys::PageTransitionEvent::persisted);
        if kept {
            choosing.set(None);
        }
    });
    on_cleanup(move || returned.remove());
}
