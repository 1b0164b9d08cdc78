//! What the sweeps did.

use serde::{Deserialize, Serialize};

use crate::{
    reconcile::{SweepCause, SweepKind, SweepState},
    time::Timestamp,
};

/// The latest runs of each sweep, the newest first. Ask again while one is running.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SweepRuns {
    pub runs: Vec<SweepRun>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SweepRun {
    pub id: i64,
    pub sweep: SweepKind,
    pub cause: SweepCause,
    pub state: SweepState,
    /// How much was looked at so far.
    pub looked_at: i64,
    /// How much of that differed or waited.
    pub found: i64,
    /// What it did, or why it failed; empty while it runs.
    pub words: String,
    pub started: Timestamp,
    /// Its last sign of life.
    pub updated: Timestamp,
    pub finished: Option<Timestamp>,
}
