//! The billing portal: card, subscriptions, invoices.

use super::{
    html::{alert, card_fields, date, document, escape, money, rhythm},
    not_found, page,
};
use crate::{
    FakeStripe,
    billing::{
        cards,
        lifecycle::{is_over, last_period_end},
    },
    world::{World, number, text},
};
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use serde_json::Value;
use std::fmt::Write as _;

/// How long a visit's address works, in seconds.
const VISIT: i64 = 3_600;

/// A new card.
#[derive(Deserialize)]
pub(super) struct CardForm {
    card: String,
}

pub(super) async fn show(State(fake): State<FakeStripe>, Path(id): Path<String>) -> Response {
    let world = fake.world();
    let Some(session) = visit(&world, &id) else { return not_found() };
    let flow = &session["flow"];
    if flow["type"] == "subscription_cancel" {
        let subscription = text(&flow["subscription_cancel"], "subscription");
        return Redirect::to(&format!("/portal/{id}/cancel/{subscription}")).into_response();
    }
    page(StatusCode::OK, overview(&world, session, None))
}

pub(super) async fn change_card(
    State(fake): State<FakeStripe>,
    Path(id): Path<String>,
    Form(sent): Form<CardForm>,
) -> Response {
    let answer = {
        let mut world = fake.world();
        let Some(session) = visit(&world, &id).cloned() else { return not_found() };
        let Some(card) = cards::by_number(&sent.card) else {
            let body = overview(&world, &session, Some("Your card number is invalid."));
            return page(StatusCode::UNPROCESSABLE_ENTITY, body);
        };
        if let Some(error) = card.first_payment().error() {
            return page(StatusCode::PAYMENT_REQUIRED, overview(&world, &session, Some(error.message())));
        }
        world.use_card_everywhere(text(&session, "customer"), card);
        back_to(&id, &session)
    };
    fake.wake_deliveries();
    answer
}

pub(super) async fn confirm_cancel(
    State(fake): State<FakeStripe>,
    Path((id, subscription)): Path<(String, String)>,
) -> Response {
    let world = fake.world();
    let Some(subscription) = own_subscription(&world, &id, &subscription) else { return not_found() };
    let main = format!(
        "<h1>Cancel the subscription?</h1><section><p>{}</p><p>It stays usable until {}, and nothing more is charged.</p>\
         <form method=\"post\"><div class=\"more\"><button>Cancel subscription</button></div></form>\
         <p><a href=\"/portal/{}\">Go back</a></p></section>",
        escape(&described(&world, &subscription)),
        date(last_period_end(&subscription)),
        escape(&id)
    );
    page(StatusCode::OK, document("Cancel the subscription?", &main))
}

pub(super) async fn cancel(
    State(fake): State<FakeStripe>,
    Path((id, subscription)): Path<(String, String)>,
) -> Response {
    change(&fake, &id, &subscription, World::cancel_at_period_end)
}

pub(super) async fn keep(
    State(fake): State<FakeStripe>,
    Path((id, subscription)): Path<(String, String)>,
) -> Response {
    change(&fake, &id, &subscription, World::keep_running)
}

fn change(fake: &FakeStripe, id: &str, subscription: &str, work: fn(&mut World, &str)) -> Response {
    let answer = {
        let mut world = fake.world();
        let Some(session) = visit(&world, id).cloned() else { return not_found() };
        if own_subscription(&world, id, subscription).is_none_or(|subscription| is_over(&subscription)) {
            return not_found();
        }
        work(&mut world, subscription);
        back_to(id, &session)
    };
    fake.wake_deliveries();
    answer
}

/// A visit that leads to one task ends with it.
fn back_to(id: &str, session: &Value) -> Response {
    let after = session["flow"]["after_completion"]["redirect"]["return_url"].as_str();
    let ended =
        (session["flow"]["type"] == "subscription_cancel").then(|| session["return_url"].as_str()).flatten();
    let own = format!("/portal/{id}");
    Redirect::to(after.or(ended).unwrap_or(&own)).into_response()
}

/// The visit with this id, while its address works.
fn visit<'a>(world: &'a World, id: &str) -> Option<&'a Value> {
    let session = world.find("billing_portal.session", id).ok()?;
    let now = world.now_for(text(session, "customer"));
    Some(session).filter(|session| number(session, "created") + VISIT > now)
}

fn own_subscription(world: &World, id: &str, subscription: &str) -> Option<Value> {
    let customer = text(visit(world, id)?, "customer");
    let subscription = world.find("subscription", subscription).ok()?;
    (subscription["customer"] == customer).then(|| subscription.clone())
}

fn overview(world: &World, session: &Value, problem: Option<&str>) -> String {
    let customer = text(session, "customer");
    let mut main = String::from("<h1>Billing</h1>");
    if let Some(back) = session["return_url"].as_str() {
        let _ = write!(main, "<p><a href=\"{}\">Return to the shop</a></p>", escape(back));
    }
    main.push_str(&subscriptions(world, text(session, "id"), customer));
    main.push_str(&card(world, text(session, "id"), customer, problem));
    main.push_str(&invoices(world, customer));
    document("Simulated billing portal", &main)
}

fn subscriptions(world: &World, visit: &str, customer: &str) -> String {
    let mut part = String::from("<section><h2>Subscriptions</h2><ul class=\"plain\">");
    let live =
        world.store.newest_first("subscription").filter(|one| one["customer"] == customer && !is_over(one));
    let mut any = false;
    for subscription in live {
        any = true;
        let (id, visit) = (escape(text(subscription, "id")), escape(visit));
        let _ = write!(part, "<li><p>{}</p>", escape(&described(world, subscription)));
        match subscription["cancel_at"].as_i64() {
            Some(end) => {
                let _ = write!(
                    part,
                    "<p class=\"quiet\">Ends on {}.</p><form method=\"post\" action=\"/portal/{visit}/keep/{id}\">\
                     <button class=\"plain\">Don’t cancel</button></form>",
                    date(end)
                );
            }
            None => {
                let _ = write!(
                    part,
                    "<p class=\"quiet\">{}; the current period ends on {}.</p>\
                     <p><a href=\"/portal/{visit}/cancel/{id}\">Cancel subscription</a></p>",
                    escape(&text(subscription, "status").replace('_', " ")),
                    date(last_period_end(subscription))
                );
            }
        }
        part.push_str("</li>");
    }
    part.push_str(if any { "</ul></section>" } else { "<li>None.</li></ul></section>" });
    part
}

fn described(world: &World, subscription: &Value) -> String {
    let items = subscription["items"]["data"].as_array().into_iter().flatten();
    let parts: Vec<String> = items
        .map(|item| {
            let price = world.store.get(text(item, "price")).cloned().unwrap_or_default();
            let name = world.store.get(text(&price, "product")).map_or("", |product| text(product, "name"));
            let quantity = item["quantity"].as_i64().unwrap_or(1);
            let amount = money(number(&price, "unit_amount") * quantity, text(&price, "currency"));
            format!("{quantity} × {name}, {amount}{}", rhythm(&price))
        })
        .collect();
    parts.join(" + ")
}

fn card(world: &World, visit: &str, customer: &str, problem: Option<&str>) -> String {
    let mut own =
        world.store.newest_first("subscription").filter(|one| one["customer"] == customer && !is_over(one));
    let used = own.find_map(|one| world.card_for(customer, one["id"].as_str()));
    let method = used.or_else(|| world.card_for(customer, None)).and_then(|id| world.store.get(&id).cloned());
    let shown = method.map_or_else(
        || "No card yet.".to_owned(),
        |method| match method["card"].as_object() {
            Some(_) => {
                format!("{} ending in {}", text(&method["card"], "brand"), text(&method["card"], "last4"))
            }
            None => format!("bank account ending in {}", text(&method["sepa_debit"], "last4")),
        },
    );
    format!(
        "<section><h2>Card</h2><p>{}</p>{}<form method=\"post\" action=\"/portal/{}/card\">{}\
         <button>Use this card</button></form></section>",
        escape(&shown),
        problem.map(alert).unwrap_or_default(),
        escape(visit),
        card_fields("")
    )
}

fn invoices(world: &World, customer: &str) -> String {
    let mut part = String::from("<section><h2>Invoices</h2><ul class=\"plain\">");
    let all = world
        .store
        .newest_first("invoice")
        .filter(|one| one["customer"] == customer && one["status"] != "draft");
    let mut any = false;
    for invoice in all.take(50) {
        any = true;
        let _ = write!(
            part,
            "<li><a href=\"/invoice/{}\">{} of {}</a>: {}, {}</li>",
            escape(text(invoice, "id")),
            escape(text(invoice, "number")),
            date(number(invoice, "created")),
            money(number(invoice, "total"), text(invoice, "currency")),
            escape(text(invoice, "status"))
        );
    }
    part.push_str(if any { "</ul></section>" } else { "<li>None.</li></ul></section>" });
    part
}

impl World {
    /// A new card for a customer and for every live subscription.
    fn use_card_everywhere(&mut self, customer: &str, card: &cards::TestCard) {
        let method = self.attach_card(customer, card);
        self.set_default_card(customer, &method);
        let live = self.store.ids("subscription", |one| {
            one["customer"] == customer && !is_over(one) && !one["default_payment_method"].is_null()
        });
        for id in live {
            self.update(&id, "customer.subscription.updated", |subscription| {
                subscription["default_payment_method"] = method.clone().into();
            });
        }
    }
}
