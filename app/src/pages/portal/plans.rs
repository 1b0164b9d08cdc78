//! Choosing a plan.

use latchkey_shared::text::portal::home as words;
use leptos::prelude::*;

use super::plan_shop::PlanShop;
use crate::{
    components::{Banner, PageHeader},
    hooks::use_query_state,
};

/// `/Portal/Plans`. With `?cancelled=` the customer came back from the pay page without paying.
#[component]
pub fn PlansPage() -> impl IntoView {
    let query = use_query_state();
    let came_back = query.memo("cancelled");
    let banner = move || {
        came_back.get().map(|_| {
            let on_dismiss = move || query.replace(&[("cancelled", None)]);
            view! {
                <Banner title=words::CANCELLED_TITLE on_dismiss>
                    <p>{words::CANCELLED_BODY}</p>
                </Banner>
            }
        })
    };
    view! {
        <PageHeader title=words::PLANS_TITLE />
        {banner}
        <PlanShop />
    }
    .into_any()
}
