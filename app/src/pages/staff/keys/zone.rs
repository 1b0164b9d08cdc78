//! Days in the vendor's time zone: what people type and read, as moments.

use js_sys::{Array, Function, Object, Reflect};
use latchkey_shared::time::{Date, Timestamp};
use wasm_bindgen::{JsCast, JsValue};

/// The day of `at` in `zone`, as a date field writes it: `2026-12-31`.
pub fn day_of(at: Timestamp, zone: &str) -> String {
    at.plus_minutes(minutes_east(at, zone)).utc_date().to_string()
}

/// The last second of `day` (`2026-12-31`) in `zone`; `None` when it is no date.
pub fn end_of_day(day: &str, zone: &str) -> Option<Timestamp> {
    let day: Date = day.parse().ok()?;
    let wall = Timestamp::from_utc_date(day.plus_days(1)).plus_seconds(-1);
    // The offset of a moment near by leads to the right one, even on a day when the clocks change.
    let near = wall.plus_minutes(-minutes_east(wall, zone));
    Some(wall.plus_minutes(-minutes_east(near, zone)))
}

/// Minutes that clocks in `zone` are ahead of UTC at `at`; 0 for a zone that the browser does not know.
fn minutes_east(at: Timestamp, zone: &str) -> i64 {
    written_offset(at, zone).and_then(|text| parse_offset(&text)).unwrap_or(0)
}

/// The moment as the browser writes it with its offset: `12/31/2026, GMT+01:00`.
fn written_offset(at: Timestamp, zone: &str) -> Option<String> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let maker: Function = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"timeZone".into(), &zone.into()).ok()?;
    Reflect::set(&options, &"timeZoneName".into(), &"longOffset".into()).ok()?;
    let formatter = Reflect::construct(&maker, &Array::of2(&"en-US".into(), &options)).ok()?;
    let format: Function = Reflect::get(&formatter, &"format".into()).ok()?.dyn_into().ok()?;
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of any date fit a float exactly")]
    let at = JsValue::from(at.millis() as f64);
    format.call1(&JsValue::UNDEFINED, &at).ok()?.as_string()
}

fn parse_offset(text: &str) -> Option<i64> {
    let (_, offset) = text.rsplit_once("GMT")?;
    let sign = match offset.get(..1) {
        Some("+") => 1,
        Some("-") => -1,
        _ => return offset.is_empty().then_some(0),
    };
    let mut parts = offset[1..].split(':').map(str::parse::<i64>);
    let hours = parts.next()?.ok()?;
    let minutes = parts.next().map_or(Some(0), Result::ok)?;
    Some(sign * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::parse_offset;

    #[test]
    fn offsets_as_browsers_write_them() {
        assert_eq!(parse_offset("12/31/2026, GMT+01:00"), Some(60));
        assert_eq!(parse_offset("12/31/2026, GMT-03:30"), Some(-210));
        assert_eq!(parse_offset("12/31/2026, GMT"), Some(0));
        assert_eq!(parse_offset("12/31/2026"), None);
    }
}
