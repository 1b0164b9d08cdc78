//! A token bucket that keeps a process below Stripe's limits.

use std::time::Duration;
use tokio::{sync::Mutex, time::Instant};

/// Holds up to one second's worth of requests and refills steadily.
pub(crate) struct TokenBucket {
    per_second: f64,
    state: Mutex<State>,
}

struct State {
    tokens: f64,
    refilled_at: Instant,
}

impl TokenBucket {
    pub(crate) fn new(per_second: u32) -> Self {
        let per_second = f64::from(per_second.max(1));
        Self { per_second, state: Mutex::new(State { tokens: per_second, refilled_at: Instant::now() }) }
    }

    /// Returns when the caller may send one request. Waiting callers are served in turn.
    pub(crate) async fn acquire(&self) {
        let wait = self.take().await;
        if !wait.is_zero() {
            tokio::time::sleep(wait).await;
        }
    }

    /// Takes a token, going into debt when none is left, and says how long the debt lasts.
    async fn take(&self) -> Duration {
        let mut state = self.state.lock().await;
        let now = Instant::now();
        let refill = now.duration_since(state.refilled_at).as_secs_f64() * self.per_second;
        state.tokens = (state.tokens + refill).min(self.per_second) - 1.0;
        state.refilled_at = now;
        Duration::from_secs_f64((-state.tokens / self.per_second).max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn more_than_a_seconds_worth_has_to_wait() {
        let bucket = TokenBucket::new(20);
        let start = Instant::now();
        for _ in 0..20 {
            bucket.acquire().await;
        }
        assert_eq!(start.elapsed(), Duration::ZERO);
        for _ in 0..10 {
            bucket.acquire().await;
        }
        let waited = start.elapsed();
        assert!(waited >= Duration::from_millis(495) && waited <= Duration::from_millis(520), "{waited:?}");
    }
}
