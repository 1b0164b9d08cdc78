//! When a call is tried again, and how long to wait before.

use reqwest::header::HeaderMap;
use std::time::Duration;

const FIRST_DELAY: Duration = Duration::from_millis(500);
const LONGEST_DELAY: Duration = Duration::from_secs(5);
/// A server that asks for more patience than this is not waited for inside a call.
const LONGEST_RETRY_AFTER: Duration = Duration::from_mins(1);

/// Whether an answer with `status` is worth another try. Stripe's own word in the header decides
/// where there is one.
pub(crate) fn should_retry(status: u16, headers: &HeaderMap) -> bool {
    match headers.get("stripe-should-retry").and_then(|value| value.to_str().ok()) {
        Some("true") => true,
        Some("false") => false,
        _ => matches!(status, 409 | 424 | 429) || status >= 500,
    }
}

/// How long to wait before try number `retry` (0 for the first retry). `spread` in 0..=1 takes up to
/// half of the wait away, so that many processes do not come back at the same moment.
pub(crate) fn delay(retry: u32, spread: f64, headers: Option<&HeaderMap>) -> Duration {
    let backoff = FIRST_DELAY.saturating_mul(2_u32.saturating_pow(retry)).min(LONGEST_DELAY);
    let jittered = backoff.mul_f64(1.0 - spread.clamp(0.0, 1.0) / 2.0);
    let asked = headers
        .and_then(|headers| headers.get("retry-after"))
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse().ok())
        .map(Duration::from_secs)
        .filter(|asked| *asked <= LONGEST_RETRY_AFTER);
    asked.map_or(jittered, |asked| asked.max(jittered))
}

/// A random number in 0..=1; 0 when the system has no randomness to give.
pub(crate) fn random_spread() -> f64 {
    getrandom::u32().map_or(0.0, |number| f64::from(number) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    fn header(name: &'static str, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name.parse().unwrap(), HeaderValue::from_static(value))])
    }

    #[test]
    fn delays_double_up_to_five_seconds() {
        let waits: Vec<u128> = (0..6).map(|retry| delay(retry, 0.0, None).as_millis()).collect();
        assert_eq!(waits, [500, 1000, 2000, 4000, 5000, 5000]);
        assert_eq!(delay(2, 1.0, None).as_millis(), 1000);
    }

    #[test]
    fn a_sane_retry_after_is_honoured() {
        assert_eq!(delay(0, 0.0, Some(&header("retry-after", "7"))).as_secs(), 7);
        assert_eq!(delay(0, 0.0, Some(&header("retry-after", "3600"))).as_millis(), 500);
        assert_eq!(delay(0, 0.0, Some(&header("retry-after", "soon"))).as_millis(), 500);
    }

    #[test]
    fn stripes_own_word_decides() {
        assert!(should_retry(429, &HeaderMap::new()));
        assert!(!should_retry(402, &HeaderMap::new()));
        assert!(!should_retry(500, &header("stripe-should-retry", "false")));
        assert!(should_retry(400, &header("stripe-should-retry", "true")));
    }
}
