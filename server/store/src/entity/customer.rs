//! A buyer.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "customer")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub name: String,
    /// The name as [`crate::customers::folded`] makes it: what is compared and sorted.
    pub name_folded: String,
    /// Normal form (lower case) or empty.
    pub email: String,
    pub company: String,
    /// Like [`Self::name_folded`].
    pub company_folded: String,
    pub phone: String,
    pub country: String,
    pub notes: String,
    pub external_id: String,
    /// What a bare word searches: name, e-mail, company, external id in lower case.
    pub search_text: String,
    pub disabled: bool,
    /// The headline status, kept by [`crate::customers::refresh_headline`].
    pub headline: String,
    pub association_enabled: bool,
    /// Goes into the association link's code; renewing and revoking count it up.
    pub association_generation: i64,
    pub association_revoked: bool,
    pub association_created_at: Option<i64>,
    pub association_sent_at: Option<i64>,
    pub association_used_at: Option<i64>,
    pub association_used_by: Option<i64>,
    pub allow_activation_management: bool,
    pub allow_multiple_users: bool,
    /// Machines that may use their licences, all taken together; 0: any number.
    pub max_machines: i64,
    /// The webshop that they are bound to.
    pub webshop_id: i64,
    /// SHA-256 of the secret by which programs fetch this customer's licences.
    pub secret_hash: Option<Vec<u8>>,
    /// `staff`, `portal`, `api`, `import`, `stripe`.
    pub source: String,
    pub version: i64,
    pub created_at: i64,
    pub updated_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
