//! Every route of the server, in one file.

use std::time::Duration;

use axum::{Router, extract::DefaultBodyLimit, middleware, routing::get};
use tower::ServiceBuilder;
use tower_http::{catch_panic::CatchPanicLayer, timeout::TimeoutLayer};
use utoipa::openapi::{Info, OpenApi, OpenApiBuilder};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    error::AppError,
    http::{self, health, refusals, request_id, security},
    state::AppState,
};

/// Larger bodies are refused, except where a route says otherwise.
const BODY_LIMIT: usize = 64 * 1024;
/// For the logo, with room for the form around it.
const UPLOAD_LIMIT: usize = crate::settings::LOGO_LIMIT + 16 * 1024;
/// For a file that is moved in, with room to say that it is too large.
const MOVE_IN_LIMIT: usize = latchkey_shared::api::move_in::FILE_LIMIT + 64 * 1024;
const TIMEOUT: Duration = Duration::from_secs(30);

/// The whole server.
pub fn build(app: AppState) -> Router {
    let document = whole_document();
    let (api, _) = api().split_for_parts();
    let (webhooks, _) = http::webhooks::router().split_for_parts();
    let api =
        api.layer(DefaultBodyLimit::max(BODY_LIMIT)).layer(security::same_origin(&app.config.public_url));
    Router::new()
        .merge(api)
        // Signed by Stripe, so outside the same-origin check.
        .merge(webhooks)
        .route("/api/openapi.json", get(move || async move { axum::Json(document) }))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .fallback(http::web_api::serve_or_page)
        .layer(
            ServiceBuilder::new()
                .layer(middleware::from_fn(request_id::name))
                .layer(middleware::from_fn(security::headers))
                .layer(middleware::from_fn(refusals::shape))
                .layer(middleware::from_fn(refusals::nul))
                .layer(CatchPanicLayer::custom(panicked))
                .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::SERVICE_UNAVAILABLE, TIMEOUT)),
        )
        .with_state(app)
}

/// `/api/v1`: what the page app and access tokens use. Each handler names its permission.
fn api() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(
        OpenApiBuilder::new().info(Info::new("Latchkey", env!("CARGO_PKG_VERSION"))).build(),
    )
    .merge(sessions())
    .merge(me())
    .merge(stripe())
    .merge(subscription_changes())
    .merge(attention())
    .merge(portal())
    .merge(customers())
    .merge(portal_people())
    .merge(workplace())
    .merge(products())
    .merge(people())
    .merge(licensing())
    .merge(move_in())
    .merge(webshops())
}

fn sessions() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::session::get_session))
        .routes(routes!(http::staff_sign_in::staff_sign_in))
        .routes(routes!(http::staff_sign_in::staff_sign_out))
        .routes(routes!(http::staff_sign_in::staff_request_reset))
        .routes(routes!(http::staff_sign_in::staff_confirm_reset))
        .routes(routes!(http::staff_sign_in::look_at_staff_invitation))
        .routes(routes!(http::staff_sign_in::accept_staff_invitation))
        .routes(routes!(http::portal_sign_in::portal_sign_in))
        .routes(routes!(http::portal_sign_in::portal_sign_out))
        .routes(routes!(http::portal_sign_in::portal_request_reset))
        .routes(routes!(http::portal_sign_in::portal_confirm_reset))
}

fn me() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(http::me::list_my_sessions, http::me::end_my_other_sessions))
        .routes(routes!(http::me::end_my_session))
        .routes(routes!(http::me::change_my_password))
        .routes(routes!(http::me::rename_me))
}

fn customers() -> OpenApiRouter<AppState> {
    use http::{customers as c, sign_up_link as link};
    OpenApiRouter::new()
        .routes(routes!(c::list_customers, c::add_customer))
        .routes(routes!(c::get_customer, c::edit_customer))
        .routes(routes!(c::set_customer_account))
        .routes(routes!(c::enable_association))
        .routes(routes!(c::renew_association))
        .routes(routes!(c::revoke_association))
        .routes(routes!(c::send_association))
        .routes(routes!(c::send_message))
        .routes(routes!(link::get_sign_up_link, link::set_sign_up_link))
        .routes(routes!(link::rotate_sign_up_link))
}

fn products() -> OpenApiRouter<AppState> {
    use http::{keys, products, search};
    OpenApiRouter::new()
        .routes(routes!(products::list_products, products::add_product))
        .routes(routes!(products::get_product, products::edit_product))
        .routes(routes!(products::preview_publication, products::publish_product))
        .routes(routes!(products::list_product_keys, products::add_key))
        .routes(routes!(keys::list_keys))
        .routes(routes!(keys::get_key, keys::edit_key))
        .routes(routes!(keys::block_key))
        .routes(routes!(keys::reissue_key))
        .routes(routes!(keys::key_history))
        .routes(routes!(search::search))
}

fn licensing() -> OpenApiRouter<AppState> {
    use http::{key_bulk as bulk, key_use, licensing, signing_keys as pairs, tokens};
    OpenApiRouter::new()
        .routes(routes!(tokens::list_tokens, tokens::add_token))
        .routes(routes!(tokens::revoke_token))
        .routes(routes!(tokens::list_scopes))
        .routes(routes!(key_use::list_machines))
        .routes(routes!(key_use::remove_machine))
        .routes(routes!(key_use::key_activity))
        .routes(routes!(key_use::licence_file))
        .routes(routes!(key_use::list_api_log))
        .routes(routes!(bulk::add_keys))
        .routes(routes!(bulk::change_keys))
        .routes(routes!(bulk::export_keys))
        .routes(routes!(bulk::list_key_ids))
        .routes(routes!(licensing::list_templates, licensing::add_template))
        .routes(routes!(licensing::edit_template, licensing::remove_template))
        .routes(routes!(licensing::get_product_licensing, licensing::set_product_licensing))
        .routes(routes!(pairs::list_signing_keys, pairs::add_signing_key))
        .routes(routes!(pairs::import_signing_key))
        .routes(routes!(pairs::export_signing_key))
        .routes(routes!(pairs::retire_signing_key))
        .routes(routes!(licensing::get_web_api, licensing::set_web_api))
}

fn move_in() -> OpenApiRouter<AppState> {
    use http::move_in as m;
    OpenApiRouter::new()
        .routes(routes!(m::get_move_in))
        .merge(
            OpenApiRouter::new()
                .routes(routes!(m::add_move_in_file, m::remove_move_in_files))
                .layer(DefaultBodyLimit::max(MOVE_IN_LIMIT)),
        )
        .routes(routes!(m::remove_move_in_file))
        .routes(routes!(m::begin_move_in))
        .routes(routes!(m::take_known_token))
        .routes(routes!(m::get_invitations, m::send_invitations))
}

fn webshops() -> OpenApiRouter<AppState> {
    use http::webshops as w;
    OpenApiRouter::new()
        .routes(routes!(w::list_webshops, w::add_webshop))
        .routes(routes!(w::get_webshop, w::set_webshop))
        .routes(routes!(w::set_customer_webshop))
}

fn people() -> OpenApiRouter<AppState> {
    use http::people as p;
    OpenApiRouter::new()
        .routes(routes!(p::list_staff, p::invite_staff))
        .routes(routes!(p::edit_staff))
        .routes(routes!(p::invite_staff_again))
}

fn workplace() -> OpenApiRouter<AppState> {
    use http::{
        communications as mail, dashboard, data, message_templates as words, reports, settings,
        tax_rates as tax,
    };
    OpenApiRouter::new()
        .routes(routes!(dashboard::get_dashboard))
        .routes(routes!(reports::get_reports))
        .routes(routes!(reports::export_report))
        .routes(routes!(data::list_data_objects, data::add_data_object))
        .routes(routes!(data::edit_data_object, data::remove_data_object))
        .routes(routes!(mail::list_communications))
        .routes(routes!(mail::get_communication))
        .routes(routes!(mail::resend_communication))
        .routes(routes!(words::list_message_templates))
        .routes(routes!(
            words::get_message_template,
            words::change_message_template,
            words::reset_message_template
        ))
        .routes(routes!(words::preview_message_template))
        .routes(routes!(words::test_message_template))
        .routes(routes!(words::list_reminders))
        .routes(routes!(words::set_reminder))
        .routes(routes!(settings::get_settings))
        .routes(routes!(settings::set_company))
        .routes(routes!(settings::set_terms))
        .routes(routes!(settings::set_own_licences))
        .routes(routes!(settings::set_refunds))
        .routes(routes!(settings::set_mail))
        .routes(routes!(settings::test_mail))
        .merge(
            OpenApiRouter::new()
                .routes(routes!(settings::set_logo, settings::remove_logo))
                .layer(DefaultBodyLimit::max(UPLOAD_LIMIT)),
        )
        .routes(routes!(settings::get_logo))
        .routes(routes!(settings::get_brand))
        .routes(routes!(tax::list_tax_rates, tax::add_tax_rate))
        .routes(routes!(tax::set_tax_rate))
}

fn portal_people() -> OpenApiRouter<AppState> {
    use http::{portal_account as account, portal_links as links};
    OpenApiRouter::new()
        .routes(routes!(links::look_at_invitation))
        .routes(routes!(links::use_invitation))
        .routes(routes!(links::prove_sign_up))
        .routes(routes!(links::accept_terms))
        .routes(routes!(links::switch_customer))
        .routes(routes!(account::get_account, account::rename_account))
        .routes(routes!(account::change_password))
        .routes(routes!(account::change_email))
        .routes(routes!(account::prove_new_email))
        .routes(routes!(account::list_portal_sessions, account::end_other_portal_sessions))
        .routes(routes!(account::end_portal_session))
}

fn stripe() -> OpenApiRouter<AppState> {
    use http::{stripe as s, stripe_inbox as inbox, subscriptions as subs, transactions as money};
    OpenApiRouter::new()
        .routes(routes!(s::get_stripe))
        .routes(routes!(s::list_stripe_accounts, s::add_stripe_account))
        .routes(routes!(s::connect_stripe, s::rename_stripe_account, s::disconnect_stripe))
        .routes(routes!(s::sync_catalog))
        .routes(routes!(s::provision_webhook))
        .routes(routes!(s::map_stripe_product))
        .routes(routes!(s::list_sweeps, s::begin_reconciling))
        .routes(routes!(inbox::list_stripe_events))
        .routes(routes!(inbox::get_stripe_event))
        .routes(routes!(inbox::run_stripe_event_again))
        .routes(routes!(inbox::list_stripe_endpoints, inbox::add_stripe_endpoint))
        .routes(routes!(inbox::set_stripe_endpoint_secret))
        .routes(routes!(inbox::remove_stripe_endpoint))
        .routes(routes!(subs::list_subscriptions))
        .routes(routes!(subs::get_subscription))
        .routes(routes!(subs::sync_subscription))
        .routes(routes!(money::list_transactions))
        .routes(routes!(money::sum_transactions))
        .routes(routes!(money::export_transactions))
        .routes(routes!(money::get_transaction))
        .routes(routes!(money::refund_payment))
}

fn subscription_changes() -> OpenApiRouter<AppState> {
    use http::subscription_changes as c;
    OpenApiRouter::new()
        .routes(routes!(c::get_change_options))
        .routes(routes!(c::preview_change))
        .routes(routes!(c::commit_change))
        .routes(routes!(c::undo_change))
        .routes(routes!(c::extend_subscriptions))
        .routes(routes!(c::set_auto_renew))
        .routes(routes!(c::set_own_price))
        .routes(routes!(c::add_subscription))
        .routes(routes!(c::get_balance, c::adjust_balance))
        .routes(routes!(c::list_offline_plans))
        .routes(routes!(c::set_offline_plan))
        .routes(routes!(c::list_offline_plans_of_product, c::add_offline_plan))
        .routes(routes!(c::get_self_service, c::set_self_service))
}

fn attention() -> OpenApiRouter<AppState> {
    use http::attention as a;
    OpenApiRouter::new()
        .routes(routes!(a::list_attention))
        .routes(routes!(a::get_attention))
        .routes(routes!(a::retry_attention))
        .routes(routes!(a::ignore_attention))
        .routes(routes!(a::issue_missing_key))
        .routes(routes!(a::link_existing_key))
        .routes(routes!(a::keep_our_key))
        .routes(routes!(a::send_key_again))
        .routes(routes!(a::block_key_in_question))
        .routes(routes!(a::link_stripe_customer))
        .routes(routes!(a::refund_and_cancel))
}

fn portal() -> OpenApiRouter<AppState> {
    use http::portal::{billing, changes, checkouts, home, licences, plans};
    OpenApiRouter::new()
        .routes(routes!(home::get_home))
        .routes(routes!(plans::list_plans))
        .routes(routes!(licences::list_licences))
        .routes(routes!(licences::own_licence_file))
        .routes(routes!(licences::remove_own_machine))
        .routes(routes!(licences::reissue_own_key))
        .routes(routes!(billing::get_billing))
        .routes(routes!(billing::open_billing_portal))
        .routes(routes!(billing::cancel_subscription))
        .routes(routes!(billing::keep_subscription))
        .routes(routes!(changes::get_my_change_options))
        .routes(routes!(changes::preview_my_change))
        .routes(routes!(changes::commit_my_change))
        .routes(routes!(changes::undo_my_change))
        .routes(routes!(checkouts::start_checkout))
        .routes(routes!(checkouts::get_checkout))
}

/// The document of everything that programs call: `/api/v1`, webhooks, and the licence Web API.
pub fn whole_document() -> serde_json::Value {
    let mut document = serde_json::to_value(document()).unwrap_or_default();
    if let Some(paths) = document.get_mut("paths").and_then(serde_json::Value::as_object_mut) {
        paths.append(&mut crate::licensing::wire::describe::paths());
    }
    document
}

/// The OpenAPI document of `/api/v1`.
pub fn document() -> OpenApi {
    api().merge(http::webhooks::router()).into_openapi()
}

fn panicked(_: Box<dyn std::any::Any + Send>) -> axum::response::Response {
    axum::response::IntoResponse::into_response(AppError::internal("a handler panicked"))
}
