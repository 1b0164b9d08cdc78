//! The demo and its Stripe stand-in live in one time, so that letting it pass there lets it pass here.

use latchkey_stripe_fake::{FakeClock, FakeStripe};

use crate::clock::Clock;

/// A stand-in in the present.
pub fn new_stand_in() -> FakeStripe {
    FakeStripe::new(FakeClock::real())
}

/// A clock that shows the stand-in's time.
pub fn clock_of(fake: &FakeStripe) -> Clock {
    let clock = fake.clock();
    Clock::following(move || clock.now_ms())
}
