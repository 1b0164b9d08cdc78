//! Extra products beside the base: ticked, each with its number of pieces.

use latchkey_shared::{api::changes::WantedItem, text::changes as text};
use leptos::prelude::*;

use crate::components::{CheckboxField, NumberField};

/// An extra product in one of its plans. A copyable handle.
#[derive(Clone, Copy)]
pub struct Extra {
    plan: i64,
    on: RwSignal<bool>,
    quantity: RwSignal<Option<i64>>,
}

/// Some pieces of a plan; nothing while the number is missing.
pub fn wanted(plan: i64, quantity: Option<i64>) -> Option<WantedItem> {
    let quantity = u32::try_from(quantity?).ok().filter(|quantity| *quantity > 0)?;
    Some(WantedItem { plan: plan.into(), quantity })
}

impl Extra {
    /// `held`: how many pieces the customer has.
    pub fn new(plan: i64, held: Option<u32>) -> Self {
        Self {
            plan,
            on: RwSignal::new(held.is_some()),
            quantity: RwSignal::new(Some(held.map_or(1, i64::from))),
        }
    }

    /// Whether it is ticked, tracked.
    pub fn is_on(self) -> bool {
        self.on.get()
    }

    /// What of it is wanted, tracked.
    pub fn wanted(self) -> Option<WantedItem> {
        wanted(self.plan, self.quantity.get())
    }

    pub fn draw(self, label: String) -> AnyView {
        view! {
            <div class="extra-row">
                <CheckboxField name=format!("extra{}", self.plan) value=self.on>{label}</CheckboxField>
                <Show when=move || self.on.get()>
                    <NumberField
                        name=format!("extra{}quantity", self.plan)
                        label=text::QUANTITY
                        value=self.quantity
                        min=1
                        max=10_000
                    />
                </Show>
            </div>
        }
        .into_any()
    }
}
