//! The pay page of a checkout session.

use super::{
    html::{alert, card_fields, date, document, escape, money, rhythm},
    not_found, page,
};
use crate::{
    FakeStripe, WebhookFate,
    billing::{
        cards,
        checkout::{Paying, trial_end},
    },
    error::ApiError,
    world::{World, number, text},
};
use axum::{
    Form,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::Value;
use std::fmt::Write as _;

/// What the customer sent.
#[derive(Deserialize, Default)]
pub(super) struct PayForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    card: String,
    #[serde(default)]
    promotion_code: String,
    /// `prompt`, `delayed` or `lost`.
    #[serde(default)]
    webhooks: String,
    /// What the customer answered when the bank asked: `yes` or `no`.
    #[serde(default)]
    confirmed: String,
}

pub(super) async fn show(State(fake): State<FakeStripe>, Path(id): Path<String>) -> Response {
    let world = fake.world();
    let Ok(session) = world.find("checkout.session", &id) else { return not_found() };
    if session["status"] != "open" {
        return page(StatusCode::GONE, closed(session));
    }
    page(StatusCode::OK, form(&world, session, &PayForm::default(), None))
}

pub(super) async fn submit(
    State(fake): State<FakeStripe>,
    Path(id): Path<String>,
    Form(sent): Form<PayForm>,
) -> Response {
    let answer = pay(&mut fake.world(), &id, &sent);
    fake.wake_deliveries();
    answer
}

fn pay(world: &mut World, id: &str, sent: &PayForm) -> Response {
    let Ok(session) = world.find("checkout.session", id).cloned() else { return not_found() };
    if session["status"] != "open" {
        return page(StatusCode::GONE, closed(&session));
    }
    let card = cards::by_number(&sent.card);
    if card.is_none() && !sent.card.trim().is_empty() {
        return again(world, &session, sent, "Your card number is invalid.");
    }
    if card.is_some_and(cards::TestCard::authenticates) {
        match sent.confirmed.as_str() {
            "yes" => {}
            "no" => {
                return again(
                    world,
                    &session,
                    sent,
                    "The bank could not confirm that it is you. Try another card.",
                );
            }
            _ => return page(StatusCode::OK, ask_to_confirm(sent)),
        }
    }
    let paying = Paying {
        card,
        authenticated: sent.confirmed == "yes",
        email: Some(sent.email.trim().to_owned()).filter(|email| !email.is_empty()),
        promotion_code: Some(sent.promotion_code.clone()),
        fate: WebhookFate::named(&sent.webhooks).unwrap_or_default(),
    };
    match world.complete_checkout(id, &paying) {
        Ok(()) => leave(&session),
        Err(error) => again(world, &session, sent, &told(&error)),
    }
}

fn told(error: &ApiError) -> String {
    if error.body.get("param").is_some_and(|param| param == "card") {
        return "Enter a card number.".to_owned();
    }
    error.message().to_owned()
}

fn again(world: &World, session: &Value, sent: &PayForm, message: &str) -> Response {
    page(StatusCode::PAYMENT_REQUIRED, form(world, session, sent, Some(message)))
}

/// Back to the shop.
fn leave(session: &Value) -> Response {
    let target = text(session, "success_url").replace("{CHECKOUT_SESSION_ID}", text(session, "id"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, target), (header::CACHE_CONTROL, "no-store".to_owned())])
        .into_response()
}

fn form(world: &World, session: &Value, sent: &PayForm, problem: Option<&str>) -> String {
    let trial = trial_end(session, world.now());
    let due = if trial.is_some() { 0 } else { number(session, "amount_total") };
    let currency = text(session, "currency");
    let mut main = String::new();
    let _ = write!(main, "<h1>{}</h1>", if session["mode"] == "payment" { "Pay" } else { "Subscribe" });
    main.push_str(&order(world, session, due, trial));
    if let Some(problem) = problem {
        main.push_str(&alert(problem));
    }
    main.push_str("<form class=\"panel\" method=\"post\"><h2>Payment</h2>");
    let known = session["customer_details"]["email"].as_str().or_else(|| session["customer_email"].as_str());
    let email = if sent.email.is_empty() { known.unwrap_or_default() } else { &sent.email };
    let _ = write!(
        main,
        "<div class=\"field\"><label for=\"email\">E-mail</label><input id=\"email\" name=\"email\" type=\"email\" \
         autocomplete=\"email\" required value=\"{}\"></div>",
        escape(email)
    );
    if due > 0 || session["payment_method_collection"] == "always" {
        main.push_str(&card_fields(&sent.card));
    }
    if session["allow_promotion_codes"] == true {
        let _ = write!(
            main,
            "<div class=\"field\"><label for=\"promotion_code\">Promotion code (if you have one)</label>\
             <input id=\"promotion_code\" name=\"promotion_code\" autocomplete=\"off\" value=\"{}\"></div>",
            escape(&sent.promotion_code)
        );
    }
    let verb = match () {
        () if due > 0 => format!("Pay {}", money(due, currency)),
        () if trial.is_some() => "Start trial".to_owned(),
        () => "Subscribe".to_owned(),
    };
    let _ = write!(
        main,
        "<button class=\"wide\" name=\"webhooks\" value=\"prompt\">{}</button>\
         <p class=\"quiet\">For trying out what happens when the message to the shop goes astray:</p>\
         <div class=\"more\"><button class=\"plain\" name=\"webhooks\" value=\"delayed\">Pay but delay the webhook</button>\
         <button class=\"plain\" name=\"webhooks\" value=\"lost\">Pay but lose the webhook</button></div></form>",
        escape(&verb)
    );
    if let Some(back) = session["cancel_url"].as_str() {
        let _ = write!(main, "<p><a href=\"{}\">Back to the shop</a></p>", escape(back));
    }
    document("Simulated payment", &main)
}

fn order(world: &World, session: &Value, due: i64, trial: Option<i64>) -> String {
    let currency = text(session, "currency");
    let mut order = String::from("<section><h2>Your order</h2><dl>");
    for item in session["_line_items"].as_array().into_iter().flatten() {
        let price = world.store.get(text(item, "price")).cloned().unwrap_or_default();
        let _ = write!(
            order,
            "<dt>{} × {}</dt><dd>{}{}</dd>",
            number(item, "quantity"),
            escape(text(item, "description")),
            money(number(item, "amount_total"), currency),
            escape(&rhythm(&price))
        );
    }
    let discount = number(&session["total_details"], "amount_discount");
    if discount > 0 {
        let _ = write!(order, "<dt>Discount</dt><dd>{}</dd>", money(-discount, currency));
    }
    let _ = write!(
        order,
        "<dt class=\"total\">Due today</dt><dd class=\"total\">{}</dd></dl>",
        money(due, currency)
    );
    if let Some(end) = trial {
        let _ = write!(order, "<p class=\"quiet\">Free until {}.</p>", date(end));
    }
    order.push_str("</section>");
    order
}

/// The page on which the customer's bank asks.
fn ask_to_confirm(sent: &PayForm) -> String {
    let mut main = String::from(
        "<h1>Confirm with your bank</h1><p>This simulated card wants the payment confirmed, as a bank's own page \
         would.</p><form class=\"panel\" method=\"post\">",
    );
    for (name, value) in [
        ("email", &sent.email),
        ("card", &sent.card),
        ("promotion_code", &sent.promotion_code),
        ("webhooks", &sent.webhooks),
    ] {
        let _ = write!(main, "<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escape(value));
    }
    main.push_str(
        "<div class=\"more\"><button name=\"confirmed\" value=\"yes\">Confirm</button>\
         <button class=\"plain\" name=\"confirmed\" value=\"no\">Refuse</button></div></form>",
    );
    document("Confirm with your bank", &main)
}

fn closed(session: &Value) -> String {
    let (title, words) = if session["status"] == "complete" {
        ("Already paid", "This order is complete. You can close this page or go back to the shop.")
    } else {
        ("This page has expired", "Go back to the shop and begin again; nothing was charged.")
    };
    let back = session["success_url"].as_str().filter(|_| session["status"] == "complete");
    let back = back.map(|url| url.replace("{CHECKOUT_SESSION_ID}", text(session, "id")));
    let back = back.or_else(|| session["cancel_url"].as_str().map(str::to_owned));
    let link = back
        .map_or_else(String::new, |url| format!("<p><a href=\"{}\">Back to the shop</a></p>", escape(&url)));
    document(title, &format!("<h1>{title}</h1><p>{words}</p>{link}"))
}
