//! Data objects: name, string and integer attached to the vendor, a product or a key.

use serde::{Deserialize, Serialize};

use crate::{ids::DataObjectId, time::Timestamp};

/// What a data object is attached to; the number is the licence API's `RefType`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RefType {
    /// 0: the vendor ("user level").
    #[default]
    Vendor,
    /// 1
    Product,
    /// 2: by global id.
    Key,
}

impl RefType {
    pub const ALL: [Self; 3] = [Self::Vendor, Self::Product, Self::Key];

    pub const fn number(self) -> i64 {
        match self {
            Self::Vendor => 0,
            Self::Product => 1,
            Self::Key => 2,
        }
    }

    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }
}

/// Names with this prefix steer Latchkey itself; at vendor level they need the settings permission.
pub const RESERVED_PREFIX: &str = "cryptolens_";
/// The data object (vendor level) that holds the terms' URL.
pub const TERMS_URL: &str = "cryptolens_customtosurl";

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DataObject {
    pub id: DataObjectId,
    pub ref_type: RefType,
    /// Vendor 1, product id or key's global id.
    pub ref_id: i64,
    pub name: String,
    pub string_value: String,
    pub int_value: i64,
    /// Whether its name is reserved, and what it does.
    pub reserved: Option<String>,
    pub updated: Timestamp,
}

/// `GET /data?ref_type=0&ref_id=1`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema, utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields, default)]
pub struct DataQuery {
    /// 0 vendor, 1 product, 2 key.
    #[garde(range(min = 0, max = 2))]
    pub ref_type: i64,
    /// Absent: all of that type.
    #[garde(skip)]
    pub ref_id: Option<i64>,
    /// Part of the name.
    #[garde(length(chars, max = 100))]
    pub contains: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DataObjects {
    pub objects: Vec<DataObject>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AddDataObject {
    #[garde(skip)]
    pub ref_type: RefType,
    #[garde(skip)]
    pub ref_id: i64,
    #[garde(length(chars, min = 1, max = 100))]
    pub name: String,
    #[garde(length(chars, max = 10_000))]
    #[serde(default)]
    pub string_value: String,
    #[garde(skip)]
    #[serde(default)]
    pub int_value: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, garde::Validate)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EditDataObject {
    #[garde(length(chars, max = 10_000))]
    pub string_value: String,
    #[garde(skip)]
    pub int_value: i64,
}
