//! Holding on to what was claimed for as long as the work takes, so that leases can be short and what a dead
//! process held is soon taken over.

use std::time::Duration;

/// How long what was claimed belongs to whoever claimed it, without a sign of life. Milliseconds.
pub const LEASE: i64 = 30 * crate::clock::SECOND;
const RENEW_EVERY: Duration = Duration::from_secs(10);

/// Does `work` and meanwhile lets `renew` hold on to it.
pub async fn keep<T, R: Future<Output = ()>>(work: impl Future<Output = T>, renew: impl Fn() -> R) -> T {
    keep_every(RENEW_EVERY, work, renew).await
}

async fn keep_every<T, R: Future<Output = ()>>(
    pause: Duration,
    work: impl Future<Output = T>,
    renew: impl Fn() -> R,
) -> T {
    tokio::pin!(work);
    loop {
        tokio::select! {
            done = &mut work => return done,
            () = tokio::time::sleep(pause) => renew().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[tokio::test]
    async fn long_work_is_held_and_short_work_is_left_alone() {
        let renewed = Cell::new(0);
        let renew = || {
            renewed.set(renewed.get() + 1);
            std::future::ready(())
        };
        let pause = Duration::from_millis(20);
        assert_eq!(keep_every(pause, async { 1 }, renew).await, 1);
        assert_eq!(renewed.get(), 0);
        keep_every(pause, tokio::time::sleep(pause * 5), renew).await;
        assert!((2..=5).contains(&renewed.get()), "{renewed:?}");
    }
}
