//! Messages in the vendor's own words: queries.

use latchkey_shared::message_template::TemplateKind;
use sea_orm::{
    ActiveModelTrait as _, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel as _, sea_query::OnConflict,
};

use crate::entity::message_template;

/// The vendor's words for a message.
pub async fn find<C: ConnectionTrait>(
    connection: &C,
    kind: TemplateKind,
) -> Result<Option<message_template::Model>, DbErr> {
    message_template::Entity::find_by_id(kind.as_str().to_owned()).one(connection).await
}

/// All messages that the vendor has put into their own words.
pub async fn all<C: ConnectionTrait>(connection: &C) -> Result<Vec<message_template::Model>, DbErr> {
    message_template::Entity::find().all(connection).await
}

/// Keeps the vendor's words.
pub async fn keep<C: ConnectionTrait>(connection: &C, row: message_template::Model) -> Result<(), DbErr> {
    use message_template::Column as Col;
    message_template::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(
            OnConflict::column(Col::Kind)
                .update_columns([Col::Subject, Col::Body, Col::ChangedBy, Col::UpdatedAt])
                .to_owned(),
        )
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// Goes back to Latchkey's words.
pub async fn forget<C: ConnectionTrait>(connection: &C, kind: TemplateKind) -> Result<(), DbErr> {
    message_template::Entity::delete_by_id(kind.as_str().to_owned()).exec(connection).await?;
    Ok(())
}
