//! Rows that clash with what is here, and files that cannot be read.

use latchkey::move_in::read::Kind;
use latchkey_shared::permission::Role;
use latchkey_store::entity::{activation, data_object, licence_key};
use sea_orm::{EntityTrait as _, PaginatorTrait as _};
use serde_json::{Value, json};

use super::{Files, key, keys, one, products, tally};
use crate::{on_both_databases, util::rows};

/// The key with other values.
fn with(changes: &[(&str, Value)]) -> Value {
    let mut key = key();
    for (name, value) in changes {
        key[*name] = value.clone();
    }
    key
}

on_both_databases! {
    async fn ids_that_something_else_has_are_refused_row_by_row(app: TestApp) {
        let mut staff = app.staff(Role::Owner).await;
        staff.post("/api/v1/products", json!({"name": "Ours"})).await.done();
        staff.post("/api/v1/customers", json!({"name": "Cid", "email": "cid@ours.test"})).await.done();
        let mut theirs = products();
        theirs["products"][0]["id"] = json!(1);
        theirs["products"].as_array_mut().unwrap().push(products()["products"][0].clone());
        let owner = |id: i64| json!({"id": id, "name": "Bob", "email": "bob@beta.test", "companyName": "", "created": 0});
        let list = keys(&[
            with(&[("productId", json!(1)), ("globalId", json!(1)), ("dataObjects", json!([]))]),
            with(&[("customer", owner(1)), ("globalId", json!(2)), ("dataObjects", json!([]))]),
            key(),
            // The same again, and others that want what it has.
            key(),
            with(&[("notes", json!("other"))]),
            with(&[("globalId", json!(3)), ("id", json!(9)), ("dataObjects", json!([]))]),
            with(&[("globalId", json!(4)), ("key", json!("AAAAA-AAAAA-AAAAA-AAAAA")), ("dataObjects", json!([]))]),
            with(&[("globalId", json!(5)), ("id", json!(10)), ("key", json!("BBBBB-AAAAA-AAAAA-AAAAA"))]),
            json!("no key"),
            with(&[("expires", json!("soon")), ("globalId", json!(6))]),
        ]);
        let files = Files::of(&[("keys.json", list.to_string()), ("products.json", theirs.to_string())]);
        let (report, refused) = files.take(&app).await;
        assert_eq!(refused, [
            "products.json 1 product 1: product 1 is “Ours” here",
            "keys.json 1 customer 1: customer 1 is “Cid” here",
            "keys.json 1 key 155 of product 1: product 1 was not moved in; move the list of products in too",
            "keys.json 2 key 155 of product 3349: customer 1 was not moved in; move the list of customers in too",
            "keys.json 5 key 155 of product 3349: these files have it before, with other values or refused",
            "keys.json 6 key 9 of product 3349: these files have this key of product 3349 before",
            "keys.json 7 key 155 of product 3349: these files have key 155 of product 3349 before",
            "keys.json 8 key 10 of product 3349: data object 4017 is attached to something else",
            "keys.json 9 : it has not the fields of one",
            "keys.json 10 : expires: this is no time",
        ]);
        assert_eq!((tally(&report, Kind::Product), tally(&report, Kind::Customer)), ([1, 0, 0, 1], [1, 0, 0, 1]));
        assert_eq!(tally(&report, Kind::Key), [1, 1, 0, 8]);
        let store = app.state.store.read();
        assert_eq!(licence_key::Entity::find().count(store).await.unwrap(), 1);
        // The lease is long over, so the seat is free.
        assert_eq!(activation::Entity::find().count(store).await.unwrap(), 1);
        assert_eq!(data_object::Entity::find().count(store).await.unwrap(), 2);
    }

    async fn a_key_that_is_here_already_keeps_its_ids(app: TestApp) {
        one(key()).take(&app).await;
        let before = rows(&app.state.store).await;
        for (other, words) in [
            (with(&[("globalId", json!(7))]), "product 3349 has this key already, with the global id 54435"),
            (with(&[("globalId", json!(7)), ("key", json!("AAAAA-AAAAA-AAAAA-AAAAA"))]), "key 155 of product 3349 is another one here"),
            (with(&[("key", json!("AAAAA-AAAAA-AAAAA-AAAAA"))]), "the global id 54435 is key 155 of product 3349 here, with another text"),
            (with(&[("customer", Value::Null), ("customerId", json!(77))]), "customer 77 was not moved in"),
        ] {
            let (report, refused) = one(other).take(&app).await;
            assert_eq!(report.refused(), 1);
            assert!(refused[0].contains(words), "{refused:?}");
            rows(&app.state.store).await.are_as_before(&before);
        }
    }

    async fn nothing_is_begun_where_a_file_cannot_be_read(app: TestApp) {
        let before = rows(&app.state.store).await;
        let whole = keys(&[key()]).to_string();
        for (content, words) in [
            (whole[..whole.len() / 2].to_owned(), "not valid JSON"),
            (json!({"result": 1, "message": "Access denied."}).to_string(), "says no: “Access denied.”"),
            (json!({"orders": []}).to_string(), "none of the lists"),
            (json!({"licenseKeys": {"a": 1}}).to_string(), "not an answer"),
            ("[".repeat(100_000), "not valid JSON"),
            (format!("{{\"licenseKeys\":[{}", "[".repeat(100_000)), "not valid JSON"),
            (String::new(), "empty"),
            ("name;colour\nAnn;red\n".to_owned(), "the first line must name the columns"),
            ("key,id\nK,1\n".to_owned(), "keys need the columns productId, id and key"),
        ] {
            let files = Files::of(&[("a.json", products().to_string()), ("b", content)]);
            let error = files.try_take(&app, false).await.unwrap_err().to_string();
            assert!(error.starts_with("b: ") && error.contains(words), "{error}");
            rows(&app.state.store).await.are_as_before(&before);
        }
    }

    async fn absurd_values_are_refused_and_the_rest_is_taken(app: TestApp) {
        let mut deep = json!([]);
        for _ in 0..50 {
            deep = json!([deep]);
        }
        let list = keys(&[
            with(&[("notes", json!("x".repeat(20_000)))]),
            with(&[("notes", json!("x".repeat(2_000_000)))]),
            with(&[("notes", json!("a\0b"))]),
            with(&[("globalId", json!(i64::MAX))]),
            with(&[("globalId", json!(1.5))]),
            with(&[("id", json!(-1))]),
            with(&[("maxNoOfMachines", json!(u64::MAX))]),
            with(&[("f1", json!("perhaps"))]),
            with(&[("activatedMachines", json!([{"mid": ""}]))]),
            with(&[("dataObjects", json!([{"name": "", "id": 1}]))]),
            with(&[("customer", json!(7))]),
            with(&[("created", json!(i64::MAX))]),
            with(&[("unknown", deep)]),
            key(),
        ]);
        let files = Files::of(&[("keys.json", list.to_string()), ("products.json", products().to_string())]);
        let (report, refused) = files.take(&app).await;
        assert_eq!((tally(&report, Kind::Key), refused.len()), ([1, 0, 0, 13], 13), "{refused:#?}");
    }
}
