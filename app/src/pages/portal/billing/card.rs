//! The card on file, and the way to Stripe's own pages.

use latchkey_shared::{api::portal, text::portal::billing as words};
use leptos::prelude::*;

use super::super::sentence;
use crate::{
    api::{self, use_sender},
    components::{Button, Card, Glyph, use_toasts},
};

pub fn card(card: Option<&portal::Card>, can_manage: bool) -> AnyView {
    let shown = match card {
        None => view! { <p class="muted">{words::NO_CARD}</p> }.into_any(),
        Some(card) => view! {
            <p>{words::card_ending(&brand(&card.brand), &card.last4)}</p>
            <p class="muted">{words::CARD_EXPIRES} " " {sentence::card_expiry(card)}</p>
        }
        .into_any(),
    };
    view! {
        <Card title=words::CARD>
            <div class="pay-card">
                {shown}
                {can_manage.then(open_stripe)}
            </div>
        </Card>
    }
    .into_any()
}

fn open_stripe() -> AnyView {
    let sender = use_sender();
    let toasts = use_toasts();
    let leaving = RwSignal::new(false);
    let press = move || {
        leaving.set(true);
        sender.send(api::portal::billing_portal(), move |answer| {
            leaving.set(false);
            match answer {
                // Only an invalid address could be refused.
                Ok(portal) => drop(window().location().set_href(&portal.url)),
                Err(problem) => toasts.bad(problem.message()),
            }
        });
    };
    view! {
        <Button icon=Glyph::External busy=leaving on_press=press>
            {words::OPEN_STRIPE}
        </Button>
        <p class="muted small">{words::OPEN_STRIPE_HELP}</p>
    }
    .into_any()
}

/// Stripe's word for a card's make, as people write it.
fn brand(word: &str) -> String {
    match word {
        "amex" => "American Express".to_owned(),
        "diners" => "Diners Club".to_owned(),
        "jcb" => "JCB".to_owned(),
        "mastercard" => "Mastercard".to_owned(),
        "unionpay" => "UnionPay".to_owned(),
        "visa" => "Visa".to_owned(),
        "discover" => "Discover".to_owned(),
        _ => words::CARD.to_owned(),
    }
}
