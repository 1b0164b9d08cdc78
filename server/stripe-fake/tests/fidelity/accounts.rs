//! Several accounts at one address: whose call it is, the key says; whose page, what it shows.

use crate::rig::{Rig, client, rig};
use latchkey_stripe::params::CustomerParams;
use serde_json::{Value, json};

const SECOND: &str = "sk_test_second";

async fn status(rig: &Rig, path: &str) -> u16 {
    rig.http.get(format!("{}{path}", rig.base)).send().await.unwrap().status().as_u16()
}

#[tokio::test]
async fn each_key_has_its_own_objects_pages_and_control() {
    let rig = rig().await;
    let control =
        |path: &str| rig.http.post(format!("{}/_ctl{path}", rig.base)).bearer_auth(rig.fake.control_token());
    let made: Value =
        control("/accounts").json(&json!({"key": SECOND})).send().await.unwrap().json().await.unwrap();
    let second = rig.fake.add_account(SECOND);
    let asked = client(&rig.base, SECOND);
    let account = asked.account().await.unwrap();
    assert_eq!(made["account"], account.id.as_str(), "added once, however often it is asked for");
    assert!(account.id != rig.client.account().await.unwrap().id);

    let product = second.seed_product("Editor", &[]);
    let price = second.seed_price(&product, "usd", 900, "month", &[]);
    let buyer = asked.create_customer(&CustomerParams::default(), &rig.key()).await.unwrap().id.clone();
    assert!(rig.client.customer(&buyer).await.unwrap_err().is_not_found());
    let params = Rig::session_params(&buyer, &price);
    let session = asked.create_checkout_session(&params, &rig.key()).await.unwrap().id.clone();
    assert_eq!(status(&rig, &format!("/pay/{session}")).await, 200);

    let of_first = rig.session(&rig.customer().await, &rig.price(900, "month")).await;
    assert_eq!(status(&rig, &format!("/pay/{of_first}")).await, 200);
    let objects = |query: &str| {
        let path = format!("{}/_ctl/objects/checkout.session{query}", rig.base);
        rig.http.get(path).bearer_auth(rig.fake.control_token()).send()
    };
    let own = objects(&format!("?account={SECOND}")).await.unwrap().text().await.unwrap();
    assert!(own.contains(&session) && !own.contains(&of_first), "{own}");
    let first = objects("").await.unwrap().text().await.unwrap();
    assert!(first.contains(&of_first) && !first.contains(&session), "{first}");
    assert_eq!(status(&rig, &format!("/_ctl/state?account={SECOND}")).await, 401);
}
