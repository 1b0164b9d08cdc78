//! What the key parameters of prices and plans say: their own, over those of the licence template that they name.

use std::collections::HashMap;

use latchkey_engine::key_params::{KeyParams, KeyParamsError, over_template};
use latchkey_store::{entity::licence_template, templates as store};
use sea_orm::ConnectionTrait;

use crate::error::AppResult;

/// The licence templates that a price or plan can name; one that cannot be read is none.
#[derive(Clone, Debug, Default)]
pub struct PlanParams {
    templates: HashMap<i64, KeyParams>,
}

/// Why there is nothing to make a key with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    Params(KeyParamsError),
    /// It names this licence template, which is not here.
    Template(i64),
}

impl PlanParams {
    /// With the templates of all products.
    pub async fn load<C: ConnectionTrait>(connection: &C) -> AppResult<Self> {
        let rows = store::all(connection).await?;
        Ok(Self { templates: rows.iter().filter_map(said).collect() })
    }

    /// The ids of the templates that can be named, ascending.
    pub fn templates(&self) -> Vec<i64> {
        let mut ids: Vec<i64> = self.templates.keys().copied().collect();
        ids.sort_unstable();
        ids
    }

    /// What the text of `skm`, or of a plan here, comes to.
    pub fn read(&self, text: &str) -> Result<KeyParams, Unreadable> {
        let own = KeyParams::parse(text).map_err(Unreadable::Params)?.params;
        match own.template_id {
            None => Ok(own),
            Some(id) => {
                let template = self.templates.get(&id).ok_or(Unreadable::Template(id))?;
                Ok(over_template(&own, template))
            }
        }
    }
}

fn said(row: &licence_template::Model) -> Option<(i64, KeyParams)> {
    let parsed = KeyParams::parse_template(&row.params).ok()?;
    // A template names no other, and whose keys are bought is the price's to say.
    Some((row.id, KeyParams { template_id: None, product_id: None, ..parsed.params }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_says_more_than_its_template() {
        let row = licence_template::Model {
            id: 7,
            product_id: 1,
            name: "Team".to_owned(),
            params: r#"{"F1":true,"MaxNoOfMachines":10,"ProductId":3}"#.to_owned(),
            version: 1,
            created_at: 0,
            updated_at: 0,
        };
        let known = PlanParams { templates: [&row].into_iter().filter_map(said).collect() };
        assert_eq!(known.templates(), [7]);
        let read = known.read(r#"{"TemplateId":7,"MaxNoOfMachines":2}"#).unwrap();
        assert_eq!((read.features.get(1), read.max_machines, read.product_id), (Some(true), Some(2), None));
        assert_eq!(known.read(r#"{"TemplateId":8}"#), Err(Unreadable::Template(8)));
        assert_eq!(known.read(""), Err(Unreadable::Params(KeyParamsError::Missing)));
    }
}
