//! Moving in more than once: the same changes nothing, newer files change what changed there, and what was changed
//! here stays.

use latchkey::move_in::read::Kind;
use latchkey_shared::permission::Role;
use latchkey_store::{
    Access, customers,
    entity::{activation, licence_key},
};
use sea_orm::{EntityTrait as _, QueryOrder as _};
use serde_json::{Value, json};

use super::{Files, key, keys, one, products, tally};
use crate::{
    on_both_databases,
    util::{TestApp, rows},
    web_api::{Vendor, licence},
};

async fn the_key(app: &TestApp) -> licence_key::Model {
    licence_key::Entity::find_by_id(54_435).one(app.state.store.read()).await.unwrap().unwrap()
}

async fn machines(app: &TestApp) -> Vec<String> {
    let all = activation::Entity::find().order_by_asc(activation::Column::MachineCode);
    all.all(app.state.store.read()).await.unwrap().into_iter().map(|row| row.machine_code).collect()
}

on_both_databases! {
    async fn the_same_files_change_nothing(app: TestApp) {
        let (report, _) = one(key()).take(&app).await;
        assert_eq!((tally(&report, Kind::Key), tally(&report, Kind::Customer)), ([1, 0, 0, 0], [1, 0, 0, 0]));
        let taken = the_key(&app).await;
        assert_eq!((taken.number, taken.created_at, taken.expires_at), (155, 1_565_793_090_000, Some(4_220_080_294_000)));
        assert_eq!((taken.f1, taken.f2, taken.f8, taken.max_machines, taken.trial_activation), (false, true, false, 3, true));
        assert_eq!((taken.notes.as_str(), taken.customer_id, taken.first_activated_at), ("big customer", Some(6_439), Some(1_565_803_554_000)));

        // Somebody works here meanwhile: that stays too.
        let mut staff = app.staff(Role::Owner).await;
        staff.post("/api/v1/keys/54435/block", json!({"blocked": true})).await.done();
        let before = rows(&app.state.store).await;
        let (report, refused) = one(key()).take(&app).await;
        assert_eq!((tally(&report, Kind::Product), tally(&report, Kind::Key), refused.len()), ([0, 1, 0, 0], [0, 1, 0, 0], 0));
        rows(&app.state.store).await.are_as_before(&before);
    }

    async fn what_changed_there_is_changed_and_what_changed_here_stays(app: TestApp) {
        let customers_of = |name: &str| json!({"customers": [{"id": 6_439, "name": name, "email": "bob@beta.test", "companyName": "Beta", "created": "2019-08-14T14:31:30"}]}).to_string();
        let files = |key: Value, name: &str| {
            Files::of(&[("a", products().to_string()), ("b", keys(&[key]).to_string()), ("c", customers_of(name))])
        };
        files(key(), "Bob").take(&app).await;
        let mut staff = app.staff(Role::Owner).await;
        staff.post("/api/v1/keys/bulk", json!({"keys": [54_435], "extend_days": 10})).await.done();
        let extended = the_key(&app).await.expires_at;
        let mut changed = key();
        changed["notes"] = json!("bigger customer");
        changed["block"] = json!(true);
        changed["activatedMachines"] = json!([{"mid": "c", "ip": "", "time": "2020-01-01T00:00:00"}]);
        changed["dataObjects"] = json!([{"id": 4_018, "name": "other", "stringValue": "", "intValue": 1}]);
        let (report, refused) = files(changed.clone(), "Robert").take(&app).await;
        assert_eq!((refused.len(), tally(&report, Kind::Key), tally(&report, Kind::Customer)), (0, [0, 0, 1, 0], [0, 0, 1, 0]));
        let taken = the_key(&app).await;
        assert_eq!((taken.notes.as_str(), taken.blocked, taken.expires_at), ("bigger customer", true, extended));
        assert_eq!(taken.block_source.as_deref(), Some("staff"));
        assert_eq!(machines(&app).await, ["c"]);
        let customer = customers::find(app.state.store.read(), Access::All, 6_439.into()).await.unwrap().unwrap();
        assert_eq!((customer.name.as_str(), customer.search_text.as_str()), ("Robert", "robert\nbob@beta.test\nbeta"));
        let before = rows(&app.state.store).await;
        files(changed, "Robert").take(&app).await;
        rows(&app.state.store).await.are_as_before(&before);
    }

    async fn a_table_says_nothing_of_what_it_has_no_column_for(app: TestApp) {
        one(key()).take(&app).await;
        let csv = "Product Id;ID;Key;Notes\r\n3349;155;ivgqg seexw plmrn bayrr;from a table\r\n3349;156;AAAAA-AAAAA-AAAAA-AAAAA;new\r\n3349;x;BBBBB-AAAAA-AAAAA-AAAAA;\r\n";
        let files = Files::of(&[("keys.csv", csv.to_owned())]);
        let (report, refused) = files.take(&app).await;
        assert_eq!((tally(&report, Kind::Key), refused), ([1, 0, 1, 1], vec!["keys.csv 4 : id: this is no whole number".to_owned()]));
        let taken = the_key(&app).await;
        assert_eq!((taken.notes.as_str(), taken.max_machines, taken.customer_id, taken.f2), ("from a table", 3, Some(6_439), true));
        assert_eq!(machines(&app).await, ["a"]);
        let before = rows(&app.state.store).await;
        let (report, _) = files.take(&app).await;
        assert_eq!(tally(&report, Kind::Key), [0, 2, 0, 1]);
        rows(&app.state.store).await.are_as_before(&before);

        let csv = "id,name,email,company,created\n7,Ann,ann@acme.test,Acme,2020-02-03\n7,Ann,ann@acme.test,Acme,2020-02-03\n8,,,,\n";
        let (report, refused) = Files::of(&[("customers.csv", csv.to_owned())]).take(&app).await;
        assert_eq!((tally(&report, Kind::Customer), refused.len()), ([2, 1, 0, 0], 0));
        let ann = customers::find(app.state.store.read(), Access::All, 7.into()).await.unwrap().unwrap();
        assert_eq!((ann.name.as_str(), ann.created_at, ann.headline.as_str()), ("Ann", 1_580_688_000_000, "none"));
    }

    async fn key_texts_stay_as_they_were_and_are_found_however_they_are_written(app: TestApp) {
        let mut odd = key();
        odd["key"] = json!("ivgqg-seexw-Plmrn-bay7r");
        let mut short = key();
        (short["key"], short["id"], short["globalId"], short["dataObjects"]) = (json!("Old.Key/7-b"), json!(156), json!(54_436), json!([]));
        let mut twice = short.clone();
        (twice["key"], twice["id"], twice["globalId"]) = (json!("OLD.key/7-B"), json!(157), json!(54_437));
        let files = Files::of(&[("p", products().to_string()), ("k", keys(&[odd.clone(), short, twice]).to_string())]);
        let (report, refused) = files.take(&app).await;
        assert_eq!((tally(&report, Kind::Key), refused), ([2, 0, 0, 1], vec!["k 3 key 157 of product 3349: these files have this key of product 3349 before".to_owned()]));
        assert_eq!(the_key(&app).await.key_text, "ivgqg-seexw-Plmrn-bay7r");

        let mut vendor = Vendor::new(&app).await;
        for (asked, text) in [
            ("ivgqg-seexw-Plmrn-bay7r", "ivgqg-seexw-Plmrn-bay7r"), (" IVGQGseexwPLMRNBAY7R ", "ivgqg-seexw-Plmrn-bay7r"),
            ("Old.Key/7-b", "Old.Key/7-b"), ("old.key/7-B", "Old.Key/7-b"),
        ] {
            let asked = [("ProductId", "3349"), ("Key", asked), ("SignMethod", "1")];
            assert_eq!(licence(&vendor.program.does("key/GetKey", &asked).await)["Key"], text, "{asked:?}");
        }
        for filter in ["IVGQG-SEEXW-PLMRN-BAY7R", "key='ivgqgseexwplmrnbay7r'", "key='OLD.KEY/7-B'", "key.contains('seexw-PL')"] {
            let filter = form_urlencoded::byte_serialize(filter.as_bytes()).collect::<String>();
            let list: Value = vendor.staff.get(&format!("/api/v1/keys?filter={filter}")).await.ok();
            assert_eq!(list["items"].as_array().unwrap().len(), 1, "{filter} {list}");
        }
        // Typed into a table, a text says which key is meant and not how it is written.
        let csv = "Product Id;ID;Key;Notes\r\n3349;155;IVGQG SEEXW PLMRN BAY7R;typed\r\n".to_owned();
        Files::of(&[("keys.csv", csv)]).try_take(&app, false).await.unwrap();
        let taken = the_key(&app).await;
        assert_eq!((taken.key_text.as_str(), taken.notes.as_str()), ("ivgqg-seexw-Plmrn-bay7r", "typed"));
        // The service's own answer says how.
        odd["key"] = json!("ivgqg-seexw-plmrn-bay7r");
        let (report, _) = one(odd).try_take(&app, false).await.unwrap();
        assert_eq!(tally(&report, Kind::Key), [0, 0, 1, 0]);
        assert_eq!(the_key(&app).await.key_text, "ivgqg-seexw-plmrn-bay7r");
    }

    async fn what_latchkey_writes_as_a_table_comes_back(app: TestApp) {
        one(key()).take(&app).await;
        let mut staff = app.staff(Role::Owner).await;
        let csv = staff.get("/api/v1/keys/export").await.text;
        let (report, refused) = Files::of(&[("keys.csv", csv)]).take(&app).await;
        assert_eq!((tally(&report, Kind::Key), refused.len()), ([0, 1, 0, 0], 0));
    }
}
