//! Reading what another licensing service wrote: rows one by one, within bounds, whatever is in the file.

mod json;
mod node;
mod table;

use std::io::{BufRead, BufReader, Read};

pub use node::Node;

/// What can be moved in, in the order in which it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Product,
    Customer,
    Key,
    /// A data object that comes in a list of its own.
    Object,
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Product, Self::Customer, Self::Key, Self::Object];

    /// The word under which it is remembered.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Customer => "customer",
            Self::Key => "key",
            Self::Object => "object",
        }
    }

    pub const fn singular(self) -> &'static str {
        match self {
            Self::Object => "data object",
            other => other.word(),
        }
    }

    pub const fn plural(self) -> &'static str {
        match self {
            Self::Product => "products",
            Self::Customer => "customers",
            Self::Key => "keys",
            Self::Object => "data objects",
        }
    }

    /// By the name of the list that an answer has of them.
    fn of_section(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "products" => Some(Self::Product),
            "customers" => Some(Self::Customer),
            "licensekeys" => Some(Self::Key),
            "dataobjects" => Some(Self::Object),
            _ => None,
        }
    }
}

/// A row as it stands in a file.
#[derive(Clone, Debug)]
pub struct Raw {
    pub kind: Kind,
    /// Which of its kind in the file, from 1; of CSV the line.
    pub row: u64,
    pub node: Node,
    /// About how many bytes it holds.
    pub weight: usize,
}

/// Takes rows; answers whether it wants more.
pub type Sink<'s> = dyn FnMut(Raw) -> bool + Send + 's;

/// How many rows of each kind there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found([u64; 4]);

impl Found {
    /// In the order of [`Kind::ALL`].
    pub const fn new(rows: [u64; 4]) -> Self {
        Self(rows)
    }

    fn count(&mut self, kind: Kind) -> u64 {
        self.0[kind as usize] += 1;
        self.0[kind as usize]
    }

    pub fn of(self, kind: Kind) -> u64 {
        self.0[kind as usize]
    }

    pub fn all(self) -> u64 {
        self.0.iter().sum()
    }

    pub fn add(&mut self, other: Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine += theirs;
        }
    }
}

/// Why a file cannot be taken at all, in words.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    #[error("it cannot be read: {0}")]
    Io(#[from] std::io::Error),
    #[error("it is not valid JSON, or not an answer of the licensing service: {0}")]
    Json(String),
    #[error("it is not valid CSV: {0}")]
    Csv(String),
    #[error("{0}")]
    Columns(&'static str),
    #[error("it holds an answer that says no: “{0}”")]
    Refusal(String),
    #[error("it holds none of the lists products, licenseKeys, customers and dataObjects")]
    Nothing,
    #[error("it is empty")]
    Empty,
    #[error("it is larger than {0}")]
    TooLarge(String),
}

/// Hands the rows of a file to `sink`. JSON begins with a brace or bracket, anything else is taken for CSV.
///
/// # Errors
/// Where the file cannot be read to its end.
pub fn rows(file: impl Read, sink: &mut Sink<'_>) -> Result<Found, Unreadable> {
    let mut file = BufReader::with_capacity(64 * 1024, file);
    let begin = file.fill_buf()?;
    let begin = begin.strip_prefix(b"\xef\xbb\xbf").unwrap_or(begin);
    match begin.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => Err(Unreadable::Empty),
        Some(b'{' | b'[') => json::read(file, sink),
        Some(_) => table::read(file, sink),
    }
}

/// Reads a file to its end and keeps nothing of it: whether it can be read, and what is in it.
///
/// # Errors
/// As [`rows`].
pub fn survey(file: impl Read) -> Result<Found, Unreadable> {
    rows(file, &mut |_| true)
}
