//! Moving in from another licensing service: files, a dry run, the import, and what comes after it.

use serde::{Deserialize, Serialize};

use crate::{ids::ProductId, time::Timestamp, words::word_enum};

/// The most that an uploaded file may hold, in bytes.
pub const FILE_LIMIT: usize = 16 * 1024 * 1024;
/// The most that uploaded files may hold together, in bytes.
pub const ALL_LIMIT: i64 = 512 * 1024 * 1024;
/// The most files that may wait.
pub const FILES_LIMIT: usize = 2_000;

word_enum! {
    /// What can be moved in.
    pub enum MovedKind {
        Product = "product", "Products";
        Customer = "customer", "Customers";
        Key = "key", "Licence keys";
        Object = "object", "Data objects";
    }
}

word_enum! {
    /// How a run stands.
    pub enum RunState {
        Running = "running", "Running";
        Done = "done", "Done";
        Failed = "failed", "Failed";
        /// Its process ended; running it again goes on from there.
        BrokenOff = "broken_off", "Broken off";
    }
}

/// How far moving in is (`GET /move-in`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MoveIn {
    pub files: Vec<MoveInFile>,
    /// The latest dry run; absent once the files are others.
    pub dry_run: Option<MoveInRun>,
    /// The latest import.
    pub import: Option<MoveInRun>,
    /// The address under which programs reach this Latchkey.
    pub server: String,
    pub public_keys: Vec<PublicKey>,
}

/// A file that waits to be moved in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MoveInFile {
    pub id: i64,
    pub name: String,
    /// In bytes.
    pub size: i64,
    pub rows: FileRows,
    /// Why it cannot be read.
    pub problem: Option<String>,
}

/// How many rows of each kind a file holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileRows {
    pub products: i64,
    pub customers: i64,
    pub keys: i64,
    pub objects: i64,
}

impl FileRows {
    pub fn all(self) -> i64 {
        self.products + self.customers + self.keys + self.objects
    }
}

/// A key pair's public half, with the products whose programs need it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicKey {
    pub name: String,
    pub xml: String,
    pub products: Vec<String>,
}

/// A dry run or an import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MoveInRun {
    pub id: i64,
    pub state: RunState,
    /// Rows.
    pub done: i64,
    pub total: i64,
    pub report: MoveInReport,
    /// Why it failed.
    pub words: String,
    pub started: Timestamp,
    pub finished: Option<Timestamp>,
}

/// What came of a run so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MoveInReport {
    /// The files that it is about.
    pub files: Vec<i64>,
    pub kinds: Vec<KindTally>,
    /// The first refused rows.
    pub refusals: Vec<NotedRow>,
    /// What could not be taken along of other rows as it was: the first of them.
    #[serde(default)]
    pub remarks: Vec<NotedRow>,
}

/// How many rows of a kind came to what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KindTally {
    pub kind: MovedKind,
    pub new: i64,
    pub same: i64,
    pub changed: i64,
    pub refused: i64,
}

/// A row of which something has to be said: why it was not moved in, or what of it could not be taken along.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NotedRow {
    pub file: String,
    pub kind: MovedKind,
    /// Which of its kind in the file, from 1; of CSV the line.
    pub row: i64,
    /// Its numbers; empty where they cannot be read.
    pub name: String,
    pub reason: String,
}

/// Begin a run (`POST /move-in/runs`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BeginRun {
    /// Say what would come of it and change nothing.
    #[garde(skip)]
    pub dry_run: bool,
}

/// A token that programs in the field carry (`POST /move-in/token`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct KnownToken {
    /// As programs carry it, or as `ID:SECRET`.
    #[garde(length(chars, min = 1, max = 400))]
    pub token: String,
    #[garde(custom(crate::validation::required))]
    pub name: String,
    #[garde(length(min = 1, max = 200), inner(length(chars, max = 100)))]
    pub scopes: Vec<String>,
    #[garde(skip)]
    #[serde(default)]
    pub product_lock: Option<ProductId>,
}

/// What became of the token.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenTaken {
    pub id: i64,
    /// Not where it was there already.
    pub changed: bool,
}

/// Who is to be invited (`GET /move-in/invitations`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invitations {
    /// Moved-in customers with an e-mail address who have no account and no invitation yet.
    pub waiting: i64,
    /// Moved-in customers whom no message can reach.
    pub without_address: i64,
    /// Those who were invited and have not come yet.
    pub invited: i64,
    /// Whether there is a mail server.
    pub can_send: bool,
}

/// Invite them (`POST /move-in/invitations`): some at a time, until none are left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Invite {
    /// How many are waiting, as the page shows it.
    #[garde(range(min = 1, max = 10_000_000))]
    pub count: i64,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invited {
    pub sent: i64,
    pub left: i64,
}
