//! Out of one installation through its Web API, into another one: the same, down to the ids.

use latchkey::{
    identity::tokens::NewToken,
    move_in::{
        read::Kind,
        token::{self, Became, Known},
    },
};
use latchkey_shared::permission::Role;
use serde_json::{Value, json};

use super::{Files, another, key, keys, products, tally};
use crate::{
    on_both_databases,
    util::TestApp,
    web_api::{Program, Vendor, licence},
};

/// Everything that a vendor can fetch.
async fn fetched(program: &mut Program, products: &[i64]) -> Vec<(String, Value)> {
    let mut answers = vec![
        ("1-products.json".to_owned(), program.does("product/GetProducts", &[]).await),
        ("0-customers.json".to_owned(), program.does("customer/GetCustomers", &[]).await),
        ("2-objects.json".to_owned(), program.does("data/ListDataObjects", &[("ShowAll", "true")]).await),
    ];
    for product in products {
        let product = product.to_string();
        for page in 1.. {
            let number = page.to_string();
            let parameters = [("ProductId", product.as_str()), ("Page", &number)];
            let answer = program.does("product/GetKeys", &parameters).await;
            let pages = answer["pageCount"].as_i64().unwrap();
            answers.push((format!("0-keys-{product}-{number}.json"), answer));
            if page >= pages {
                break;
            }
        }
    }
    answers
}

/// An account with two products, 121 keys in every state, machines, seats, data objects and customers.
async fn furnish(app: &TestApp) -> (Program, Vec<i64>, String) {
    let mut vendor = Vendor::new(app).await;
    let product = vendor.product;
    let program = &mut vendor.program.clone();
    let other: Value = vendor
        .staff
        .post("/api/v1/products", json!({"name": "Tidal", "description": "Two\nlines"}))
        .await
        .ok();
    let other = other["id"].as_i64().unwrap();
    for name in ["Ann", "Ann \"the\" é, Ü & 雪"] {
        program
            .does(
                "customer/AddCustomer",
                &[("Name", name), ("Email", "ann@acme.test"), ("CompanyName", "Acme")],
            )
            .await;
    }
    let key = vendor.key_with(json!({"customer": 1, "max_machines": 2, "trial_activation": true})).await;
    let text = key.row.key.clone();
    for machine in ["desk", "lap\"top\\"] {
        let named = [
            ("ProductId", product.to_string()),
            ("Key", text.clone()),
            ("MachineCode", machine.to_owned()),
            ("FriendlyName", "Ann's".to_owned()),
        ];
        let named: Vec<(&str, &str)> = named.iter().map(|(name, value)| (*name, value.as_str())).collect();
        program.does("key/Activate", &named).await;
    }
    let id = product.to_string();
    let place = [("ProductId", id.as_str()), ("Key", text.as_str())];
    let seat = [
        place[0],
        place[1],
        ("MachineCode", "seat"),
        ("FloatingTimeInterval", "3000"),
        ("MaxOverdraft", "1"),
    ];
    program.does("key/Activate", &seat).await;
    let object = [
        place[0],
        place[1],
        ("Name", "cryptolens_features"),
        ("StringValue", "[\"f1\"]"),
        ("IntValue", "-3"),
    ];
    program.does("data/AddDataObjectToKey", &object).await;
    let of_product = [
        ("ReferencerType", "1"),
        ("ReferencerId", id.as_str()),
        ("Name", "cryptolens_expirationnotice"),
        ("StringValue", "0,3"),
    ];
    program.does("data/AddDataObject", &of_product).await;
    program.does("data/AddDataObject", &[("Name", "ours"), ("StringValue", "v"), ("IntValue", "7")]).await;
    let blocked = vendor.key(0).await;
    vendor.block(&blocked, true).await;
    let many = json!({"count": 118, "key": {"customer": 2, "period_days": 0, "features": [false, true, false, false, false, false, false, true], "max_machines": 1, "trial_activation": false, "notes": ""}});
    vendor.staff.post(&format!("/api/v1/products/{product}/keys/bulk"), many).await.done();
    vendor.product = other;
    vendor.key(1).await;
    (program.clone(), vec![product, other], text)
}

on_both_databases! {
    async fn everything_arrives_as_it_was_and_goes_on(app: TestApp) {
        let source = another(&app).await;
        let (mut there, sold, text) = furnish(&source).await;
        let answers = fetched(&mut there, &sold).await;
        let files: Vec<(&str, String)> = answers.iter().map(|(name, answer)| (name.as_str(), answer.to_string())).collect();
        let files = Files::of(&files);
        let (report, refused) = files.take(&app).await;
        assert_eq!(refused, [""; 0]);
        assert_eq!(tally(&report, Kind::Product), [2, 0, 0, 0]);
        assert_eq!(tally(&report, Kind::Customer), [2, 0, 0, 0]);
        assert_eq!(tally(&report, Kind::Key), [121, 0, 0, 0]);
        // Those of products and of keys came with them, and are counted once.
        assert_eq!(tally(&report, Kind::Object), [3, 0, 0, 0]);

        // The token that programs in the field carry opens the new place.
        let (id, secret) = token::parse(&there.token).unwrap();
        let known = Known { id, secret, name: "Programs".to_owned(), scopes: vec!["*".to_owned()], product_lock: None };
        let origin = latchkey::audit::Origin::system("import");
        assert_eq!(token::put(&app.state, &origin, known.clone(), true).await.unwrap(), Became::New);
        assert_eq!(token::put(&app.state, &origin, known.clone(), false).await.unwrap(), Became::New);
        assert_eq!(token::put(&app.state, &origin, known.clone(), false).await.unwrap(), Became::Same);
        let wrong = Known { secret: "x".repeat(40), ..known };
        assert!(token::put(&app.state, &origin, wrong, false).await.unwrap_err().to_string().contains("another one"));
        let mut here = Program { caller: app.anon(), ..there.clone() };
        assert_eq!(fetched(&mut here, &sold).await, answers);

        // And so does the key on its machines, and on none more.
        let product = sold[0].to_string();
        let call = |machine: &'static str| [("ProductId", product.clone()), ("Key", text.clone()), ("MachineCode", machine.to_owned()), ("SignMethod", "1".to_owned())];
        let known = call("desk");
        let known: Vec<(&str, &str)> = known.iter().map(|(a, b)| (*a, b.as_str())).collect();
        assert_eq!(licence(&here.does("key/Activate", &known).await)["ID"], 1);
        assert_eq!(licence(&here.does("key/GetKey", &known).await)["Key"], text);
        let third = call("third");
        let third: Vec<(&str, &str)> = third.iter().map(|(a, b)| (*a, b.as_str())).collect();
        here.fails("key/Activate", &third).await;

        // What is new goes on behind the highest ids.
        let made = here.does("key/CreateKey", &[("ProductId", &product)]).await;
        let new = here.does("key/GetKey", &[("ProductId", &product), ("Key", made["key"].as_str().unwrap()), ("SignMethod", "1")]).await;
        assert_eq!((&licence(&new)["ID"], &licence(&new)["GlobalId"]), (&json!(121), &json!(122)));
        assert_eq!(here.does("customer/AddCustomer", &[("Name", "New")]).await["customerId"], 3);
        assert_eq!(here.does("data/AddDataObject", &[("Name", "new")]).await["id"], 4);
        let mut staff = app.staff(Role::Owner).await;
        let product: Value = staff.post("/api/v1/products", json!({"name": "Third"})).await.ok();
        assert_eq!(product["id"], 3);
        let token = staff.post("/api/v1/tokens", json!({"name": "t", "scopes": ["*"]})).await;
        assert!(token.status.is_success(), "{}", token.text);
    }

    async fn a_secret_of_a_customer_opens_their_licences(app: TestApp) {
        let customers = json!({"customers": [{"id": 6_439, "name": "Bob", "email": "bob@beta.test", "companyName": "", "created": "2015-09-04T16:11:14.453", "secret": "6dffda95-aaaa-bbbb-cccc-000000000001"}]});
        let files = Files::of(&[
            ("c.json", customers.to_string()),
            ("k.json", keys(&[key()]).to_string()),
            ("p.json", products().to_string()),
        ]);
        let (report, refused) = files.take(&app).await;
        assert_eq!((refused.len(), tally(&report, Kind::Customer)), (0, [1, 0, 0, 0]));
        let scopes = vec!["*".to_owned()];
        let mut vendor = Vendor::new(&app).await;
        let mut program = vendor.program_with(&["*"], NewToken { scopes, ..NewToken::default() }).await;
        let found = program.does("customer/GetCustomerLicensesBySecret", &[("Secret", "6dffda95-aaaa-bbbb-cccc-000000000001")]).await;
        assert_eq!(found["licenseKeys"][0]["key"], "IVGQG-SEEXW-PLMRN-BAYRR");
        // What Stripe's metadata names.
        let list: Value = vendor.staff.get("/api/v1/products/3349/keys?filter=Id%3D155").await.ok();
        assert_eq!(list["items"][0]["global_id"], 54_435, "{list}");
        let customer: Value = vendor.staff.get("/api/v1/customers/6439").await.ok();
        assert_eq!(customer["created"], "2015-09-04T16:11:14.453Z", "{customer}");
    }
}
