//! Places between two steps where the crash harness may end the process, as a power cut would. Without the feature
//! `failpoints`, which the shipped binary has not, they are nothing at all.

/// A place between two steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    /// An event's signature holds; it is not stored yet.
    EventVerified,
    /// An event is stored; Stripe has no answer yet.
    EventStored,
    /// Events were turned into fetches.
    HandedOver,
    /// Something to be fetched is held.
    FetchClaimed,
    /// Stripe answered; nothing is applied yet.
    Fetched,
    /// A key was made; the transaction is open.
    KeyMade,
    /// What was fetched is applied.
    Applied,
    /// A purchase moved on; its subscription is not fetched yet.
    PurchaseMoved,
    /// Stripe made a customer; nobody here knows.
    CustomerMade,
    /// Stripe made a session; nobody here knows.
    SessionMade,
    /// A job of the outbox is held.
    JobClaimed,
    /// Stripe has the numbers; nobody here knows.
    StripeTold,
    /// It is noted that Stripe has the numbers; the job is not done yet.
    TellingNoted,
    /// The mail server took a message; nobody here knows.
    MailTaken,
}

impl Point {
    pub const ALL: [Self; 14] = [
        Self::EventVerified,
        Self::EventStored,
        Self::HandedOver,
        Self::FetchClaimed,
        Self::Fetched,
        Self::KeyMade,
        Self::Applied,
        Self::PurchaseMoved,
        Self::CustomerMade,
        Self::SessionMade,
        Self::JobClaimed,
        Self::StripeTold,
        Self::TellingNoted,
        Self::MailTaken,
    ];
}

/// The variable that says where to die: a point's name and how often it is passed until then, `KeyMade:3`.
pub const VARIABLE: &str = "LATCHKEY_FAILPOINT";

/// Dies here if it was asked for.
#[cfg(not(feature = "failpoints"))]
#[inline]
pub const fn at(_: Point) {}

/// Dies here if it was asked for.
#[cfg(feature = "failpoints")]
pub fn at(point: Point) {
    use std::sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    };

    static ASKED_FOR: LazyLock<Option<(String, u32)>> = LazyLock::new(|| {
        let text = std::env::var(VARIABLE).ok()?;
        let (name, count) = text.split_once(':')?;
        Some((name.to_owned(), count.parse().ok()?))
    });
    static PASSED: AtomicU32 = AtomicU32::new(0);

    if let Some((name, count)) = &*ASKED_FOR
        && *name == format!("{point:?}")
        && PASSED.fetch_add(1, Ordering::SeqCst) + 1 == *count
    {
        let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
    }
}
