//! Tokens for any key, and what they are exchanged for.

use latchkey::identity::tokens::{ANY_KEY, NewToken};
use sea_orm::ConnectionTrait as _;

use super::{Program, Vendor};
use crate::on_both_databases;

/// What goes beyond a single key; `own` stands for the key's product.
const NOT_FOR_ONE_KEY: &[(&str, &[(&str, &str)])] = &[
    ("key/CreateKey", &[("ProductId", "own")]),
    ("key/CreateTrialKey", &[("ProductId", "own"), ("MachineCode", "m")]),
    ("key/CreateKeyFromTemplate", &[("LicenseTemplateId", "1")]),
    ("product/GetProducts", &[]),
    ("product/GetKeys", &[("ProductId", "own")]),
    ("customer/GetCustomers", &[]),
    ("customer/AddCustomer", &[("Name", "n")]),
    ("customer/EditCustomer", &[("CustomerId", "1"), ("Name", "n")]),
    ("data/AddDataObject", &[("ReferencerType", "0"), ("Name", "n")]),
    ("data/AddDataObject", &[("ReferencerType", "1"), ("ReferencerId", "own"), ("Name", "n")]),
    ("data/ListDataObjects", &[("ReferencerType", "1"), ("ReferencerId", "own")]),
    ("message/CreateMessage", &[("Channel", "c"), ("Content", "c")]),
    ("userauth/Register", &[("username", "u"), ("password", "long enough, surely"), ("customerid", "1")]),
    (
        "userauth/ChangePassword",
        &[("username", "u"), ("NewPassword", "long enough, surely"), ("AdminMode", "true")],
    ),
    ("reseller/AddReseller", &[("Name", "n")]),
    ("ai/RegisterEvent", &[("ProductId", "own"), ("FeatureName", "f")]),
];

fn pairs(list: &[(String, String)]) -> Vec<(&str, &str)> {
    list.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect()
}

on_both_databases! {
    async fn a_token_for_any_key_is_exchanged_for_one_of_a_single_key(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let (key, other) = (vendor.key(0).await, vendor.key(0).await);
        let product = vendor.product.to_string();
        let any = NewToken { key_lock: Some(ANY_KEY), ..NewToken::default() };
        let mut every = vendor.program_with(&["*"], any.clone()).await;
        let mut any = vendor.program_with(&["GetKey", "Activate"], any).await;
        let of = |key: &str| vec![("ProductId".to_owned(), product.clone()), ("Key".to_owned(), key.to_owned()), ("SignMethod".to_owned(), "1".to_owned())];
        let (own, others) = (of(&key.row.key), of(&other.row.key));
        assert_eq!(any.fails("key/GetKey", &pairs(&own)).await.1, "Access denied.", "by itself it opens nothing");
        let exchanged = any.does("auth/KeyLock", &pairs(&own)).await;
        assert_eq!(exchanged["keyId"], key.row.global_id.0);
        let token = exchanged["token"].as_str().unwrap().to_owned();
        let mut one = Program { token: token.clone(), ..any.clone() };
        one.does("key/GetKey", &pairs(&own)).await;
        assert_eq!(one.fails("key/GetKey", &pairs(&others)).await.1, "Access denied.");
        for (method, parameters) in NOT_FOR_ONE_KEY {
            let parameters: Vec<_> =
                parameters.iter().map(|(name, value)| (*name, if *value == "own" { product.as_str() } else { value })).collect();
            let token = every.does("auth/KeyLock", &pairs(&own)).await["token"].as_str().unwrap().to_owned();
            let refused = Program { token, ..every.clone() }.fails(method, &parameters).await;
            assert_eq!(refused.1, "Access denied.", "{method}");
        }
        assert_eq!(one.fails("key/Deactivate", &pairs(&own)).await.1, "Access denied.", "the scopes are the first one's");
        let refused = "Not enough permission and/or key not found.";
        assert_eq!(one.fails("auth/KeyLock", &pairs(&own)).await.1, refused);
        assert_eq!(vendor.program.fails("auth/KeyLock", &pairs(&own)).await.1, refused);
        assert_eq!(any.fails("auth/KeyLock", &pairs(&of("AAAAA-AAAAA-AAAAA-AAAAA"))).await.1, refused);

        let forged = {
            use base64::{Engine as _, engine::general_purpose::STANDARD};
            let (id, secret): (String, String) = serde_json::from_slice(&STANDARD.decode(&token).unwrap()).unwrap();
            let id = id.split('/').next().unwrap().to_owned();
            STANDARD.encode(format!("[\"{id}/{}\",\"{secret}\"]", other.row.global_id))
        };
        assert_eq!(Program { token: forged, ..any.clone() }.fails("key/GetKey", &pairs(&others)).await.1, "Unable to authenticate.");

        let transaction = app.state.store.begin().await.unwrap();
        transaction.execute_unprepared(&format!("UPDATE api_token SET revoked_at = 1 WHERE id = {}", any.token_id)).await.unwrap();
        transaction.commit().await.unwrap();
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        assert_eq!(one.fails("key/GetKey", &pairs(&own)).await.1, "Unable to authenticate.", "within a second");
    }
}
