//! The made-up vendor.

use latchkey_shared::api::settings::Company;

use crate::{audit::Origin, error::AppResult, settings, state::AppState};

pub const NAME: &str = "Northwind Audio";

const LOGO: &[u8] = include_bytes!("logo.png");

pub async fn make(app: &AppState, origin: &Origin) -> AppResult<()> {
    let company = Company {
        name: NAME.to_owned(),
        description: "Editors and instruments for people who make music".to_owned(),
        domain: "northwind.example".to_owned(),
        website: "https://northwind.example".to_owned(),
        support_email: "support@northwind.example".to_owned(),
        accent: Some("#0b7285".to_owned()),
        time_zone: "Europe/Berlin".to_owned(),
    };
    settings::set_company(app, origin, company).await?;
    settings::set_logo(app, origin, LOGO.to_vec()).await
}
