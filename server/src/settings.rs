//! The vendor's settings: company, logo, mail.

use std::time::Duration;

use latchkey_engine::period::Tz;
use latchkey_shared::{
    api::{
        changes::SelfService,
        settings::{Company, MailSettings, MailTest, OwnLicences, Refunds, SetMail, Settings},
    },
    terms_url,
};
use latchkey_store::entity::{upload, vendor as vendor_row};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel as _,
    sea_query::OnConflict,
};
use serde_json::json;

use crate::{
    audit::{self, Entry, Origin},
    billing::refund_policy,
    cli::without_password,
    communications::{
        self, letters,
        mailer::{self, SMTP_SECRET},
    },
    error::{AppError, AppResult},
    licensing::own,
    links::{self, sign_up},
    state::AppState,
    terms, vendor,
};

/// Whoever presses the button waits no longer.
const LONGEST_TEST: Duration = Duration::from_secs(20);

/// Largest logo, in bytes.
pub const LOGO_LIMIT: usize = 512 * 1024;

/// All settings; the sign-up link's address only where `with_links` allows.
pub async fn show(app: &AppState, with_links: bool) -> AppResult<Settings> {
    let connection = app.store.read();
    let row = vendor::load(connection).await?;
    let terms = terms::current(connection).await?;
    let (terms_accepted, terms_outstanding) = match &terms {
        Some(terms) => terms::tally(connection, terms).await?,
        None => (0, 0),
    };
    Ok(Settings {
        logo: vendor::logo_address(connection).await?,
        terms,
        terms_accepted,
        terms_outstanding,
        sign_up_link: sign_up::show(app, with_links).await?,
        mail: mail(app, &row).await?,
        own_licences: own::rules(&row),
        refunds: Refunds { full_refund: refund_policy::rule(connection).await? },
        public_url: app.config.public_url.clone(),
        company_page: links::company_page(app, &row),
        company: Company {
            name: row.name,
            description: row.description,
            domain: row.domain,
            website: row.website,
            support_email: row.support_email,
            accent: row.accent,
            time_zone: row.time_zone,
        },
    })
}

async fn mail(app: &AppState, row: &vendor_row::Model) -> AppResult<MailSettings> {
    let url = mailer::smtp_url(app).await?;
    Ok(MailSettings {
        configured: url.is_some(),
        fixed: app.config.smtp_url.is_some(),
        server: url.as_deref().map(without_password).unwrap_or_default(),
        from: app.config.mail_from.clone().unwrap_or_else(|| row.mail_from.clone()),
    })
}

/// Saves the company's data.
pub async fn set_company(app: &AppState, origin: &Origin, form: Company) -> AppResult<()> {
    if form.time_zone.parse::<Tz>().is_err() {
        return Err(AppError::field("time_zone", "This is no time zone. Choose one such as Europe/Berlin."));
    }
    let website = form.website.trim();
    if !website.is_empty() && terms_url::check(website).is_err() {
        return Err(AppError::field(
            "website",
            "Enter an address that begins with https://, or leave it empty.",
        ));
    }
    let text = "The company's data was changed.";
    change(app, origin, "company_changed", text, |row| {
        row.name = Set(form.name.trim().to_owned());
        row.description = Set(form.description.trim().to_owned());
        row.domain = Set(form.domain.trim().to_lowercase());
        row.website = Set(website.to_owned());
        row.support_email = Set(form.support_email.trim().to_lowercase());
        row.accent = Set(form.accent.clone());
        row.time_zone = Set(form.time_zone.clone());
    })
    .await
}

/// Says what customers may do with their licences themselves.
pub async fn set_own_licences(app: &AppState, origin: &Origin, form: OwnLicences) -> AppResult<()> {
    let text = "What customers may do with their licences was changed.";
    change(app, origin, "own_licences_changed", text, |row| {
        row.customers_remove_machines = Set(form.remove_machines);
        row.customer_reissues_per_day = Set(form.reissues_per_day);
        row.reissue_moves_machines = Set(form.reissue_moves_machines);
    })
    .await
}

/// Says what refunds do to licences.
pub async fn set_refunds(app: &AppState, origin: &Origin, form: &Refunds) -> AppResult<()> {
    let text = "What refunds do to licences was changed.";
    change(app, origin, "refunds_changed", text, |row| {
        row.full_refund = Set(form.full_refund.as_str().to_owned());
    })
    .await
}

/// Keeps an uploaded logo. The type is told by the bytes, not by what the browser says.
pub async fn set_logo(app: &AppState, origin: &Origin, bytes: Vec<u8>) -> AppResult<()> {
    if bytes.len() > LOGO_LIMIT {
        return Err(AppError::field("file", "The logo may be 512 KB at most."));
    }
    let media_type =
        image_type(&bytes).ok_or_else(|| AppError::field("file", "Upload a PNG, JPEG or WebP picture."))?;
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let row = upload::ActiveModel {
        name: Set(vendor::LOGO.to_owned()),
        media_type: Set(media_type.to_owned()),
        bytes: Set(bytes),
        updated_at: Set(now),
    };
    upload::Entity::insert(row)
        .on_conflict(
            OnConflict::column(upload::Column::Name)
                .update_columns([upload::Column::MediaType, upload::Column::Bytes, upload::Column::UpdatedAt])
                .to_owned(),
        )
        .exec_without_returning(&transaction)
        .await?;
    record(&transaction, now, origin, "logo_changed", "The logo was changed.").await?;
    transaction.commit().await?;
    Ok(())
}

pub async fn remove_logo(app: &AppState, origin: &Origin) -> AppResult<()> {
    let transaction = app.store.begin().await?;
    upload::Entity::delete_by_id(vendor::LOGO).exec(&transaction).await?;
    record(&transaction, app.clock.now(), origin, "logo_removed", "The logo was removed.").await?;
    transaction.commit().await?;
    Ok(())
}

/// The logo's type and bytes.
pub async fn logo(app: &AppState) -> AppResult<Option<(String, Vec<u8>)>> {
    let row = upload::Entity::find_by_id(vendor::LOGO).one(app.store.read()).await?;
    Ok(row.map(|row| (row.media_type, row.bytes)))
}

fn image_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

/// What customers may do to their subscriptions themselves.
pub async fn self_service(app: &AppState) -> AppResult<SelfService> {
    let row = vendor::load(app.store.read()).await?;
    Ok(SelfService {
        upgrade: row.customers_upgrade,
        downgrade: row.customers_downgrade,
        cancel: row.customers_cancel,
    })
}

/// Sets what customers may do to their subscriptions themselves.
pub async fn set_self_service(app: &AppState, origin: &Origin, form: SelfService) -> AppResult<()> {
    let text = "What customers may do themselves was changed.";
    change(app, origin, "self_service_changed", text, |row| {
        row.customers_upgrade = Set(form.upgrade);
        row.customers_downgrade = Set(form.downgrade);
        row.customers_cancel = Set(form.cancel);
    })
    .await
}

/// Sets the mail server; an empty address switches mail off.
pub async fn set_mail(app: &AppState, origin: &Origin, form: SetMail) -> AppResult<()> {
    if app.config.smtp_url.is_some() {
        return Err(AppError::conflict(
            "fixed_by_flag",
            "The mail server is set by --smtp-url and cannot be changed here.",
        ));
    }
    let url = form.url.trim();
    if !url.is_empty() {
        mailer::transport(url)?;
    }
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    if url.is_empty() {
        app.sealer.remove(&transaction, SMTP_SECRET).await?;
    } else {
        app.sealer.put(&transaction, SMTP_SECRET, url, now).await?;
    }
    let mut row = vendor::load(&transaction).await?.into_active_model();
    row.mail_from = Set(form.from.trim().to_lowercase());
    row.updated_at = Set(now);
    row.update(&transaction).await?;
    record(&transaction, now, origin, "mail_changed", "The mail server was changed.").await?;
    transaction.commit().await?;
    Ok(())
}

/// Sends a test message to `to`, or without an address only connects to the mail server; says how that went.
pub async fn test_mail(app: &AppState, to: Option<&str>) -> AppResult<MailTest> {
    let Some(url) = mailer::smtp_url(app).await? else {
        return Ok(MailTest { ok: false, message: "There is no mail server to test.".to_owned() });
    };
    let Some(to) = to else {
        let answered = mailer::transport(&url)?.test_connection().await;
        let words = match answered {
            Ok(true) => return Ok(MailTest { ok: true, message: "The mail server answered.".to_owned() }),
            Ok(false) => "it did not take the greeting".to_owned(),
            Err(error) => error.to_string(),
        };
        return Ok(unusable(&words));
    };
    let letter = letters::mail_test(&vendor::load(app.store.read()).await?.name);
    let transaction = app.store.begin().await?;
    let message = communications::write(app, &transaction, None, to, letter).await?;
    transaction.commit().await?;
    let delivered = match tokio::time::timeout(LONGEST_TEST, mailer::deliver(app, message.id)).await {
        Ok(outcome) => outcome.map_err(|error| error.to_string()),
        Err(_) => Err("the mail server did not answer in time".to_owned()),
    };
    if let Err(words) = delivered {
        let transaction = app.store.begin().await?;
        mailer::note_failure(&transaction, message.id, &words, true).await?;
        transaction.commit().await?;
        return Ok(unusable(&words));
    }
    Ok(MailTest {
        ok: true,
        message: format!("The mail server took a message to {to}. Look whether it arrives."),
    })
}

fn unusable(words: &str) -> MailTest {
    MailTest { ok: false, message: format!("The mail server cannot be used: {words}.") }
}

async fn change(
    app: &AppState,
    origin: &Origin,
    action: &'static str,
    text: &str,
    set: impl FnOnce(&mut vendor_row::ActiveModel),
) -> AppResult<()> {
    let now = app.clock.now();
    let transaction = app.store.begin().await?;
    let mut row = vendor::load(&transaction).await?.into_active_model();
    set(&mut row);
    row.updated_at = Set(now);
    row.update(&transaction).await?;
    record(&transaction, now, origin, action, text).await?;
    transaction.commit().await?;
    Ok(())
}

async fn record<C: ConnectionTrait>(
    connection: &C,
    now: i64,
    origin: &Origin,
    action: &'static str,
    text: &str,
) -> AppResult<()> {
    let entry = Entry {
        action,
        subject_kind: "vendor",
        subject_id: vendor::ID,
        text: text.to_owned(),
        after: Some(json!({})),
        ..Entry::default()
    };
    audit::record(connection, now, origin, entry).await
}
