//! What is signed, and how: by bytes, so that a verifier that nobody here wrote agrees.

use aws_lc_rs::signature::{
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA512, RsaPublicKeyComponents, VerificationAlgorithm,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use latchkey::licensing::signing;
use serde_json::{Value, json};

use super::{Vendor, licence};
use crate::{on_both_databases, util::TestApp};

fn decode(text: &Value) -> Vec<u8> {
    STANDARD.decode(text.as_str().unwrap()).unwrap()
}

/// Checks a signature with the public half as vendors have it.
async fn verify(app: &TestApp, sha512: bool, message: &[u8], signature: &[u8]) {
    let xml = signing::default_pair(app.state.store.read()).await.unwrap().public_xml;
    let part = |tag: &str| {
        let (_, rest) = xml.split_once(&format!("<{tag}>")).unwrap();
        STANDARD.decode(rest.split_once('<').unwrap().0).unwrap()
    };
    let public = RsaPublicKeyComponents { n: part("Modulus"), e: part("Exponent") };
    let algorithm = if sha512 { &RSA_PKCS1_2048_8192_SHA512 } else { &RSA_PKCS1_2048_8192_SHA256 };
    let _: &dyn VerificationAlgorithm = algorithm;
    public.verify(algorithm, message, signature).unwrap();
}

/// Names of a JSON object in the order in which they stand.
fn names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let (mut depth, mut quoted, mut word) = (0, false, String::new());
    for character in text.chars() {
        match character {
            '"' => {
                quoted = !quoted;
                if quoted {
                    word.clear();
                }
            }
            ':' if depth == 1 && !quoted => names.push(word.clone()),
            '{' | '[' if !quoted => depth += 1,
            '}' | ']' if !quoted => depth -= 1,
            _ if quoted => word.push(character),
            _ => {}
        }
    }
    names
}

const FIELDS: [&str; 24] = [
    "ProductId",
    "ID",
    "Key",
    "Created",
    "Expires",
    "Period",
    "F1",
    "F2",
    "F3",
    "F4",
    "F5",
    "F6",
    "F7",
    "F8",
    "Notes",
    "Block",
    "GlobalId",
    "Customer",
    "ActivatedMachines",
    "TrialActivation",
    "MaxNoOfMachines",
    "AllowedMachines",
    "DataObjects",
    "SignDate",
];

on_both_databases! {
    async fn the_json_text_is_signed_and_its_fields_stand_in_order(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let customer = vendor.staff.post("/api/v1/customers", json!({"name": "Ann", "email": ""})).await.json()["id"].clone();
        let key = vendor.key_with(json!({"max_machines": 2, "customer": customer})).await;
        let product = vendor.product.to_string();
        for (model, machine_fields) in [
            ("1", vec!["Mid", "IP", "Time"]),
            ("2", vec!["Mid", "IP", "Time", "FriendlyName"]),
            ("3", vec!["Mid", "IP", "Time", "FriendlyName", "FloatingExpires"]),
        ] {
            let parameters = [("ProductId", product.as_str()), ("Key", &key.row.key), ("MachineCode", "a"), ("Sign", "true"), ("SignMethod", "1"), ("ModelVersion", model)];
            let answer = vendor.program.does("key/Activate", &parameters).await;
            let bytes = decode(&answer["licenseKey"]);
            verify(&app, false, &bytes, &decode(&answer["signature"])).await;
            assert_eq!(decode(&answer["signature"]).len(), 256);
            let text = String::from_utf8(bytes).unwrap();
            let mut expected: Vec<&str> = FIELDS.to_vec();
            if model == "3" { expected.push("Reseller"); }
            assert_eq!(names(&text), expected, "{text}");
            let machines = text.split_once("\"ActivatedMachines\":[").unwrap().1.split_once(']').unwrap().0;
            assert_eq!(names(machines), machine_fields);
            let licence = licence(&answer);
            assert_eq!(licence["GlobalId"], key.row.global_id.0);
            assert_eq!(licence["ID"], key.row.id);
            assert_eq!(licence["Customer"]["CompanyName"], "", "no null where clients want a text");
            assert_eq!((&licence["AllowedMachines"], &licence["DataObjects"]), (&json!(""), &json!([])));
            let days = licence["Expires"].as_i64().unwrap() - licence["Created"].as_i64().unwrap();
            assert_eq!(days, 30 * 86_400);
        }
    }

    async fn metadata_are_signed_by_themselves(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(2).await;
        let product = vendor.product.to_string();
        let parameters = [("ProductId", product.as_str()), ("Key", &key.row.key), ("MachineCode", "a"), ("Sign", "true"), ("SignMethod", "1"), ("metadata", "True")];
        let answer = vendor.program.does("key/Activate", &parameters).await;
        let envelope: Value = serde_json::from_slice(&decode(&answer["metadata"]["signature"])).unwrap();
        let data = decode(&envelope["Data"]);
        verify(&app, true, &data, &decode(&envelope["Signature"])).await;
        let data: Value = serde_json::from_slice(&data).unwrap();
        assert_eq!(data, json!({
            "ActivatedMachines": 1,
            "LicenseStatus": {"IsValid": true, "ReasonForInvalidity": 0, "Trial": false, "TimeLimited": true, "TimeLeft": 30},
            "UsedFloatingMachines": 0,
        }));
        assert_eq!(answer["metadata"]["licenseStatus"]["timeLeft"], 30);
    }

    async fn the_net_clients_first_way_signs_joined_values(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(1).await;
        let object = json!({"ref_type": "key", "ref_id": key.row.global_id, "name": "seats", "string_value": "s", "int_value": 4});
        vendor.staff.post("/api/v1/data", object).await.done();
        let product = vendor.product.to_string();
        let parameters = [("ProductId", product.as_str()), ("Key", &key.row.key), ("MachineCode", "a"), ("Sign", "True"), ("SignMethod", "LinqSign"), ("modelversion", "3"), ("v", "1")];
        let answer = vendor.program.does("key/Activate", &parameters).await;
        let shown = &answer["licenseKey"];
        let text = |name: &str| match &shown[name] {
            Value::String(text) => text.clone(),
            Value::Bool(true) => "True".to_owned(),
            Value::Bool(false) => "False".to_owned(),
            other => other.to_string(),
        };
        let machine = &shown["activatedMachines"][0];
        let object = &shown["dataObjects"][0];
        let values = [
            text("productId"), text("id"), text("key"), text("created"), text("expires"), text("period"),
            text("f1"), text("f2"), text("f3"), text("f4"), text("f5"), text("f6"), text("f7"), text("f8"),
            text("notes"), text("block"), text("globalId"), String::new(),
            format!("[a,{},{},]", machine["ip"].as_str().unwrap(), machine["time"].as_str().unwrap()),
            text("trialActivation"), text("maxNoOfMachines"), text("allowedMachines"),
            format!("[{},seats,s,4,]", object["id"]), text("signDate"), String::new(),
        ];
        let bytes: Vec<u8> = values.join(",").encode_utf16().flat_map(u16::to_le_bytes).collect();
        verify(&app, false, &bytes, &decode(&shown["signature"])).await;
    }

    async fn notes_go_only_to_those_who_may_read_them(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(0).await;
        let product = vendor.product.to_string();
        let parameters = [("ProductId", product.as_str()), ("Key", key.row.key.as_str()), ("SignMethod", "1")];
        assert_eq!(licence(&vendor.program.does("key/GetKey", &parameters).await)["Notes"], "for us only");
        let mut shipped = vendor.program_with(&["GetKey"], latchkey::identity::tokens::NewToken::default()).await;
        assert_eq!(licence(&shipped.does("key/GetKey", &parameters).await)["Notes"], "");
    }
}
