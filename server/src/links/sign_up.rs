//! The sign-up link as staff see and steer it.

use latchkey_shared::{api::links::SignUpLink, time::Timestamp};
use latchkey_store::{customers as store, entity::vendor as vendor_row};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use crate::{
    audit::{self, Entry, Origin},
    communications::mailer,
    error::AppResult,
    links,
    state::AppState,
    vendor,
};

/// What stands between the sign-up link and its purpose, in words.
const NO_MAIL: &str = "There is no mail server, so nobody's address can be proved and the link does not work. Set one under Settings, Mail.";

/// The link, with its address where `with_code` allows to see it.
pub async fn show(app: &AppState, with_code: bool) -> AppResult<SignUpLink> {
    let row = vendor::load(app.store.read()).await?;
    let blocked = (!mailer::can_prove_addresses(app).await?).then(|| NO_MAIL.to_owned());
    let url = (row.sign_up_enabled && with_code).then(|| address(app, &row));
    Ok(SignUpLink {
        enabled: row.sign_up_enabled,
        qr: url.as_deref().map(links::qr).transpose()?,
        url,
        blocked,
        rotated: row.sign_up_rotated_at.map(Timestamp::from_millis),
        sign_ups: store::count_from_source(app.store.read(), "portal").await?,
    })
}

fn address(app: &AppState, row: &vendor_row::Model) -> String {
    let domain = links::domain(app, row);
    let code = links::sign_up_code(app, row);
    app.config.url(&format!("/Portal/@{domain}/Associate?vid={}&auth={code}", vendor::ID))
}

/// Switches the link on or off.
pub async fn set_enabled(app: &AppState, origin: &Origin, enabled: bool) -> AppResult<()> {
    let text =
        if enabled { "The sign-up link was switched on." } else { "The sign-up link was switched off." };
    change(app, origin, "sign_up_link_switched", text, |update, _| {
        update.col_expr(vendor_row::Column::SignUpEnabled, Expr::value(enabled))
    })
    .await
}

/// Makes the link that is out in the world useless, and a new one.
pub async fn rotate(app: &AppState, origin: &Origin) -> AppResult<()> {
    change(
        app,
        origin,
        "sign_up_link_rotated",
        "The sign-up link was replaced by a new one.",
        |update, now| {
            let next = sea_orm::ExprTrait::add(Expr::col(vendor_row::Column::SignUpGeneration), 1);
            update
                .col_expr(vendor_row::Column::SignUpGeneration, next)
                .col_expr(vendor_row::Column::SignUpRotatedAt, Expr::value(now))
        },
    )
    .await
}

async fn change(
    app: &AppState,
    origin: &Origin,
    action: &'static str,
    text: &str,
    set: impl FnOnce(sea_orm::UpdateMany<vendor_row::Entity>, i64) -> sea_orm::UpdateMany<vendor_row::Entity>,
) -> AppResult<()> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    set(vendor_row::Entity::update_many(), now)
        .filter(vendor_row::Column::Id.eq(vendor::ID))
        .exec(&transaction)
        .await?;
    let entry = Entry {
        action,
        subject_kind: "vendor",
        subject_id: vendor::ID,
        text: text.to_owned(),
        ..Entry::default()
    };
    audit::record(&transaction, now, origin, entry).await?;
    transaction.commit().await?;
    Ok(())
}
