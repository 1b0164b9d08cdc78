//! Products, with what their features mean.

use latchkey_shared::api::data::RefType;
use serde::{Deserialize, Serialize};

use super::{
    NOTES_MAX, Node, Object,
    fields::{Fields, Words},
};

/// A feature that limits a key in time.
const LIMIT: i64 = 1;
/// A feature that marks a trial.
const TRIAL: i64 = 2;
/// What F1 to F8 are where a product does not say.
const USUAL: [i64; 8] = [LIMIT, TRIAL, 0, 0, 0, 0, 0, 0];
/// The feature that marks trials here: F2.
const TRIAL_HERE: usize = 1;

/// A product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    pub id: i64,
    pub name: String,
    pub description: String,
    pub created: Option<i64>,
    pub features: [String; 8],
    /// What each feature is: 0 nothing special, 1 a limit in time, 2 a trial.
    #[serde(default)]
    kinds: [i64; 8],
    /// Whether every key is limited in time, whatever its features.
    #[serde(default = "yes")]
    all_limited: bool,
    blocks_expired: bool,
    pub objects: Vec<Object>,
}

/// What older versions kept did not say it.
const fn yes() -> bool {
    true
}

impl Product {
    pub fn read(node: &Node) -> Result<Self, Words> {
        let fields = Fields::of(node)?;
        let id = fields.id("id")?;
        let name = fields.text("name", 100)?.trim().to_owned();
        let definitions = fields.inner("featureDefinitions")?;
        let (mut features, mut kinds) = (<[String; 8]>::default(), USUAL);
        if let Some(definitions) = definitions {
            for (index, (name, kind)) in features.iter_mut().zip(&mut kinds).enumerate() {
                if let Some(feature) = definitions.inner(&format!("f{}", index + 1))? {
                    feature.text("name", 100)?.trim().clone_into(name);
                    *kind = feature.whole("type", i64::MIN, i64::MAX)?.unwrap_or(*kind);
                }
            }
        }
        let flag = |name: &str, unsaid: bool| match definitions.filter(|definitions| definitions.has(name)) {
            Some(definitions) => definitions.truth(name),
            None => Ok(unsaid),
        };
        Ok(Self {
            name: if name.is_empty() { format!("Product {id}") } else { name },
            id,
            description: fields.text("description", NOTES_MAX)?.trim().to_owned(),
            created: fields.time("creationDate")?.or(fields.time("created")?),
            features,
            kinds,
            all_limited: flag("allLicensesTimeLimited", true)?,
            blocks_expired: flag("blockExpiredLicenses", false)?,
            objects: Object::read_all(fields)?,
        })
    }

    /// The features that limit a key in time, a bit each; none where every key is limited.
    pub fn limiting(&self) -> i64 {
        if self.all_limited { 0 } else { self.limits() }
    }

    fn limits(&self) -> i64 {
        self.kinds.iter().enumerate().filter(|(_, kind)| **kind == LIMIT).map(|(index, _)| 1 << index).sum()
    }

    /// Whether keys are blocked that are over; where no key is limited in time, none is.
    pub fn blocks(&self) -> bool {
        self.blocks_expired && (self.all_limited || self.limits() != 0)
    }

    /// What cannot be taken along as it was.
    pub fn remarks(&self) -> Vec<Words> {
        let mut remarks = Vec::new();
        for (index, kind) in self.kinds.into_iter().enumerate() {
            let feature = index + 1;
            match kind {
                TRIAL if index != TRIAL_HERE => remarks.push(format!(
                    "F{feature} marks trials there; here a trial is a key that CreateTrialKey made, with F2"
                )),
                0 | LIMIT if index == TRIAL_HERE => {
                    remarks.push("F2 does not mark trials there; here CreateTrialKey turns it on".to_owned());
                }
                0..=TRIAL => {}
                other => remarks.push(format!("F{feature} is of a kind ({other}) that is not known here")),
            }
        }
        if self.blocks_expired && !self.blocks() {
            remarks.push("expired keys are blocked there, but no feature limits a key in time, so none is; here blocking is off".to_owned());
        } else if self.limiting() != 0 {
            remarks.push(format!(
                "only keys with {} are limited in time there; here only those are blocked, but every key past its date is shown as expired",
                limiting_features(self.limiting())
            ));
        }
        remarks.extend(self.objects.iter().filter_map(|object| object.remark(RefType::Product)));
        remarks
    }
}

/// `F1 or F3`.
fn limiting_features(bits: i64) -> String {
    let on = (0..8).filter(|index| bits & (1 << index) != 0);
    on.map(|index| format!("F{}", index + 1)).collect::<Vec<_>>().join(" or ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(kinds: [i64; 8], all_limited: bool, blocks_expired: bool) -> Product {
        Product {
            id: 1,
            name: String::new(),
            description: String::new(),
            created: None,
            features: Default::default(),
            kinds,
            all_limited,
            blocks_expired,
            objects: Vec::new(),
        }
    }

    #[test]
    fn what_limits_keys_is_taken_along_and_the_rest_is_said() {
        for (kinds, all_limited, blocks_expired, expected, said) in [
            (USUAL, true, true, (0, true), &[][..]),
            (USUAL, false, true, (1, true), &["only keys with F1 are limited"][..]),
            ([1, 2, 1, 0, 0, 0, 0, 0], false, false, (5, false), &["only keys with F1 or F3 are limited"]),
            ([0, 2, 0, 0, 0, 0, 0, 0], false, true, (0, false), &["here blocking is off"]),
            ([0, 2, 0, 0, 0, 0, 0, 0], true, true, (0, true), &[]),
            (
                [1, 0, 0, 2, 0, 0, 0, 9],
                true,
                false,
                (0, false),
                &["F2 does not mark trials", "F4 marks trials", "F8 is of a kind (9)"],
            ),
        ] {
            let product = product(kinds, all_limited, blocks_expired);
            assert_eq!(
                (product.limiting(), product.blocks()),
                expected,
                "{kinds:?} {all_limited} {blocks_expired}"
            );
            let remarks = product.remarks();
            assert_eq!(remarks.len(), said.len(), "{remarks:?}");
            assert!(remarks.iter().zip(said).all(|(remark, part)| remark.contains(part)), "{remarks:?}");
        }
    }
}
