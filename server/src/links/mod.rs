//! Links that let people in: the sign-up link and the customers' association links.
//!
//! A link's code is an HMAC over its kind, id and generation, so staff can see it again at any time and
//! nothing but the generation is stored; rotating or revoking counts the generation up.

pub mod association;
pub mod invitation;
pub mod sign_up;
pub mod using;

use std::fmt::Write as _;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use latchkey_shared::api::common::QrCode;
use latchkey_store::entity::{customer, vendor};
use qrcode::{EcLevel, QrCode as Modules};
use subtle::ConstantTimeEq as _;

use crate::{
    error::{AppError, AppResult},
    state::AppState,
    vendor::ID as VENDOR_ID,
};

const PURPOSE: &str = "link";

/// The code of a customer's association link.
fn association_code(app: &AppState, customer: &customer::Model) -> String {
    code(app, &format!("associate:{}:{}", customer.id, customer.association_generation))
}

/// The code of the sign-up link.
fn sign_up_code(app: &AppState, vendor: &vendor::Model) -> String {
    code(app, &format!("sign-up:{VENDOR_ID}:{}", vendor.sign_up_generation))
}

fn code(app: &AppState, message: &str) -> String {
    URL_SAFE_NO_PAD.encode(&app.sealer.keyed_hash(PURPOSE, message)[..20])
}

/// In constant time.
fn same_code(given: &str, right: &str) -> bool {
    given.as_bytes().ct_eq(right.as_bytes()).into()
}

/// The `{domain}` of portal links: the vendor's, or until it is set the host of the public address.
pub fn domain(app: &AppState, vendor: &vendor::Model) -> String {
    if !vendor.domain.is_empty() {
        return vendor.domain.clone();
    }
    app.config.host().to_owned()
}

/// The company page's address.
pub fn company_page(app: &AppState, vendor: &vendor::Model) -> String {
    app.config.url(&format!("/Portal/@{}/", domain(app, vendor)))
}

/// The QR code of an address.
fn qr(url: &str) -> AppResult<QrCode> {
    let modules = Modules::with_error_correction_level(url, EcLevel::M).map_err(AppError::internal)?;
    let width = modules.width();
    let mut path = String::new();
    for (index, colour) in modules.to_colors().into_iter().enumerate() {
        if colour == qrcode::Color::Dark {
            // Writing into a String cannot fail.
            let _ = write!(path, "M{} {}h1v1h-1z", index % width, index / width);
        }
    }
    Ok(QrCode { size: u32::try_from(width).map_err(AppError::internal)?, path })
}
