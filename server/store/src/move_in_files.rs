//! Files that wait to be moved in, and what became of them: queries.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel as _,
    QueryFilter, QueryOrder, QuerySelect,
};

use crate::entity::{move_in_file, move_in_run};

/// A file without its bytes.
#[derive(Clone, Debug, PartialEq, Eq, sea_orm::FromQueryResult)]
pub struct File {
    pub id: i64,
    pub name: String,
    pub size: i64,
    pub rows: serde_json::Value,
    pub problem: Option<String>,
    pub created_at: i64,
}

/// All files that wait, in the order in which they came.
pub async fn all<C: ConnectionTrait>(connection: &C) -> Result<Vec<File>, DbErr> {
    use move_in_file::Column as F;
    move_in_file::Entity::find()
        .select_only()
        .columns([F::Id, F::Name, F::Size, F::Rows, F::Problem, F::CreatedAt])
        .order_by_asc(F::Id)
        .into_model()
        .all(connection)
        .await
}

/// What is in a file; nothing where it is gone.
pub async fn bytes<C: ConnectionTrait>(connection: &C, id: i64) -> Result<Option<Vec<u8>>, DbErr> {
    Ok(move_in_file::Entity::find_by_id(id).one(connection).await?.map(|row| row.bytes))
}

/// Adds a file.
pub async fn insert<C: ConnectionTrait>(
    connection: &C,
    row: move_in_file::ActiveModel,
) -> Result<move_in_file::Model, DbErr> {
    row.insert(connection).await
}

/// Removes a file; false where there is none.
pub async fn remove<C: ConnectionTrait>(connection: &C, id: i64) -> Result<bool, DbErr> {
    Ok(move_in_file::Entity::delete_by_id(id).exec(connection).await?.rows_affected > 0)
}

/// Removes the files of that name.
pub async fn remove_named<C: ConnectionTrait>(connection: &C, name: &str) -> Result<(), DbErr> {
    let named = move_in_file::Entity::delete_many().filter(move_in_file::Column::Name.eq(name));
    named.exec(connection).await?;
    Ok(())
}

/// Removes every file.
pub async fn remove_all<C: ConnectionTrait>(connection: &C) -> Result<(), DbErr> {
    move_in_file::Entity::delete_many().exec(connection).await?;
    Ok(())
}

/// Removes files that came before then.
pub async fn sweep<C: ConnectionTrait>(connection: &C, before: i64) -> Result<(), DbErr> {
    let old = move_in_file::Entity::delete_many().filter(move_in_file::Column::CreatedAt.lt(before));
    old.exec(connection).await?;
    Ok(())
}

/// The latest dry run, or the latest import.
pub async fn latest_run<C: ConnectionTrait>(
    connection: &C,
    dry_run: bool,
) -> Result<Option<move_in_run::Model>, DbErr> {
    move_in_run::Entity::find()
        .filter(move_in_run::Column::DryRun.eq(dry_run))
        .order_by_desc(move_in_run::Column::Id)
        .one(connection)
        .await
}

/// Begins a run.
pub async fn insert_run<C: ConnectionTrait>(
    connection: &C,
    row: move_in_run::ActiveModel,
) -> Result<move_in_run::Model, DbErr> {
    row.insert(connection).await
}

/// Keeps how far a run is.
pub async fn save_run<C: ConnectionTrait>(connection: &C, row: move_in_run::Model) -> Result<(), DbErr> {
    row.into_active_model().reset_all().update(connection).await?;
    Ok(())
}
