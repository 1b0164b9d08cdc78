//! The frame around every page, and the small parts they share.

use crate::world::text;
use chrono::DateTime;
use serde_json::Value;
use std::fmt::Write as _;

pub(super) const STYLE: &str = include_str!("style.css");

/// A whole page.
pub(super) fn document(title: &str, main: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{}</title>\
         <link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"/style.css\"></head>\
         <body><header class=\"notice\" role=\"note\">Simulated payments for demo and tests. No real money moves; \
         never enter a real card.</header><main>{main}</main></body></html>",
        escape(title)
    )
}

/// Text made safe for HTML, in content and in quoted attributes.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            letter => safe.push(letter),
        }
    }
    safe
}

/// A box that screen readers announce.
pub(super) fn alert(message: &str) -> String {
    format!("<p class=\"alert\" role=\"alert\">{}</p>", escape(message))
}

/// An amount in minor units as people write it.
pub(super) fn money(amount: i64, currency: &str) -> String {
    const WITHOUT_MINOR: [&str; 16] = [
        "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "ugx", "vnd", "vuv", "xaf",
        "xof", "xpf",
    ];
    let code = currency.to_uppercase();
    if WITHOUT_MINOR.contains(&currency) {
        return format!("{amount} {code}");
    }
    let sign = if amount < 0 { "-" } else { "" };
    format!("{sign}{}.{:02} {code}", amount.abs() / 100, amount.abs() % 100)
}

/// A moment (seconds since 1970) as a date.
pub(super) fn date(seconds: i64) -> String {
    DateTime::from_timestamp(seconds, 0).map_or_else(String::new, |time| time.format("%-d %B %Y").to_string())
}

/// How often a price is charged: ` per month`, ` every 3 months`, nothing for single payments.
pub(super) fn rhythm(price: &Value) -> String {
    let interval = text(&price["recurring"], "interval");
    match price["recurring"]["interval_count"].as_i64() {
        None => String::new(),
        Some(1) => format!(" per {interval}"),
        Some(count) => format!(" every {count} {interval}s"),
    }
}

/// The numbers to try, and what becomes of each.
const NUMBERS: [(&str, &str); 6] = [
    ("4242 4242 4242 4242", "pays"),
    ("4000 0000 0000 0002", "is declined"),
    ("4000 0025 0000 3155", "asks for confirmation"),
    ("4000 0000 0000 0341", "fails at the next renewal"),
    ("DE89 3704 0044 0532 0130 00", "pays three minutes later"),
    ("DE62 3704 0044 0532 0130 01", "bounces three minutes later"),
];

/// The fields of a card form. `prefix` keeps ids apart.
pub(super) fn card_fields(number: &str) -> String {
    let mut fields = String::new();
    let _ = write!(
        fields,
        "<div class=\"field\"><label for=\"card\">Card number or IBAN</label>\
         <input id=\"card\" name=\"card\" autocomplete=\"off\" required \
         aria-describedby=\"card-help\" value=\"{}\"><ul class=\"help numbers\" id=\"card-help\">",
        escape(number)
    );
    for (number, fate) in NUMBERS {
        let _ = write!(fields, "<li><code>{number}</code> {fate}</li>");
    }
    fields.push_str("</ul></div>");
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_a_customer_types_becomes_html() {
        assert_eq!(escape("<b a=\"x\" b='y'>&"), "&lt;b a=&quot;x&quot; b=&#39;y&#39;&gt;&amp;");
    }

    #[test]
    fn amounts_are_written_with_their_minor_units() {
        assert_eq!(money(1_234, "eur"), "12.34 EUR");
        assert_eq!(money(-5, "usd"), "-0.05 USD");
        assert_eq!(money(500, "jpy"), "500 JPY");
    }
}
