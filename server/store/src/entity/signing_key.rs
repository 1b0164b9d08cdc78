//! A key pair that signs licences; the private half is the sealed secret `signing/{id}`.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signing_key")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub name: String,
    /// `<RSAKeyValue>` XML.
    pub public_xml: String,
    pub public_pem: String,
    pub retired: bool,
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
