//! The command palette's search.

use axum::{Json, extract::State};
use latchkey_shared::api::dashboard::SearchResults;
use serde::Deserialize;

use crate::{
    error::AppResult,
    http::{caller::Staff, json::CheckedQuery},
    search,
    state::AppState,
};

#[derive(Debug, Deserialize, garde::Validate, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SearchQuery {
    /// A name, an e-mail address, a licence key, or an id of Latchkey or Stripe.
    #[garde(length(chars, max = 200))]
    q: String,
}

/// Find customers, licence keys, subscriptions and products, of each kind what the caller may see.
#[utoipa::path(get, path = "/api/v1/search", tag = "search", params(SearchQuery),
    responses((status = 200, body = SearchResults), (status = 400), (status = 401), (status = 422)))]
pub async fn search(
    State(app): State<AppState>,
    caller: Staff,
    CheckedQuery(query): CheckedQuery<SearchQuery>,
) -> AppResult<Json<SearchResults>> {
    let may = |permission| caller.may(permission);
    Ok(Json(search::find(&app, caller.access(), may, &query.q).await?))
}
