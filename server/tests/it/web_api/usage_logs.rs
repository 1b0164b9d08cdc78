//! Logs of use that a licence server without network wrote.

use aws_lc_rs::{
    cipher::{AES_128, DecryptionContext, EncryptingKey, UnboundCipherKey},
    rsa::{Pkcs1PublicEncryptingKey, PublicEncryptingKey},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use latchkey::identity::tokens::NewToken;
use latchkey_shared::api::signing::SigningKeys;
use serde_bytes::Bytes;
use serde_json::Value;

use super::{Program, Vendor};
use crate::on_both_databases;

/// A licence server that has the product's public key.
struct LicenceServer(Pkcs1PublicEncryptingKey);

impl LicenceServer {
    async fn of(vendor: &mut Vendor<'_>) -> Self {
        let pairs: SigningKeys = vendor.staff.get("/api/v1/signing-keys").await.ok();
        let pem: String =
            pairs.signing_keys[0].public_pem.lines().filter(|line| !line.starts_with('-')).collect();
        let public = PublicEncryptingKey::from_der(&STANDARD.decode(pem).unwrap()).unwrap();
        Self(Pkcs1PublicEncryptingKey::new(public).unwrap())
    }

    /// A log with one more step.
    fn count(&self, by: i32, object: i64, log: Option<&[u8]>) -> Vec<u8> {
        let mut content = rmp_serde::to_vec(&((by, object), 1_700_000_000_i64, log.map(Bytes::new))).unwrap();
        content.resize(content.len().next_multiple_of(16), 0);
        let cipher = EncryptingKey::cbc(UnboundCipherKey::new(&AES_128, &[7; 16]).unwrap()).unwrap();
        let DecryptionContext::Iv128(vector) = cipher.encrypt(&mut content).unwrap() else { panic!() };
        let mut room = vec![0; self.0.ciphertext_size()];
        let key = self.0.encrypt(&[7; 16], &mut room).unwrap();
        rmp_serde::to_vec(&(Bytes::new(vector.as_ref()), Bytes::new(key), Bytes::new(&content))).unwrap()
    }
}

async fn value(vendor: &mut Vendor<'_>, key: &str) -> Vec<i64> {
    let product = vendor.product.to_string();
    let listed =
        vendor.program.does("data/ListDataObjectsToKey", &[("ProductId", &product), ("Key", key)]).await;
    listed["dataObjects"]
        .as_array()
        .unwrap()
        .iter()
        .map(|object| object["intValue"].as_i64().unwrap())
        .collect()
}

on_both_databases! {
    async fn each_step_is_counted_once_or_none_at_all(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let server = LicenceServer::of(&mut vendor).await;
        let (key, other) = (vendor.key(0).await.row.key, vendor.key(0).await.row.key);
        let product = vendor.product.to_string();
        let place = |key: &str, log: &[u8]| [("ProductId", product.clone()), ("Key", key.to_owned()), ("Data", STANDARD.encode(log))];
        let add = async |vendor: &mut Vendor<'_>, key: &str, name: &str| -> i64 {
            let form = [("ProductId", product.as_str()), ("Key", key), ("Name", name), ("IntValue", "10")];
            vendor.program.does("data/AddDataObjectToKey", &form).await["id"].as_i64().unwrap()
        };
        let (up, down) = (add(&mut vendor, &key, "up").await, add(&mut vendor, &key, "down").await);
        let foreign = add(&mut vendor, &other, "up").await;
        let upload = async |program: &mut Program, key: &str, log: &[u8]| -> Value {
            let form = place(key, log);
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            program.call("data/UploadValuesToKey", &form).await.json()
        };

        let log = server.count(-3, down, Some(&server.count(5, up, None)));
        let longer = server.count(1, up, Some(&log));
        assert_eq!(upload(&mut vendor.program, &key, &log).await["result"], 0);
        assert_eq!(value(&mut vendor, &key).await, [15, 7]);
        for log in [&log, &longer, &longer, &log] {
            assert_eq!(upload(&mut vendor.program, &key, log).await["result"], 0);
        }
        assert_eq!(value(&mut vendor, &key).await, [16, 7], "what was counted is not counted again");

        let of_another = server.count(1, up, Some(&server.count(1, foreign, None)));
        let refused = upload(&mut vendor.program, &key, &of_another).await;
        assert_eq!(refused["message"], "Could not find the data object.");
        let too_much = server.count(i32::MAX, up, Some(&server.count(1, down, None)));
        assert_eq!(upload(&mut vendor.program, &key, &too_much).await["result"], 1);
        for unreadable in [b"".as_slice(), b"nonsense", &longer[..longer.len() - 16]] {
            let answer = upload(&mut vendor.program, &key, unreadable).await;
            assert_eq!(answer["result"], 1, "{answer}");
        }
        assert_eq!(value(&mut vendor, &key).await, [16, 7], "nothing of what was refused");
        assert_eq!(value(&mut vendor, &other).await, [10]);

        let mut only_up = vendor.program_with(&["IncrementIntValue"], NewToken::default()).await;
        let both = server.count(-1, down, Some(&server.count(1, up, Some(&longer))));
        assert_eq!(upload(&mut only_up, &key, &both).await["message"], "Access denied.");
        let more = server.count(1, up, Some(&longer));
        assert_eq!(upload(&mut only_up, &key, &more).await["result"], 0);
        assert_eq!(value(&mut vendor, &key).await, [17, 7]);
    }

    async fn a_key_is_uploaded_to_a_few_times_a_day(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(0).await.row.key;
        let product = vendor.product.to_string();
        let form = [("ProductId", product.as_str()), ("Key", &key), ("Data", "AAAA")];
        for _ in 0..50 {
            vendor.program.fails("data/UploadValuesToKey", &form).await;
        }
        assert_eq!(vendor.program.fails("data/UploadValuesToKey", &form).await.0, 429);
    }
}
