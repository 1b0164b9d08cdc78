//! The inbox of Stripe's events: its words.

use crate::words::word_enum;

word_enum! {
    /// How an event stands.
    pub enum EventStatus {
        /// Stored, and what it signals is still to be fetched.
        Pending = "pending", "Waiting";
        /// What it signalled has been fetched.
        Done = "done", "Done";
        /// Not ours, not known, or of the other mode.
        Ignored = "ignored", "Not acted upon";
        /// Tried too often.
        Dead = "dead", "Given up";
    }
}
