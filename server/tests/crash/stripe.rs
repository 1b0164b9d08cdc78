//! A Stripe on a bad day.

use std::time::Duration;

use latchkey::demo::chance::Chance;
use latchkey_stripe_fake::{ApiFault, Chaos, FakeStripe, FaultKind, WebhookChaos};
use tokio_util::sync::CancellationToken;

const CALLS: [&str; 7] = [
    "",
    "GET /v1/",
    "GET /v1/subscriptions/",
    "POST /v1/subscriptions/",
    "POST /v1/customers",
    "POST /v1/checkout/sessions",
    "GET /v1/checkout/sessions/",
];

/// Goes on until told to stop; then everything is as it should be again.
pub async fn misbehave(fake: FakeStripe, mut chance: Chance, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let (api, webhooks) = (faults(&mut chance), webhooks(&mut chance));
        let latency_ms = if chance.percent(30) { u64::try_from(chance.below(150)).unwrap() } else { 0 };
        fake.chaos(|chaos| {
            chaos.api = api.into();
            chaos.webhooks = webhooks;
            chaos.latency_ms = latency_ms;
        });
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(Duration::from_millis(500)) => {}
        }
    }
    fake.chaos(|chaos| *chaos = Chaos::default());
}

fn faults(chance: &mut Chance) -> Vec<ApiFault> {
    let many = chance.below(3);
    (0..many)
        .map(|_| {
            let kind = match chance.below(20) {
                0..6 => FaultKind::RateLimit,
                6..8 => FaultKind::Lock,
                8..13 => FaultKind::ServerError,
                13..19 => FaultKind::ServerErrorAfterCommit,
                _ => FaultKind::Timeout,
            };
            let call = chance.one_of(&CALLS).to_owned();
            let times =
                if kind == FaultKind::Timeout { 1 } else { u32::try_from(chance.below(3) + 1).unwrap() };
            ApiFault { kind, call, times }
        })
        .collect()
}

fn webhooks(chance: &mut Chance) -> WebhookChaos {
    let some = |chance: &mut Chance, percent, limit| {
        if chance.percent(percent) { u32::try_from(chance.below(limit)).unwrap() } else { 0 }
    };
    WebhookChaos {
        drop_next: some(chance, 30, 6),
        duplicates: some(chance, 40, 3),
        delay_secs: i64::from(some(chance, 30, 4)),
        corrupt_next: some(chance, 20, 4),
        old_shape: chance.percent(20),
        ..WebhookChaos::default()
    }
}
