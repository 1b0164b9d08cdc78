//! The page of one invoice, where an open one can be paid.

use super::{
    html::{alert, card_fields, date, document, escape, money},
    not_found, page,
    pdf::one_page,
};
use crate::{
    FakeStripe,
    billing::cards,
    world::{World, number, text},
};
use axum::{
    Form,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use serde_json::Value;
use std::fmt::Write as _;

/// The card to pay with.
#[derive(Deserialize)]
pub(super) struct CardForm {
    card: String,
}

pub(super) async fn show(State(fake): State<FakeStripe>, Path(id): Path<String>) -> Response {
    let world = fake.world();
    match final_invoice(&world, &id) {
        Some(invoice) => page(StatusCode::OK, shown(invoice, None)),
        None => not_found(),
    }
}

pub(super) async fn pay(
    State(fake): State<FakeStripe>,
    Path(id): Path<String>,
    Form(sent): Form<CardForm>,
) -> Response {
    let answer = {
        let mut world = fake.world();
        let Some(invoice) = final_invoice(&world, &id).cloned() else { return not_found() };
        match pay_with(&mut world, &invoice, &sent.card) {
            Ok(()) => Redirect::to(&format!("/invoice/{id}")).into_response(),
            Err(message) => page(StatusCode::PAYMENT_REQUIRED, shown(&invoice, Some(&message))),
        }
    };
    fake.wake_deliveries();
    answer
}

fn pay_with(world: &mut World, invoice: &Value, number: &str) -> Result<(), String> {
    if invoice["status"] != "open" {
        return Err("This invoice cannot be paid any more.".to_owned());
    }
    let card = cards::by_number(number).ok_or("Your card number is invalid.")?;
    if let Some(error) = card.first_payment().error() {
        return Err(error.message().to_owned());
    }
    let method = world.attach_card(text(invoice, "customer"), card);
    world.mark_paid(text(invoice, "id"), Some(&method));
    Ok(())
}

pub(super) async fn pdf(State(fake): State<FakeStripe>, Path(id): Path<String>) -> Response {
    let world = fake.world();
    let Some(invoice) = final_invoice(&world, &id) else { return not_found() };
    let mut lines = vec![
        format!("Invoice {}", text(invoice, "number")),
        date(number(invoice, "created")),
        format!("For {}", invoice["customer_name"].as_str().unwrap_or(text(invoice, "customer_email"))),
        String::new(),
    ];
    for line in invoice["lines"]["data"].as_array().into_iter().flatten() {
        lines.push(format!(
            "{}   {}",
            text(line, "description"),
            money(number(line, "amount"), text(line, "currency"))
        ));
    }
    lines.push(String::new());
    lines.push(format!("Total {}", money(number(invoice, "total"), text(invoice, "currency"))));
    lines.push("Simulated invoice. No real money moved.".to_owned());
    ([(header::CONTENT_TYPE, "application/pdf"), (header::CACHE_CONTROL, "no-store")], one_page(&lines))
        .into_response()
}

/// The invoice with this id, once it is final.
fn final_invoice<'a>(world: &'a World, id: &str) -> Option<&'a Value> {
    world.find("invoice", id).ok().filter(|invoice| invoice["status"] != "draft")
}

fn shown(invoice: &Value, problem: Option<&str>) -> String {
    let currency = text(invoice, "currency");
    let title = format!("Invoice {}", text(invoice, "number"));
    let mut main = format!("<h1>{}</h1><section><dl>", escape(&title));
    let _ = write!(main, "<dt>Date</dt><dd>{}</dd>", date(number(invoice, "created")));
    let _ = write!(main, "<dt>Status</dt><dd>{}</dd>", escape(text(invoice, "status")));
    for line in invoice["lines"]["data"].as_array().into_iter().flatten() {
        let amount = money(number(line, "amount"), currency);
        let _ = write!(main, "<dt>{}</dt><dd>{amount}</dd>", escape(text(line, "description")));
    }
    let discount = number(invoice, "subtotal") - number(invoice, "total");
    if discount > 0 {
        let _ = write!(main, "<dt>Discount</dt><dd>{}</dd>", money(-discount, currency));
    }
    let _ = write!(
        main,
        "<dt class=\"total\">Total</dt><dd class=\"total\">{}</dd></dl>\
         <p><a href=\"/invoice/{}/pdf\">Download as PDF</a></p></section>",
        money(number(invoice, "total"), currency),
        escape(text(invoice, "id"))
    );
    match text(invoice, "status") {
        "open" => {
            let _ = write!(
                main,
                "{}<form class=\"panel\" method=\"post\"><h2>Pay this invoice</h2>{}<button>Pay {}</button></form>",
                problem.map(alert).unwrap_or_default(),
                card_fields(""),
                money(number(invoice, "amount_remaining"), currency)
            );
        }
        "paid" => main.push_str("<p class=\"done\">Paid. Thank you.</p>"),
        _ => {}
    }
    document(&title, &main)
}
