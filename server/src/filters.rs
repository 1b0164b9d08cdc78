//! The filter text of a list, made ready for the store.

use latchkey_engine::{
    filter::{Context, Predicate},
    period::Tz,
};
use latchkey_shared::{
    filter::{self, FieldSpec, Filter},
    money::Currency,
    time::Timestamp,
};

use crate::{
    error::{AppError, AppResult},
    state::AppState,
    vendor,
};

/// What `text` means for a list with these fields; a field error `filter` says what is wrong with it.
pub async fn predicate(app: &AppState, text: &str, fields: &[FieldSpec]) -> AppResult<Predicate> {
    resolved(app, parsed(text)?, fields).await
}

/// The same where a flag's name by itself tests it, as programs write it: `F1 and not block`.
pub async fn predicate_of_program(app: &AppState, text: &str, fields: &[FieldSpec]) -> AppResult<Predicate> {
    resolved(app, parsed(text)?.map(|filter| filter.with_flags(fields)), fields).await
}

fn parsed(text: &str) -> AppResult<Option<Filter>> {
    filter::parse(text).map_err(|error| AppError::field("filter", error.to_string()))
}

async fn resolved(app: &AppState, parsed: Option<Filter>, fields: &[FieldSpec]) -> AppResult<Predicate> {
    let Some(parsed) = parsed else { return Ok(Predicate::All(Vec::new())) };
    let zone = vendor::load(app.store.read()).await?.time_zone;
    let context = Context {
        now: Timestamp::from_millis(app.clock.now()),
        zone: zone.parse().unwrap_or(Tz::UTC),
        currency: Currency::EUR,
    };
    latchkey_engine::filter::predicate(&parsed, fields, &context)
        .map_err(|error| AppError::field("filter", error.to_string()))
}
