//! Tax on what is billed offline.

use latchkey_shared::api::{
    changes::{AddedSubscription, ChangePreview},
    tax::TaxRates,
    transactions::Transaction,
};
use serde_json::{Value, json};

use super::world::{World, to};
use crate::on_both_databases;

fn rate(name: &str, hundredths: i64, country: &str) -> Value {
    json!({"name": name, "hundredths": hundredths, "country": country, "inclusive": false, "active": true,
        "is_default": country.is_empty()})
}

impl World {
    async fn add_rate(&mut self, form: Value) -> TaxRates {
        self.staff.post("/api/v1/tax-rates", form).await.ok()
    }

    async fn set_rate(&mut self, name: &str, form: Value) -> TaxRates {
        let all: TaxRates = self.staff.get("/api/v1/tax-rates").await.ok();
        let id = all.rates.iter().find(|rate| rate.name == name).unwrap().id;
        self.staff.put(&format!("/api/v1/tax-rates/{id}"), form).await.ok()
    }

    async fn move_to(&mut self, country: &str) {
        let address = format!("/api/v1/customers/{}", self.customer);
        let now: Value = self.staff.get(&address).await.ok();
        let mut form = json!({});
        for name in [
            "name",
            "email",
            "company",
            "phone",
            "notes",
            "external_id",
            "allow_activation_management",
            "allow_multiple_users",
            "version",
        ] {
            form[name] = now[name].clone();
        }
        form["country"] = json!(country);
        self.staff.patch(&address, form).await.done();
    }

    async fn quote(&mut self) -> ChangePreview {
        let address = format!("/api/v1/customers/{}/subscriptions", self.customer);
        let form = json!({"items": [{"plan": self.large, "quantity": 1}], "dry_run": true});
        let added: AddedSubscription = self.staff.post(&address, form).await.ok();
        added.preview
    }

    async fn payments(&mut self) -> Vec<Transaction> {
        let list: Value =
            self.staff.get("/api/v1/transactions?sort=id&filter=type%20%3D%20payment").await.ok();
        let mut payments = Vec::new();
        for row in list["items"].as_array().unwrap() {
            payments.push(self.staff.get(&format!("/api/v1/transactions/{}", row["id"])).await.ok());
        }
        payments
    }
}

fn split(preview: &ChangePreview) -> (i64, i64, i64) {
    (preview.net.minor, preview.tax.minor, preview.total.minor)
}

on_both_databases! {
    async fn the_customers_country_decides_then_the_default_then_none(app: TestApp) {
        let mut world = World::new(app).await;
        assert_eq!(split(&world.quote().await), (6_000, 0, 6_000));
        world.add_rate(rate("VAT", 2_000, "")).await;
        let mut within = rate("MwSt", 1_900, "DE");
        within["inclusive"] = json!(true);
        world.add_rate(within).await;
        let shown = world.quote().await;
        assert_eq!((split(&shown), shown.tax_name.as_str()), ((6_000, 1_200, 7_200), "VAT 20\u{a0}%"));
        world.move_to("DE").await;
        let shown = world.quote().await;
        assert_eq!((split(&shown), shown.tax_name.as_str()), ((5_042, 958, 6_000), "MwSt 19\u{a0}%"));
        world.move_to("FR").await;
        assert_eq!(split(&world.quote().await), (6_000, 1_200, 7_200));

        // Another default takes its place; without one there is no tax.
        let mut other = rate("GST", 1_050, "NZ");
        other["is_default"] = json!(true);
        let all = world.add_rate(other.clone()).await;
        assert_eq!(all.rates.iter().filter(|rate| rate.is_default).map(|rate| rate.name.as_str()).collect::<Vec<_>>(), ["GST"]);
        assert_eq!(split(&world.quote().await), (6_000, 630, 6_630));
        other["active"] = json!(false);
        world.set_rate("GST", other).await;
        assert_eq!(split(&world.quote().await), (6_000, 0, 6_000));
    }

    async fn what_makes_no_sense_is_refused(app: TestApp) {
        let mut world = World::new(app).await;
        let path = "/api/v1/tax-rates";
        world.add_rate(rate("MwSt", 1_900, "DE")).await;
        let said = world.staff.post(path, rate("MwSt", 700, "DE")).await.field("country");
        assert!(said.contains("MwSt 19\u{a0}%"), "{said}");
        let mut nobody = rate("VAT", 700, "");
        nobody["is_default"] = json!(false);
        world.staff.post(path, nobody).await.field("country");
        world.staff.post(path, rate("VAT", 10_001, "FR")).await.field("hundredths");
        world.staff.post(path, rate("VAT", 1, "fr")).await.field("country");
        world.staff.post(path, rate(" ", 1, "FR")).await.field("name");
        assert_eq!(world.staff.put("/api/v1/tax-rates/99", rate("VAT", 1, "FR")).await.error(404), "not_found");
        // Switched off, it makes room for its successor.
        let mut off = rate("MwSt", 1_900, "DE");
        off["active"] = json!(false);
        world.set_rate("MwSt", off).await;
        world.add_rate(rate("MwSt 2027", 2_000, "DE")).await;
    }

    async fn a_change_and_its_payment_carry_the_tax(app: TestApp) {
        let mut world = World::new(app).await;
        world.add_rate(rate("VAT", 1_900, "")).await;
        let ask = to(world.large);
        let shown = world.preview(ask).await;
        // The 30.00 of before were paid without tax and come back without.
        assert_eq!(shown.lines.iter().map(|line| line.amount.minor).collect::<Vec<_>>(), [-3_000, 6_000]);
        assert_eq!(split(&shown), (3_000, 1_140, 4_140));
        assert_eq!(shown.next.as_ref().unwrap().amount.minor, 7_140);
        let address = format!("/api/v1/customers/{}/balance", world.customer);
        let credit = json!({"amount": {"minor": 1_140, "currency": "EUR"}, "reason": "Goodwill"});
        world.staff.post(&address, credit).await.done();
        let ask = to(world.large);
        world.carry_out(ask, json!({"paid_by": "cash"})).await;
        let paid = world.payments().await.pop().unwrap();
        // 30.00 of the 41.40 were paid in cash, with their share of the tax.
        let row = &paid.row;
        assert_eq!((row.net.unwrap().minor, row.tax.unwrap().minor, row.gross.unwrap().minor), (2_174, 826, 3_000));
        let lines: Vec<_> = paid.lines.iter().map(|line| (line.text.as_str(), line.amount.minor)).collect();
        assert_eq!(lines, [("Studio · Small, unused time", -3_000), ("Studio · Large", 6_000)]);

        // Back on the same day: what was paid with tax comes back with it, although the rate has changed.
        world.set_rate("VAT", rate("VAT", 2_500, "")).await;
        let ask = to(world.small);
        let back = world.preview(ask).await;
        assert_eq!(split(&back), (-3_000, 750 - 1_140, -3_390));
        assert_eq!(back.to_balance.minor, 3_390);
    }

    async fn a_rate_that_changed_since_it_was_shown_gives_a_fresh_preview(app: TestApp) {
        let mut world = World::new(app).await;
        world.add_rate(rate("VAT", 1_900, "")).await;
        let ask = to(world.large);
        let shown = world.preview(ask).await;
        let renewal = world.preview(json!({"action": "renew"})).await;
        let quote = world.quote().await;
        world.set_rate("VAT", rate("VAT", 2_000, "")).await;
        let refused = world.commit(&shown, json!({"paid_by": "cash"})).await;
        assert_eq!(refused.error(409), "quote_changed");
        let fresh: Value = refused.json();
        assert_eq!(fresh["preview"]["tax"]["minor"], 1_200);
        assert_eq!(world.commit(&renewal, json!({"paid_by": "cash"})).await.error(409), "quote_changed");
        let address = format!("/api/v1/customers/{}/subscriptions", world.customer);
        let mut form = json!({"items": [{"plan": world.large, "quantity": 1}], "digest": quote.quote.digest});
        let refused = world.staff.post(&address, form.clone()).await;
        assert_eq!(refused.error(409), "quote_changed");
        let fresh: Value = refused.json();
        assert_eq!(fresh["preview"]["tax_name"], "VAT 20\u{a0}%");
        form["digest"] = fresh["preview"]["quote"]["digest"].clone();
        world.staff.post(&address, form).await.done();
        let paid = world.payments().await.pop().unwrap().row;
        assert_eq!((paid.net.unwrap().minor, paid.tax.unwrap().minor), (6_000, 1_200));
    }
}
