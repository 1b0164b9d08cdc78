//! The stand-in's time. It can be shared, so that a server beside it lives in the same time.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};

/// Time that runs by itself or stands still until it is moved. Clones show the same time.
#[derive(Debug, Clone)]
pub struct FakeClock {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Clone, Copy)]
enum State {
    /// The system's time, moved by so many milliseconds.
    Running { ahead_ms: i64 },
    /// Stands at so many milliseconds since 1970.
    Standing { at_ms: i64 },
}

impl FakeClock {
    /// The system's time.
    pub fn real() -> Self {
        Self { state: Arc::new(Mutex::new(State::Running { ahead_ms: 0 })) }
    }

    /// Stands at `at_ms` (milliseconds since 1970) until moved.
    pub fn manual(at_ms: i64) -> Self {
        Self { state: Arc::new(Mutex::new(State::Standing { at_ms })) }
    }

    /// Milliseconds since 1970.
    pub fn now_ms(&self) -> i64 {
        match *self.lock() {
            State::Running { ahead_ms } => system_ms() + ahead_ms,
            State::Standing { at_ms } => at_ms,
        }
    }

    /// Seconds since 1970, as Stripe counts.
    pub fn now_secs(&self) -> i64 {
        self.now_ms().div_euclid(1000)
    }

    /// Whether time stands still between moves.
    pub fn is_manual(&self) -> bool {
        matches!(*self.lock(), State::Standing { .. })
    }

    /// Moves time forward. What falls due in between happens only when the stand-in itself is
    /// advanced; see [`FakeStripe::advance`](crate::FakeStripe::advance).
    pub(crate) fn move_to(&self, at_ms: i64) {
        let mut state = self.lock();
        *state = match *state {
            State::Running { ahead_ms } => {
                State::Running { ahead_ms: ahead_ms + (at_ms - system_ms() - ahead_ms).max(0) }
            }
            State::Standing { at_ms: before } => State::Standing { at_ms: at_ms.max(before) },
        };
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn system_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_move_together_and_never_back() {
        let clock = FakeClock::manual(5_000);
        let other = clock.clone();
        clock.move_to(9_500);
        assert_eq!((other.now_ms(), other.now_secs()), (9_500, 9));
        clock.move_to(1_000);
        assert_eq!(other.now_ms(), 9_500);
    }

    #[test]
    fn a_running_clock_keeps_running_after_a_move() {
        let clock = FakeClock::real();
        let ahead = clock.now_ms() + 86_400_000;
        clock.move_to(ahead);
        let moved = clock.now_ms() - ahead;
        assert!((0..5_000).contains(&moved), "{moved}");
    }
}
