//! The key pairs that sign licences: made, brought along, taken out, retired.

use aws_lc_rs::{
    encoding::AsDer as _,
    rsa::KeySize,
    signature::{RSA_PKCS1_2048_8192_SHA256, RsaKeyPair, RsaPublicKeyComponents},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use latchkey_shared::{
    api::signing::{ExportedSigningKey, SigningKey, SigningKeys},
    permission::Role,
};
use latchkey_store::entity::audit;
use sea_orm::{EntityTrait as _, QueryOrder as _};
use serde_json::json;

use super::Vendor;
use crate::{on_both_databases, util::TestApp};

fn named<'k>(keys: &'k SigningKeys, name: &str) -> &'k SigningKey {
    keys.signing_keys.iter().find(|key| key.name == name).unwrap()
}

/// A private key as openssl writes it.
fn made_elsewhere() -> String {
    let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
    let body = STANDARD.encode(pair.as_der().unwrap().as_ref());
    let lines: Vec<&str> =
        body.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", lines.join("\n"))
}

async fn actions(app: &TestApp) -> Vec<String> {
    let rows =
        audit::Entity::find().order_by_asc(audit::Column::Id).all(app.state.store.read()).await.unwrap();
    rows.into_iter().map(|row| row.action).filter(|action| action.starts_with("signing_key")).collect()
}

on_both_databases! {
    async fn a_pair_is_made_and_retired_and_one_in_use_is_held(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let keys: SigningKeys = vendor.staff.get("/api/v1/signing-keys").await.ok();
        let first = named(&keys, "Default");
        assert_eq!((first.products, first.is_default, first.retired), (1, true, false));
        assert_eq!(first.used_by[0].id.0, vendor.product);
        let first = format!("/api/v1/signing-keys/{}/retire", first.id);

        let mut admin = app.staff(Role::Admin).await;
        let keys: SigningKeys = admin.post("/api/v1/signing-keys", json!({"name": " From 5 on "})).await.ok();
        let second = named(&keys, "From 5 on");
        assert_eq!((second.products, second.is_default), (0, false));
        let second = format!("/api/v1/signing-keys/{}/retire", second.id);
        assert_eq!(vendor.staff.post(&first, json!({"retired": true})).await.error(409), "in_use");
        let keys: SigningKeys = admin.post(&second, json!({"retired": true})).await.ok();
        assert!(named(&keys, "From 5 on").retired);
        let keys: SigningKeys = admin.post(&second, json!({"retired": true})).await.ok();
        assert!(named(&keys, "From 5 on").retired, "once more changes nothing");
        let keys: SigningKeys = admin.post(&second, json!({"retired": false})).await.ok();
        assert!(!named(&keys, "From 5 on").retired);
        assert_eq!(actions(&app).await, ["signing_key_created", "signing_key_retired", "signing_key_restored"]);
        assert_eq!(admin.post("/api/v1/signing-keys/4242/retire", json!({"retired": true})).await.error(404), "not_found");
    }

    async fn the_last_pair_stays(app: TestApp) {
        let mut staff = app.staff(Role::Owner).await;
        let keys: SigningKeys = staff.get("/api/v1/signing-keys").await.ok();
        let path = format!("/api/v1/signing-keys/{}/retire", keys.signing_keys[0].id);
        assert_eq!(staff.post(&path, json!({"retired": true})).await.error(409), "last_one");
        let keys: SigningKeys = staff.get("/api/v1/signing-keys").await.ok();
        assert!(!keys.signing_keys[0].retired && actions(&app).await.is_empty());
    }

    async fn the_owner_takes_a_private_half_out_and_nobody_else_does(app: TestApp) {
        let mut staff = app.staff(Role::Owner).await;
        let keys: SigningKeys = staff.get("/api/v1/signing-keys").await.ok();
        let path = format!("/api/v1/signing-keys/{}/export", keys.signing_keys[0].id);
        assert_eq!(app.staff(Role::Admin).await.post(&path, json!(null)).await.error(403), "forbidden");
        let answer = staff.post(&path, json!(null)).await;
        assert_eq!(answer.headers["cache-control"], "no-store");
        let exported: ExportedSigningKey = answer.ok();
        assert!(exported.private_pem.starts_with("-----BEGIN PRIVATE KEY-----\n"));
        assert_eq!(actions(&app).await, ["signing_key_exported"]);
        let rows = audit::Entity::find().all(app.state.store.read()).await.unwrap();
        assert!(!format!("{rows:?}").contains(exported.private_pem.lines().nth(1).unwrap()), "the record holds no secret");

        let again = json!({"name": "Again", "private_pem": exported.private_pem});
        assert_eq!(staff.post("/api/v1/signing-keys/import", again.clone()).await.field("private_pem"), "This pair is here already, as Default.");
        assert_eq!(app.staff(Role::Admin).await.post("/api/v1/signing-keys/import", again).await.error(403), "forbidden");
        let nonsense = json!({"name": "Again", "private_pem": "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"});
        assert_eq!(staff.post("/api/v1/signing-keys/import", nonsense).await.field("private_pem"), "This is not the PEM of a private RSA key.");
    }

    async fn a_pair_that_was_brought_along_signs(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let form = json!({"name": "Old service", "private_pem": made_elsewhere()});
        let keys: SigningKeys = vendor.staff.post("/api/v1/signing-keys/import", form).await.ok();
        let pair = named(&keys, "Old service").clone();
        let key = vendor.key(0).await;
        let transaction = app.state.store.begin().await.unwrap();
        let mut product = latchkey_store::products::find(&transaction, key.row.product).await.unwrap().unwrap();
        product.signing_key_id = pair.id;
        latchkey_store::products::save(&transaction, product, app.state.clock.now()).await.unwrap().unwrap();
        transaction.commit().await.unwrap();

        let answer = vendor.program.activate(&key, "a").await;
        let decode = |text: &serde_json::Value| STANDARD.decode(text.as_str().unwrap()).unwrap();
        let part = |tag: &str| {
            let (_, rest) = pair.public_xml.split_once(&format!("<{tag}>")).unwrap();
            STANDARD.decode(rest.split_once('<').unwrap().0).unwrap()
        };
        let public = RsaPublicKeyComponents { n: part("Modulus"), e: part("Exponent") };
        public.verify(&RSA_PKCS1_2048_8192_SHA256, &decode(&answer["licenseKey"]), &decode(&answer["signature"])).unwrap();
    }
}
