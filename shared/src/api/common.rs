//! Shapes that several resources share.

use serde::{Deserialize, Serialize};

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct List<T> {
    pub items: Vec<T>,
    pub meta: ListMeta,
}

/// Where a page stands in its list. Paging is by key: `next` and `previous` go back into the query's
/// `cursor` unchanged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListMeta {
    /// How many rows match, exact up to 10,000.
    pub total: i64,
    /// True where more than [`Self::total`] rows match.
    pub total_is_floor: bool,
    pub next: Option<String>,
    pub previous: Option<String>,
}

/// The query of a list. All lists take the same four; the words each list knows are in its own docs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields, default)]
pub struct ListQuery {
    /// Filter text: the filter language, or a bare word or number to search for.
    #[garde(length(chars, max = 2_000))]
    pub filter: String,
    /// A column name, `-` before it for descending.
    #[garde(length(chars, max = 40))]
    pub sort: String,
    /// From [`ListMeta`].
    #[garde(length(bytes, max = 1_000))]
    pub cursor: String,
    /// Rows per page: 1 to 100; 0 means 25.
    #[garde(range(max = 100))]
    pub limit: u32,
}

/// A QR code as one SVG path: dark modules as `M x y h 1 v 1 h -1 z` in a square of `size` modules
/// without quiet zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QrCode {
    pub size: u32,
    pub path: String,
}

/// A person or program that did something, as shown in histories.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Actor {
    /// `staff`, `portal`, `stripe`, `api`, `scheduler`, `import`.
    pub source: String,
    /// Name of the person or token, where there is one.
    pub name: Option<String>,
}
