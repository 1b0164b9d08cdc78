//! The extras, each with its price, to be added or dropped.

use latchkey_shared::{ids::PlanId, text::portal::changes as text};
use leptos::prelude::*;

use super::{
    super::sentence,
    offer::{Extra, Offer, Wanted, is_wanted},
};

/// Ticked is what is held afterwards. Of several plans of one product only one can be.
pub fn extras(offer: StoredValue<Offer>, base: Memo<Option<PlanId>>, wanted: RwSignal<Wanted>) -> AnyView {
    // Drawn anew with another base only, so that the focus stays where something was ticked.
    let offered = Memo::new(move |_| base.get().map(|base| offer.with_value(|offer| offer.extras(base))));
    let list = move || {
        let extras = offered.get().unwrap_or_default();
        if extras.is_empty() {
            return ().into_any();
        }
        let among = StoredValue::new(extras.clone());
        let cards = extras.into_iter().map(|extra| card(extra, among, wanted)).collect_view();
        view! {
            <fieldset class="field choice-cards">
                <legend class="field-label">{text::EXTRAS}</legend>
                <div class="choice-list">{cards}</div>
            </fieldset>
        }
        .into_any()
    };
    view! { {list} }.into_any()
}

fn card(extra: Extra, among: StoredValue<Vec<Extra>>, wanted: RwSignal<Wanted>) -> AnyView {
    let (product, plan, held) = (extra.product, extra.plan, extra.held);
    let title = sentence::plan_title(&extra.product_name, &extra.plan_name);
    let title = if held > 1 { text::pieces(held, &title) } else { title };
    let price = extra.price.map(|price| match &extra.interval {
        Some(interval) => sentence::price_per(price, interval),
        None => sentence::price(price),
    });
    let on =
        Memo::new(move |_| wanted.with(|wanted| among.with_value(|among| is_wanted(&extra, among, wanted))));
    let toggle = move |event| {
        let ticked = event_target_checked(&event);
        wanted.update(|wanted| {
            if ticked {
                wanted.insert(product, plan);
            } else {
                wanted.remove(&product);
            }
        });
    };
    let standing = move || text::extra_standing(held > 0, on.get()).map(|words| [" · ", words].concat());
    view! {
        <label class="choice-card">
            <input type="checkbox" name="extra" value=plan.to_string() prop:checked=on on:change=toggle />
            <span class="choice-text">
                <span class="choice-label">{title}</span>
                <span class="choice-note">{price} {standing}</span>
            </span>
        </label>
    }
    .into_any()
}
