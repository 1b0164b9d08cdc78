//! Licence keys and their machines.

use std::collections::HashSet;

use latchkey_shared::{api::data::RefType, key_text::lookup_form};
use latchkey_store::entity::{activation, data_object, licence_key};
use serde::{Deserialize, Serialize};

use super::{
    Customer, MACHINE_MAX, NOTES_MAX, Node, Object,
    fields::{Fields, LARGEST_ID, Words},
};

/// "Never expires" where there must be a date: the last second of 2099, in milliseconds.
const NEVER: i64 = 4_102_444_799_000;
const FLOATING: &str = "floating:";
const OVERDRAFT: &str = "floating:overdraft:";

/// A machine of a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    pub code: String,
    pub floating: bool,
    pub overdraft: bool,
    pub ip: String,
    pub friendly_name: String,
    pub time: Option<i64>,
    pub lease_until: Option<i64>,
}

impl Machine {
    fn read(node: &Node) -> Result<Self, Words> {
        let fields = Fields::of(node)?;
        let mid = fields.text("mid", OVERDRAFT.len() + MACHINE_MAX)?;
        let (floating, overdraft, code) = match (mid.strip_prefix(OVERDRAFT), mid.strip_prefix(FLOATING)) {
            (Some(code), _) => (true, true, code),
            (None, Some(code)) => (true, false, code),
            (None, None) => (false, false, mid.as_str()),
        };
        if code.is_empty() || code.chars().count() > MACHINE_MAX {
            return Err("a machine has no machine code, or one that is too long".to_owned());
        }
        Ok(Self {
            code: code.to_owned(),
            floating,
            overdraft,
            ip: fields.text("ip", 100)?,
            friendly_name: fields.text("friendlyName", 200)?,
            time: fields.time("time")?,
            lease_until: if floating { fields.time("floatingExpires")? } else { None },
        })
    }
}

/// A licence key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    pub product: i64,
    /// Per product.
    pub number: i64,
    /// Nothing where the file does not say: then it gets the next one.
    pub global_id: Option<i64>,
    /// As it is written there.
    pub text: String,
    pub created: Option<i64>,
    pub expires: Option<i64>,
    pub period: i64,
    pub features: [bool; 8],
    pub notes: String,
    pub blocked: bool,
    pub customer: Option<i64>,
    pub trial_activation: bool,
    pub max_machines: i64,
    pub allowed_machines: String,
    pub machines: Vec<Machine>,
    pub objects: Vec<Object>,
    /// Parts of which the file does not speak.
    #[serde(skip)]
    unsaid: Vec<&'static str>,
}

/// Parts of a key of which a file may be silent, such as a CSV file without that column.
const PARTS: &[&str] = &[
    "created",
    "expires",
    "period",
    "f1",
    "notes",
    "block",
    "customerId",
    "trialActivation",
    "maxNoOfMachines",
    "allowedMachines",
    "activatedMachines",
    "dataObjects",
];

impl Key {
    /// The key, and the customer as far as the key says who that is.
    pub fn read(node: &Node) -> Result<(Self, Option<Customer>), Words> {
        let fields = Fields::of(node)?;
        let text = fields.text("key", 100)?.trim().to_owned();
        if text.is_empty() {
            return Err("key: it has no text".to_owned());
        }
        let owner = match fields.inner("customer") {
            Ok(Some(inner)) => Some(Customer::of(inner).map_err(|words| format!("customer: {words}"))?),
            Ok(None) => None,
            Err(words) => return Err(words),
        };
        let mut features = [false; 8];
        for (index, on) in features.iter_mut().enumerate() {
            *on = fields.truth(&format!("f{}", index + 1))?;
        }
        let key = Self {
            product: fields.id("productId")?,
            number: fields.id("id")?,
            global_id: fields.maybe_id("globalId")?,
            text,
            created: fields.time("created")?,
            expires: fields.time("expires")?.filter(|at| *at != NEVER),
            period: fields.whole("period", 0, 10_000_000)?.unwrap_or_default(),
            features,
            notes: fields.text("notes", NOTES_MAX)?,
            blocked: fields.truth("block")?,
            customer: owner.as_ref().map(|owner| owner.id).or(fields.maybe_id("customerId")?),
            trial_activation: fields.truth("trialActivation")?,
            max_machines: fields.whole("maxNoOfMachines", 0, LARGEST_ID)?.unwrap_or_default(),
            allowed_machines: allowed(fields)?,
            machines: machines(fields)?,
            objects: Object::read_all(fields)?,
            unsaid: PARTS.iter().copied().filter(|part| !says(fields, part)).collect(),
        };
        Ok((key, owner))
    }

    /// What cannot be taken along as it was.
    pub fn remarks(&self) -> Vec<Words> {
        self.objects.iter().filter_map(|object| object.remark(RefType::Key)).collect()
    }

    /// The form by which its text is looked up.
    pub fn lookup(&self) -> String {
        lookup_form(&self.text)
    }

    /// The key with what its file does not speak of taken from `base`.
    #[must_use]
    pub fn completed(&self, base: &Self) -> Self {
        let mut key = self.clone();
        for part in std::mem::take(&mut key.unsaid) {
            match part {
                "created" => key.created = base.created,
                "expires" => key.expires = base.expires,
                "period" => key.period = base.period,
                "f1" => key.features = base.features,
                "notes" => key.notes.clone_from(&base.notes),
                "block" => key.blocked = base.blocked,
                "customerId" => key.customer = base.customer,
                "trialActivation" => key.trial_activation = base.trial_activation,
                "maxNoOfMachines" => key.max_machines = base.max_machines,
                "allowedMachines" => key.allowed_machines.clone_from(&base.allowed_machines),
                "activatedMachines" => key.machines.clone_from(&base.machines),
                _ => key.objects.clone_from(&base.objects),
            }
        }
        if key.global_id.is_none() {
            // It was found by its text, which people may have typed.
            key.text.clone_from(&base.text);
        }
        key.global_id = base.global_id;
        key
    }

    /// A key as it is here.
    pub fn here(
        row: &licence_key::Model,
        machines: &[&activation::Model],
        objects: &[&data_object::Model],
    ) -> Self {
        let machine = |row: &&activation::Model| Machine {
            code: row.machine_code.clone(),
            floating: row.floating,
            overdraft: row.overdraft,
            ip: row.ip.clone(),
            friendly_name: row.friendly_name.clone(),
            time: Some(row.first_seen_at),
            lease_until: row.lease_until,
        };
        let object = |row: &&data_object::Model| Object {
            id: Some(row.id),
            name: row.name.clone(),
            text: row.string_value.clone(),
            number: row.int_value,
        };
        Self {
            product: row.product_id,
            number: row.number,
            global_id: Some(row.id),
            text: row.key_text.clone(),
            created: Some(row.created_at),
            expires: row.expires_at,
            period: row.period_days,
            features: [row.f1, row.f2, row.f3, row.f4, row.f5, row.f6, row.f7, row.f8],
            notes: row.notes.clone(),
            blocked: row.blocked,
            customer: row.customer_id,
            trial_activation: row.trial_activation,
            max_machines: row.max_machines,
            allowed_machines: row.allowed_machines.clone(),
            machines: machines.iter().map(machine).collect(),
            objects: objects.iter().map(object).collect(),
            unsaid: Vec::new(),
        }
    }
}

fn says(fields: Fields<'_>, part: &str) -> bool {
    fields.has(part) || (part == "customerId" && fields.has("customer"))
}

/// A text of lines, or a list.
fn allowed(fields: Fields<'_>) -> Result<String, Words> {
    if let Ok(codes) = fields.list("allowedMachines") {
        let code = |node: &Node| match node {
            Node::Text(code) if !code.contains('\0') => Ok(code.trim().to_owned()),
            _ => Err("allowedMachines: this is no machine code".to_owned()),
        };
        return Ok(codes.iter().map(code).collect::<Result<Vec<_>, _>>()?.join("\n"));
    }
    fields.text("allowedMachines", 100_000)
}

/// A machine that is named twice is there once.
fn machines(fields: Fields<'_>) -> Result<Vec<Machine>, Words> {
    let mut machines: Vec<Machine> = Vec::new();
    let mut known = HashSet::new();
    for node in fields.list("activatedMachines")? {
        let machine = Machine::read(node).map_err(|words| format!("activatedMachines: {words}"))?;
        if known.insert((machine.floating, machine.code.clone())) {
            machines.push(machine);
        }
    }
    Ok(machines)
}
