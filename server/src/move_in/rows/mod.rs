//! What a row says, checked: products, customers, keys and data objects as the other service has them.

mod fields;
mod key;
mod product;

use latchkey_shared::{api::data::RefType, validation::normal_email};
use serde::{Deserialize, Serialize};

use fields::Fields;
pub use fields::{LARGEST_ID, Words};
pub use key::{Key, Machine};
pub use product::Product;

use super::read::Node;
use crate::{data::reserved, random};

/// Longest machine code.
const MACHINE_MAX: usize = 256;
const NOTES_MAX: usize = 10_000;

/// A data object.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Object {
    pub id: Option<i64>,
    pub name: String,
    pub text: String,
    pub number: i64,
}

impl Object {
    fn read(node: &Node) -> Result<Self, Words> {
        let fields = Fields::of(node)?;
        let name = fields.text("name", 100)?;
        if name.trim().is_empty() {
            return Err("a data object has no name".to_owned());
        }
        let most = i64::from(i32::MAX);
        Ok(Self {
            id: fields.maybe_id("id")?,
            text: fields.text("stringValue", 10_000)?,
            number: fields.whole("intValue", -most - 1, most)?.unwrap_or_default(),
            name,
        })
    }

    /// Why it has no effect here, where it should have one.
    fn remark(&self, of: RefType) -> Option<Words> {
        let problem = reserved::problem(of, &self.name, &self.text, self.number)?;
        let id = self.id.map(|id| format!(" {id}")).unwrap_or_default();
        Some(format!("data object{id} ({}) is taken along and has no effect: {problem}", self.name))
    }

    fn read_all(fields: Fields<'_>) -> Result<Vec<Self>, Words> {
        let within = |words| format!("dataObjects: {words}");
        fields.list("dataObjects")?.iter().map(|node| Self::read(node).map_err(within)).collect()
    }
}

/// A data object with what it is attached to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    pub ref_type: i64,
    pub ref_id: i64,
    pub machine: String,
    pub object: Object,
}

impl Attached {
    pub fn read(node: &Node) -> Result<Self, Words> {
        let fields = Fields::of(node)?;
        let object = Object::read(node)?;
        let ref_type = fields
            .whole("referencerType", i64::MIN, i64::MAX)?
            .ok_or("referencerType: it is not said what it is attached to; ask for the list with ShowAll")?;
        let machine = fields.text("machineCode", MACHINE_MAX)?;
        let ref_id = match (ref_type, machine.is_empty()) {
            (0, true) => 1,
            (1 | 2, true) | (3, false) => fields.id("referencerId")?,
            (3, true) => return Err("machineCode: it is attached to a machine that is not named".to_owned()),
            (0..=2, false) => {
                return Err("machineCode: only what is attached to a machine (3) has one".to_owned());
            }
            _ => return Err(format!("referencerType: {ref_type} is neither 0, 1, 2 nor 3")),
        };
        Ok(Self { ref_type, ref_id, machine, object })
    }

    /// What cannot be taken along as it was.
    pub fn remarks(&self) -> Vec<Words> {
        RefType::from_number(self.ref_type).and_then(|of| self.object.remark(of)).into_iter().collect()
    }
}

/// A customer. Of what is `None` the file does not speak.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    pub id: i64,
    pub name: String,
    pub email: Option<String>,
    pub company: Option<String>,
    pub created: Option<i64>,
    pub notes: Option<String>,
    /// Of the secret only what is kept.
    pub secret_hash: Option<Vec<u8>>,
    pub allow_activation_management: Option<bool>,
    pub allow_multiple_users: Option<bool>,
}

impl Customer {
    pub fn read(node: &Node) -> Result<Self, Words> {
        Self::of(Fields::of(node)?)
    }

    fn of(fields: Fields<'_>) -> Result<Self, Words> {
        let id = fields.id("id")?;
        let text = |name: &str, most: usize| {
            Ok::<_, Words>(if fields.has(name) { Some(fields.text(name, most)?) } else { None })
        };
        let flag =
            |name: &str| Ok::<_, Words>(if fields.has(name) { Some(fields.truth(name)?) } else { None });
        let email = text("email", 254)?.map(|email| normal_email(&email));
        let company = text("companyName", 100)?.map(|company| company.trim().to_owned());
        let name = fields.text("name", 100)?.trim().to_owned();
        let called = [Some(&name), company.as_ref(), email.as_ref()];
        let called = called.into_iter().flatten().find(|text| !text.is_empty()).cloned();
        let secret = fields.text("secret", 200)?.trim().to_owned();
        Ok(Self {
            name: called.unwrap_or_else(|| format!("Customer {id}")),
            id,
            email,
            company,
            created: fields.time("created")?,
            notes: text("notes", NOTES_MAX)?,
            secret_hash: (!secret.is_empty()).then(|| random::hash(&secret)),
            allow_activation_management: flag("allowActivationManagement")?,
            allow_multiple_users: flag("allowMultipleUserAssociation")?,
        })
    }
}
