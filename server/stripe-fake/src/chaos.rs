//! What goes wrong on purpose. Nothing does unless asked for; everything is scripted, never random.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};

/// All knobs of one stand-in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Chaos {
    /// Milliseconds every API call takes.
    pub latency_ms: u64,
    /// What happens to the next matching API calls, in this order.
    pub api: VecDeque<ApiFault>,
    /// What happens to webhooks.
    pub webhooks: WebhookChaos,
    /// Decline code of each customer whose payments fail, such as `insufficient_funds`, or
    /// `authentication_required`.
    pub declines: BTreeMap<String, String>,
}

/// One scripted failure of the API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiFault {
    /// What happens.
    pub kind: FaultKind,
    /// Beginning of `METHOD /path` of the calls it happens to; empty for every call.
    #[serde(default)]
    pub call: String,
    /// How many calls it happens to.
    #[serde(default = "once")]
    pub times: u32,
}

fn once() -> u32 {
    1
}

/// Kinds of scripted failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// 429, nothing done.
    RateLimit,
    /// 409 because another call holds the object, nothing done.
    Lock,
    /// 500, nothing done and nothing kept.
    ServerError,
    /// 500 although it was done; the 500 is kept for the idempotency key.
    ServerErrorAfterCommit,
    /// It is done and its answer kept, but no answer arrives.
    Timeout,
}

/// What happens to webhooks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WebhookChaos {
    /// So many of the next deliveries are never made.
    pub drop_next: u32,
    /// Every event is sent so many times more.
    pub duplicates: u32,
    /// Every event is sent so many seconds late.
    pub delay_secs: i64,
    /// Whether events of one moment arrive out of order, as Stripe's do.
    pub shuffle: bool,
    /// So many of the next deliveries carry a broken signature.
    pub corrupt_next: u32,
    /// Signatures are dated so many seconds back.
    pub stale_secs: i64,
    /// Objects are rendered as before version 2025-03-31, whatever the endpoint says.
    pub old_shape: bool,
}

impl Default for WebhookChaos {
    fn default() -> Self {
        Self {
            drop_next: 0,
            duplicates: 0,
            delay_secs: 0,
            shuffle: true,
            corrupt_next: 0,
            stale_secs: 0,
            old_shape: false,
        }
    }
}

impl Chaos {
    /// Takes the fault that happens to `call` (`POST /v1/customers`), if one does.
    pub(crate) fn take_fault(&mut self, call: &str) -> Option<FaultKind> {
        let position = self.api.iter().position(|fault| fault.times > 0 && call.starts_with(&fault.call))?;
        let fault = self.api.get_mut(position)?;
        fault.times -= 1;
        let kind = fault.kind;
        if fault.times == 0 {
            self.api.remove(position);
        }
        Some(kind)
    }
}

impl WebhookChaos {
    pub(crate) fn take_drop(&mut self) -> bool {
        take(&mut self.drop_next)
    }

    pub(crate) fn take_corrupt(&mut self) -> bool {
        take(&mut self.corrupt_next)
    }
}

fn take(left: &mut u32) -> bool {
    let some = *left > 0;
    *left = left.saturating_sub(1);
    some
}

/// Shuffles in a way that is the same for the same `seed`.
pub(crate) fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    for last in (1..items.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let bound = last as u64 + 1;
        items.swap(last, usize::try_from(state % bound).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_happen_to_the_calls_they_name_and_no_longer() {
        let fault = |call: &str, times| ApiFault { kind: FaultKind::RateLimit, call: call.into(), times };
        let mut chaos = Chaos { api: [fault("POST /v1/customers", 2)].into(), ..Chaos::default() };
        assert_eq!(chaos.take_fault("GET /v1/customers"), None);
        assert_eq!(chaos.take_fault("POST /v1/customers"), Some(FaultKind::RateLimit));
        assert_eq!(chaos.take_fault("POST /v1/customers/cus_1"), Some(FaultKind::RateLimit));
        assert_eq!(chaos.take_fault("POST /v1/customers"), None);
    }

    #[test]
    fn shuffling_keeps_everything_and_changes_the_order() {
        let mut items: Vec<u32> = (0..9).collect();
        shuffle(&mut items, 7);
        assert_ne!(items, (0..9).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..9).collect::<Vec<_>>());
    }
}
