//! Money, numbers and times in words, by the browser's own `Intl`. Formatters are made once and kept: making one costs
//! a hundred times more than using it.

use std::{cell::RefCell, collections::BTreeMap};

use js_sys::{Array, Date, Function, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// The last moment that a browser's dates can say.
const LAST_MS: i64 = 100_000_000 * DAY;

thread_local! {
    static KEPT: RefCell<BTreeMap<String, Formatter>> = const { RefCell::new(BTreeMap::new()) };
    static TIME_ZONE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Sets the IANA time zone in which days and times are shown from now on; until then it is the browser's. An unknown
/// name leaves the browser's in place.
pub fn set_time_zone(name: &str) {
    TIME_ZONE.with(|zone| *zone.borrow_mut() = Some(name.to_owned()));
    KEPT.with(|kept| kept.borrow_mut().clear());
}

/// An `Intl` object with its `format` function.
#[derive(Clone)]
struct Formatter {
    object: JsValue,
    format: Function,
}

impl Formatter {
    /// `None` when the browser does not know the kind or refuses an option (an unknown currency, say).
    fn make(kind: &str, options: &[(&str, &str)]) -> Option<Self> {
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let maker: Function = Reflect::get(&intl, &kind.into()).ok()?.dyn_into().ok()?;
        let bag = Object::new();
        for (name, value) in options {
            let value = value.parse::<f64>().map_or_else(|_| JsValue::from(*value), JsValue::from);
            Reflect::set(&bag, &(*name).into(), &value).ok()?;
        }
        let object = Reflect::construct(&maker, &Array::of2(&locale().into(), &bag)).ok()?;
        let format = Reflect::get(&object, &"format".into()).ok()?.dyn_into().ok()?;
        Some(Self { object, format })
    }

    fn run(&self, first: &JsValue, second: &JsValue) -> Option<String> {
        self.format.call2(&self.object, first, second).ok()?.as_string()
    }
}

/// The browser's language where it is a variety of the page's, else the page's: one page speaks one language.
fn locale() -> String {
    let page = document()
        .document_element()
        .and_then(|root| root.get_attribute("lang"))
        .unwrap_or_else(|| "en".into());
    window().navigator().language().filter(|own| own.starts_with(&page)).unwrap_or(page)
}

fn kept(name: &str, make: impl FnOnce() -> Option<Formatter>) -> Option<Formatter> {
    if let Some(found) = KEPT.with(|kept| kept.borrow().get(name).cloned()) {
        return Some(found);
    }
    let made = make()?;
    KEPT.with(|kept| kept.borrow_mut().insert(name.to_owned(), made.clone()));
    Some(made)
}

/// `minor` units of `currency` (an ISO code) as an amount, for example `€12.40`.
pub fn format_money(minor: i64, currency: &str) -> String {
    let options = [("style", "currency"), ("currency", currency)];
    let Some(formatter) = kept(currency, || Formatter::make("NumberFormat", &options)) else {
        return [&minor.to_string(), " ", currency].concat();
    };
    // A decimal string keeps every digit; a float would not.
    let amount = decimal(minor, fraction_digits(&formatter));
    formatter.run(&amount.as_str().into(), &JsValue::UNDEFINED).unwrap_or(amount)
}

/// Like [`format_money`], rounded to whole units of the currency, for the axis of a chart: `€1,200`.
pub fn format_money_whole(minor: i64, currency: &str) -> String {
    let Some(exact) =
        kept(currency, || Formatter::make("NumberFormat", &[("style", "currency"), ("currency", currency)]))
    else {
        return format_money(minor, currency);
    };
    let options = [("style", "currency"), ("currency", currency), ("maximumFractionDigits", "0")];
    let amount = decimal(minor, fraction_digits(&exact));
    kept(&["whole ", currency].concat(), || Formatter::make("NumberFormat", &options))
        .and_then(|formatter| formatter.run(&amount.as_str().into(), &JsValue::UNDEFINED))
        .unwrap_or(amount)
}

fn fraction_digits(formatter: &Formatter) -> usize {
    let digits = || {
        let resolve: Function =
            Reflect::get(&formatter.object, &"resolvedOptions".into()).ok()?.dyn_into().ok()?;
        let resolved = resolve.call0(&formatter.object).ok()?;
        Reflect::get(&resolved, &"maximumFractionDigits".into()).ok()?.as_f64()
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 20 by specification"
    )]
    digits().map_or(2, |digits| digits as usize)
}

fn decimal(minor: i64, digits: usize) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    let mut text = minor.unsigned_abs().to_string();
    if digits == 0 {
        return [sign, &text].concat();
    }
    while text.len() <= digits {
        text.insert(0, '0');
    }
    let (whole, fraction) = text.split_at(text.len() - digits);
    [sign, whole, ".", fraction].concat()
}

/// A count with the locale's separators, for example `12,408`.
pub fn format_count(count: f64) -> String {
    kept("count", || Formatter::make("NumberFormat", &[("maximumFractionDigits", "2")]))
        .and_then(|formatter| formatter.run(&count.into(), &JsValue::UNDEFINED))
        .unwrap_or_else(|| count.to_string())
}

fn format_time(ms: i64, name: &str, options: &[(&str, &str)]) -> String {
    let make = || {
        let mut options = options.to_vec();
        let zone = TIME_ZONE.with(|zone| zone.borrow().clone());
        let zoned = zone.as_deref().and_then(|zone| {
            options.push(("timeZone", zone));
            let made = Formatter::make("DateTimeFormat", &options);
            options.pop();
            made
        });
        zoned.or_else(|| Formatter::make("DateTimeFormat", &options))
    };
    kept(name, make).and_then(|formatter| formatter.run(&to_js(ms), &JsValue::UNDEFINED)).unwrap_or_default()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds of any date a browser knows fit a float exactly"
)]
fn to_js(number: i64) -> JsValue {
    JsValue::from(number as f64)
}

/// A day, for example `3 Mar 2026`. `ms` are milliseconds since 1970, UTC.
pub fn format_day(ms: i64) -> String {
    format_time(ms, "day", &[("day", "numeric"), ("month", "short"), ("year", "numeric")])
}

/// A day in full, for example `3 March 2026`.
pub fn format_long_day(ms: i64) -> String {
    format_time(ms, "long day", &[("dateStyle", "long")])
}

/// A day without its year, for the axis of a chart.
pub fn format_short_day(ms: i64) -> String {
    format_time(ms, "short day", &[("day", "numeric"), ("month", "short")])
}

/// A month of a year: `Nov 26`.
pub fn format_month(ms: i64) -> String {
    format_time(ms, "month", &[("month", "short"), ("year", "2-digit")])
}

/// Day and time with seconds and zone.
pub fn format_exact(ms: i64) -> String {
    format_time(
        ms,
        "exact",
        &[
            ("day", "numeric"),
            ("month", "short"),
            ("year", "numeric"),
            ("hour", "2-digit"),
            ("minute", "2-digit"),
            ("second", "2-digit"),
            ("timeZoneName", "short"),
        ],
    )
}

/// How far `ms` lies from `now`: `in 3 days`, `5 minutes ago`, `now`. Beyond 30 days it is the day itself.
pub fn format_relative(ms: i64, now: i64) -> String {
    let Some((amount, unit)) = distance(ms - now) else { return format_day(ms) };
    kept("relative", || Formatter::make("RelativeTimeFormat", &[("numeric", "auto")]))
        .and_then(|formatter| formatter.run(&to_js(amount), &unit.into()))
        .unwrap_or_else(|| format_day(ms))
}

/// The distance, rounded, in the largest unit of which there is at least one; `None` from 30 days on.
fn distance(ms: i64) -> Option<(i64, &'static str)> {
    if ms.abs() < MINUTE {
        return Some((0, "second"));
    }
    [(MINUTE, 60, "minute"), (HOUR, 24, "hour"), (DAY, 30, "day")].into_iter().find_map(
        |(unit, end, name)| {
            let rounded = (ms + unit / 2 * ms.signum()) / unit;
            (rounded.abs() < end).then_some((rounded, name))
        },
    )
}

/// Milliseconds since 1970, UTC.
#[expect(clippy::cast_possible_truncation, reason = "a whole number far below the limits of i64")]
pub fn now_ms() -> i64 {
    Date::now() as i64
}

/// An amount of money, its digits all of one width.
#[component]
pub fn Money(#[prop(into)] minor: Signal<i64>, #[prop(into)] currency: Signal<String>) -> impl IntoView {
    view! { <span class="money">{move || currency.with(|currency| format_money(minor.get(), currency))}</span> }
}

/// How a [`When`] reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimeStyle {
    /// `5 minutes ago`, with the exact time on hover.
    #[default]
    Relative,
    /// `3 Mar 2026`, with the exact time on hover.
    Day,
    /// Day and time to the second.
    Exact,
}

/// A moment, machine-readable too. `at` are milliseconds since 1970, UTC.
#[component]
pub fn When(#[prop(into)] at: Signal<i64>, #[prop(optional)] style: TimeStyle) -> impl IntoView {
    let text = move || match style {
        TimeStyle::Relative => format_relative(at.get(), now_ms()),
        TimeStyle::Day => format_day(at.get()),
        TimeStyle::Exact => format_exact(at.get()),
    };
    let machine = move || Date::new(&to_js(at.get().clamp(-LAST_MS, LAST_MS))).to_iso_string().as_string();
    view! {
        <time class="when" datetime=machine title=move || format_exact(at.get())>
            {text}
        </time>
    }
}

#[cfg(test)]
mod tests {
    use super::{DAY, HOUR, MINUTE, decimal, distance};

    #[test]
    fn minor_units_become_decimals() {
        assert_eq!(decimal(1240, 2), "12.40");
        assert_eq!(decimal(-5, 2), "-0.05");
        assert_eq!(decimal(0, 2), "0.00");
        assert_eq!(decimal(500, 0), "500");
        assert_eq!(decimal(1, 3), "0.001");
        assert_eq!(decimal(i64::MIN, 2), "-92233720368547758.08");
    }

    #[test]
    fn distance_uses_the_largest_unit() {
        assert_eq!(distance(-59_999), Some((0, "second")));
        assert_eq!(distance(-5 * MINUTE - 1), Some((-5, "minute")));
        assert_eq!(distance(59 * MINUTE + MINUTE / 2), Some((1, "hour")));
        assert_eq!(distance(23 * HOUR), Some((23, "hour")));
        assert_eq!(distance(3 * DAY - 1), Some((3, "day")));
        assert_eq!(distance(30 * DAY), None);
    }
}
