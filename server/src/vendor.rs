//! The vendor: the one row that holds the company's settings.

use latchkey_shared::api::session::PublicVendor;
use latchkey_store::entity::{upload, vendor};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, QuerySelect, sea_query::OnConflict};

use crate::error::{AppError, AppResult};

/// The only vendor's id.
pub const ID: i64 = 1;

/// The upload that is the vendor's logo.
pub const LOGO: &str = "logo";

/// Makes the row on an empty database.
pub async fn ensure<C: ConnectionTrait>(connection: &C, now: i64, demo: bool) -> AppResult<()> {
    if vendor::Entity::find_by_id(ID).one(connection).await?.is_some() {
        return Ok(());
    }
    let row = vendor::ActiveModel {
        id: Set(ID),
        name: Set(String::new()),
        description: Set(String::new()),
        domain: Set(String::new()),
        website: Set(String::new()),
        support_email: Set(String::new()),
        accent: Set(None),
        time_zone: Set("UTC".to_owned()),
        sign_up_enabled: Set(true),
        sign_up_generation: Set(1),
        sign_up_rotated_at: Set(None),
        terms_version: Set(String::new()),
        terms_changed_at: Set(None),
        mail_from: Set(String::new()),
        demo: Set(demo),
        web_api_get: Set(true),
        web_api_status: Set("mixed".to_owned()),
        web_api_log_days: Set(90),
        app_event_days: Set(400),
        customers_remove_machines: Set(false),
        customer_reissues_per_day: Set(1),
        reissue_moves_machines: Set(true),
        customers_upgrade: Set(false),
        customers_downgrade: Set(false),
        customers_cancel: Set(true),
        full_refund: Set("keep".to_owned()),
        created_at: Set(now),
        updated_at: Set(now),
    };
    // Of two processes that start at once on an empty database, one makes the row.
    vendor::Entity::insert(row)
        .on_conflict(OnConflict::column(vendor::Column::Id).do_nothing().to_owned())
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

pub async fn load<C: ConnectionTrait>(connection: &C) -> AppResult<vendor::Model> {
    vendor::Entity::find_by_id(ID)
        .one(connection)
        .await?
        .ok_or_else(|| AppError::internal("there is no vendor row"))
}

/// What anybody may know.
pub async fn public<C: ConnectionTrait>(connection: &C) -> AppResult<PublicVendor> {
    let row = load(connection).await?;
    let filled = |text: String| Some(text).filter(|text| !text.is_empty());
    Ok(PublicVendor {
        logo: logo_address(connection).await?,
        name: row.name,
        description: row.description,
        domain: row.domain,
        accent: row.accent,
        support_email: filled(row.support_email),
        website: filled(row.website),
        time_zone: row.time_zone,
    })
}

/// The logo's path, its version in the query so that a new one is fetched.
pub async fn logo_address<C: ConnectionTrait>(connection: &C) -> AppResult<Option<String>> {
    let version: Option<i64> = upload::Entity::find_by_id(LOGO)
        .select_only()
        .column(upload::Column::UpdatedAt)
        .into_tuple()
        .one(connection)
        .await?;
    Ok(version.map(|version| format!("/api/v1/logo?v={version}")))
}
