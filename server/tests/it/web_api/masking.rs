//! Hidden fields of a licence, and signatures of what stays the same.

use latchkey::identity::tokens::NewToken;
use serde_json::json;

use super::{Vendor, licence, machines};
use crate::on_both_databases;

/// Of the fields in their order.
const EXPIRES: i64 = 1 << 4;
const CUSTOMER: i64 = 1 << 17;
const MACHINES: i64 = 1 << 18;

on_both_databases! {
    async fn a_call_or_a_token_hides_fields(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let added = vendor.program.does("customer/AddCustomer", &[("Name", "Ann")]).await;
        let key = vendor.key_with(json!({"customer": added["customerId"], "max_machines": 3})).await;
        vendor.program.activate(&key, "a").await;
        let product = vendor.product.to_string();
        let hidden = (CUSTOMER | MACHINES | EXPIRES).to_string();
        let all = [("ProductId", product.as_str()), ("Key", key.row.key.as_str()), ("Sign", "true"), ("SignMethod", "1"), ("ModelVersion", "3")];
        let mut some = all.to_vec();
        some.push(("FieldsToReturn", &hidden));

        let answer = vendor.program.does("key/GetKey", &some).await;
        let shown = licence(&answer);
        assert_eq!((&shown["Customer"], &shown["Expires"], machines(&answer).len()), (&json!(null), &json!(0), 0));
        assert_eq!((&shown["Key"], &shown["F1"]), (&json!(key.row.key), &json!(true)), "the rest is there");
        let whole = licence(&vendor.program.does("key/GetKey", &all).await);
        assert_eq!(shown.as_object().unwrap().keys().collect::<Vec<_>>(), whole.as_object().unwrap().keys().collect::<Vec<_>>());
        some.push(("MachineCode", "b"));
        assert_eq!(machines(&vendor.program.does("key/Activate", &some).await), ["b"], "only the caller's own");

        let lock = NewToken { feature_lock: Some(CUSTOMER), ..NewToken::default() };
        let mut locked = vendor.program_with(&["GetKey"], lock.clone()).await;
        let shown = licence(&locked.does("key/GetKey", &some).await);
        assert_eq!((&shown["Customer"], &shown["Expires"]), (&json!(null), &whole["Expires"]), "the token's goes before the call's");
        let mut counting = vendor.program_with(&["GetKey", "IncrementIntValue"], lock).await;
        assert_ne!(licence(&counting.does("key/GetKey", &all).await)["Customer"], json!(null), "there it bounds steps");
    }

    async fn an_unchanged_licence_keeps_its_signature_for_a_while_and_a_changed_one_does_not(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(0).await;
        let product = vendor.product.to_string();
        let place = [("ProductId", product.as_str()), ("Key", key.row.key.as_str())];
        let mut asked = place.to_vec();
        asked.extend([("Sign", "true"), ("SignMethod", "1")]);
        // Not about to turn.
        let into = app.state.clock.now().rem_euclid(60_000);
        app.state.clock.advance(60_000 - into);
        let first = vendor.program.does("key/GetKey", &asked).await;
        assert_eq!(vendor.program.does("key/GetKey", &asked).await, first);
        vendor.program.does("key/BlockKey", &place).await;
        let blocked = vendor.program.does("key/GetKey", &asked).await;
        assert_eq!(licence(&blocked)["Block"], true, "at once");
        assert_ne!(blocked["signature"], first["signature"]);
        app.state.clock.advance(60_000);
        let later = vendor.program.does("key/GetKey", &asked).await;
        assert!(licence(&later)["SignDate"].as_i64() > licence(&blocked)["SignDate"].as_i64());
    }
}
