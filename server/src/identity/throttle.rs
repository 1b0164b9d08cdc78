//! How often programs may call: a bucket per (token, address) and per licence key, in memory, in each process.
//!
//! Never per token alone, since one token sits in every customer's program.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Instant,
};

/// A bucket holds as many calls as come in this many seconds.
const BURST_SECONDS: f64 = 5.0;
/// Full buckets are forgotten when there are more than this.
const MOST: usize = 20_000;

/// What is counted by itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// Token (0: none that is in force) and address.
    Caller(i64, String),
    /// Key by product and text, so that guessing is counted as well.
    Key(String),
}

/// The buckets.
pub struct Throttle {
    /// Calls per second; 0 switches it off.
    rate: f64,
    buckets: Mutex<HashMap<Subject, Bucket>>,
}

#[derive(Clone, Copy)]
struct Bucket {
    calls: f64,
    at: Instant,
}

impl Throttle {
    pub fn new(calls_per_second: u32) -> Self {
        Self { rate: f64::from(calls_per_second), buckets: Mutex::default() }
    }

    /// Takes a call out of a subject's bucket; false where it is empty.
    pub fn take(&self, subject: Subject) -> bool {
        self.take_at(subject, Instant::now())
    }

    fn take_at(&self, subject: Subject, now: Instant) -> bool {
        if self.rate == 0.0 {
            return true;
        }
        let full = self.rate * BURST_SECONDS;
        let filled = |bucket: &Bucket| {
            f64::min(full, bucket.calls + now.duration_since(bucket.at).as_secs_f64() * self.rate)
        };
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST && !buckets.contains_key(&subject) {
            buckets.retain(|_, bucket| filled(bucket) < full);
        }
        let bucket = buckets.entry(subject).or_insert(Bucket { calls: full, at: now });
        let calls = filled(bucket);
        *bucket = Bucket { calls: if calls >= 1.0 { calls - 1.0 } else { calls }, at: now };
        calls >= 1.0
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_burst_passes_then_it_is_so_many_a_second_for_each() {
        let throttle = Throttle::new(2);
        let now = Instant::now();
        let caller = |ip: &str| Subject::Caller(1, ip.to_owned());
        assert_eq!((0..20).filter(|_| throttle.take_at(caller("a"), now)).count(), 10);
        assert!(throttle.take_at(caller("b"), now), "another address is not held up");
        let later = now + Duration::from_secs(1);
        assert_eq!((0..20).filter(|_| throttle.take_at(caller("a"), later)).count(), 2);
    }

    #[test]
    fn switched_off_everything_passes() {
        let throttle = Throttle::new(0);
        assert!((0..1_000).all(|_| throttle.take(Subject::Key("1:K".to_owned()))));
    }
}
