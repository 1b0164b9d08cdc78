//! The sweeps that compare Latchkey with Stripe: their words.

use crate::words::word_enum;

word_enum! {
    /// What is gone through.
    pub enum SweepKind {
        Local = "local", "What waits here";
        Recent = "recent", "Subscriptions of the last two days";
        MissedEvents = "missed_events", "Events that did not arrive";
        Catalogue = "catalogue", "Products and prices";
        Full = "full", "All subscriptions";
        Payments = "payments", "Payments and refunds";
    }
}

word_enum! {
    /// Why a sweep ran.
    pub enum SweepCause {
        Start = "start", "Latchkey started";
        Schedule = "schedule", "Schedule";
        Button = "button", "By hand";
        Command = "command", "Command line";
    }
}

word_enum! {
    /// How a sweep stands.
    pub enum SweepState {
        Running = "running", "Running";
        Done = "done", "Done";
        Failed = "failed", "Failed";
    }
}
