//! Keys, errors, parameters, metadata, expansion.

use crate::rig::{KEY, client, rig};
use latchkey_stripe::{
    StripeErrorKind,
    params::{CustomerParams, UpdateSubscription},
};
use serde_json::json;

#[tokio::test]
async fn only_test_keys_are_accepted() {
    let rig = rig().await;
    assert!(client(&rig.base, "rk_test_x").account().await.is_ok());
    for key in ["sk_live_abcdefghijk", "pk_test_x", "sk_tes"] {
        let error = client(&rig.base, key).account().await.unwrap_err();
        assert_eq!(error.kind, StripeErrorKind::Authentication, "{key}");
        assert!(!error.message.contains("abcdefg"), "{error}");
    }
}

#[tokio::test]
async fn a_restricted_key_is_told_what_it_lacks() {
    let rig = rig().await;
    rig.fake.deny("rk_test_narrow", "rak_webhook_write");
    let narrow = client(&rig.base, "rk_test_narrow");
    let params =
        latchkey_stripe::params::CreateWebhookEndpoint::new("http://127.0.0.1:1/", &["invoice.paid"]);
    let error = narrow.create_webhook_endpoint(&params, "k").await.unwrap_err();
    assert_eq!(error.kind, StripeErrorKind::Permission { missing: Some("rak_webhook_write".into()) });
    assert_eq!(error.status, Some(403));
    assert!(narrow.list_webhook_endpoints(&latchkey_stripe::ListQuery::new()).await.is_ok());
    rig.fake.allow("rk_test_narrow", "rak_webhook_write");
    assert!(narrow.create_webhook_endpoint(&params, "k").await.is_ok());
}

#[tokio::test]
async fn errors_have_stripes_shape() {
    let rig = rig().await;
    let (status, headers, body) = rig.raw("POST", "/v1/customers", "nonsense[a]=1", &[]).await;
    assert_eq!(status, 400);
    assert_eq!(body["error"]["type"], "invalid_request_error");
    assert_eq!(body["error"]["code"], "parameter_unknown");
    assert_eq!(body["error"]["param"], "nonsense[a]");
    assert!(body["error"]["doc_url"].is_string() && body["error"]["request_log_url"].is_string());
    assert!(headers["request-id"].to_str().unwrap().starts_with("req_"));

    let (status, _, body) = rig.raw("GET", "/v1/tax_rates", "", &[]).await;
    assert_eq!((status, body["error"]["type"].as_str()), (404, Some("invalid_request_error")));
    let (status, _, body) = rig.raw("GET", "/v1/customers/cus_x", "", &[]).await;
    assert_eq!((status, body["error"]["code"].as_str()), (404, Some("resource_missing")));
    let (status, _, body) =
        rig.raw("POST", "/v1/prices", "currency=eur&product=prod_x&unit_amount=ten", &[]).await;
    assert_eq!((status, body["error"]["code"].as_str()), (400, Some("parameter_invalid_integer")));
    let (status, _, body) = rig.raw("POST", "/v1/prices", "unit_amount=1", &[]).await;
    assert_eq!((status, body["error"]["param"].as_str()), (400, Some("currency")));
}

#[tokio::test]
async fn metadata_merges_and_empties() {
    let rig = rig().await;
    let id = rig.customer().await;
    let set = async |pairs: &[(&str, &str)]| {
        let metadata = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        let params = CustomerParams { metadata, ..CustomerParams::default() };
        rig.client.update_customer(&id, &params, None).await.map(|customer| json!(customer.metadata))
    };
    assert_eq!(set(&[("a", "1"), ("b", "2")]).await.unwrap(), json!({"a": "1", "b": "2"}));
    assert_eq!(set(&[("b", ""), ("c", "3")]).await.unwrap(), json!({"a": "1", "c": "3"}));
    assert!(set(&[("x", &"y".repeat(501))]).await.is_err());
    assert!(set(&[(&"x".repeat(41), "y")]).await.is_err());
    let many: Vec<(String, String)> = (0..49).map(|number| (format!("n{number}"), "x".into())).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    assert!(set(&many).await.is_err(), "51 keys");
    let (_, _, body) = rig.raw("POST", &format!("/v1/customers/{id}"), "metadata=", &[]).await;
    assert_eq!(body["metadata"], json!({}));
}

#[tokio::test]
async fn references_expand_where_asked() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let id = rig.buy(&customer, &price).await;
    let plain = rig.subscription(&id).await;
    assert_eq!(plain.raw["customer"], json!(customer));
    let paths = ["customer", "latest_invoice.payments", "items.data.price.product"];
    let expanded = rig.client.subscription(&id, &paths).await.unwrap();
    assert_eq!(expanded.raw["customer"]["email"], "ada@example.com");
    assert_eq!(expanded.raw["latest_invoice"]["payments"]["data"][0]["status"], "paid");
    assert_eq!(expanded.raw["items"]["data"][0]["price"]["product"]["name"], "Editor");
    let error = rig.client.subscription(&id, &["nothing"]).await.unwrap_err();
    assert!(error.message.contains("cannot be expanded"), "{error}");
}

#[tokio::test]
async fn a_subscriptions_price_is_shown_as_it_is_now() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let id = rig.buy(&customer, &price).await;
    let params = latchkey_stripe::params::UpdatePrice {
        metadata: [("skm".to_owned(), r#"{"F1":true}"#.to_owned())].into(),
        ..latchkey_stripe::params::UpdatePrice::default()
    };
    rig.client.update_price(&price, &params, None).await.unwrap();
    let subscription = rig.subscription(&id).await;
    assert_eq!(subscription.items.data[0].price.as_ref().unwrap().metadata["skm"], r#"{"F1":true}"#);
}

#[tokio::test]
async fn deleting_a_customer_ends_everything_and_leaves_a_stub() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let id = rig.buy(&customer, &price).await;
    assert!(rig.client.delete_customer(&customer).await.unwrap().deleted);
    assert_eq!(rig.subscription(&id).await.status.as_str(), "canceled");
    let stub = rig.client.customer(&customer).await.unwrap();
    assert_eq!(stub.raw, json!({"id": customer, "object": "customer", "deleted": true}));
    assert!(rig.events().contains(&"customer.deleted".to_owned()));
    assert!(rig.client.delete_customer(&customer).await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn what_is_over_cannot_be_changed() {
    let rig = rig().await;
    let (customer, price) = (rig.customer().await, rig.price(900, "month"));
    let id = rig.buy(&customer, &price).await;
    let cancel = latchkey_stripe::params::CancelSubscription::default();
    rig.client.cancel_subscription(&id, &cancel).await.unwrap();
    let note =
        UpdateSubscription { metadata: [("a".into(), "b".into())].into(), ..UpdateSubscription::default() };
    assert!(rig.client.update_subscription(&id, &note, None).await.is_ok());
    let revive = UpdateSubscription { cancel_at_period_end: Some(false), ..UpdateSubscription::default() };
    let error = rig.client.update_subscription(&id, &revive, None).await.unwrap_err();
    assert_eq!(error.code.as_deref(), Some("invalid_canceled_subscription_fields"));
}

#[tokio::test]
async fn the_control_interface_wants_its_token() {
    let rig = rig().await;
    let state = format!("{}/_ctl/state", rig.base);
    assert_eq!(rig.http.get(&state).bearer_auth(KEY).send().await.unwrap().status(), 401);
    let answer = rig.http.get(&state).bearer_auth(rig.fake.control_token()).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let advance = rig.http.post(format!("{}/_ctl/advance", rig.base)).bearer_auth(rig.fake.control_token());
    let answer =
        advance.header("Content-Type", "application/json").body(r#"{"seconds": 60}"#).send().await.unwrap();
    let now: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(now["now"], crate::rig::START + 60);
}
