//! Time, passed in: no rule reads a clock by itself.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

/// Tells the time in milliseconds since 1970 UTC.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// Added to what the source says; tests move it.
    shift: Arc<AtomicI64>,
    source: Source,
}

#[derive(Clone, Default)]
enum Source {
    #[default]
    System,
    /// Somebody else's clock.
    Other(Arc<dyn Fn() -> i64 + Send + Sync>),
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::System => "System",
            Self::Other(_) => "Other",
        })
    }
}

pub const SECOND: i64 = 1_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

impl Clock {
    /// A clock that shows another one's time: the demo lives in the time of its Stripe stand-in.
    pub fn following(now: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self { shift: Arc::default(), source: Source::Other(Arc::new(now)) }
    }

    pub fn now(&self) -> i64 {
        let now = match &self.source {
            Source::System => {
                let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX)
            }
            Source::Other(now) => now(),
        };
        now + self.shift.load(Ordering::Relaxed)
    }

    /// Moves this clock, and every clone of it, forward by `milliseconds`.
    pub fn advance(&self, milliseconds: i64) {
        self.shift.fetch_add(milliseconds, Ordering::Relaxed);
    }
}
