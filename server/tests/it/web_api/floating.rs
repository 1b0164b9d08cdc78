//! Floating seats: leases, the overdraft, and what others see of them.

use super::{Program, Vendor, licence, machines};
use crate::{on_both_databases, util::TestApp};
use latchkey_shared::api::keys::LicenceKey;
use serde_json::Value;

const LIMIT: &str = "Cannot activate the new device as the limit has been reached.";

struct Seats {
    product: String,
    program: Program,
    key: LicenceKey,
}

impl Seats {
    fn parameters<'a>(&'a self, machine: &'a str, overdraft: &'a str) -> Vec<(&'a str, &'a str)> {
        vec![
            ("ProductId", &self.product),
            ("Key", &self.key.row.key),
            ("MachineCode", machine),
            ("SignMethod", "1"),
            ("ModelVersion", "3"),
            ("FloatingTimeInterval", "300"),
            ("MaxOverdraft", overdraft),
            ("Metadata", "True"),
        ]
    }

    async fn take(&mut self, machine: &str, overdraft: &str) -> Value {
        let answer = self.program.clone().call("key/Activate", &self.parameters(machine, overdraft)).await;
        Program::worked(&answer)
    }

    async fn refused(&mut self, machine: &str, overdraft: &str) -> String {
        self.program.clone().fails("key/Activate", &self.parameters(machine, overdraft)).await.1
    }
}

async fn seats(app: &TestApp, limit: i64) -> Seats {
    let mut vendor = Vendor::new(app).await;
    let key = vendor.key(limit).await;
    Seats { product: vendor.product.to_string(), program: vendor.program.clone(), key }
}

on_both_databases! {
    async fn two_seats_and_one_beyond(app: TestApp) {
        let mut seats = seats(&app, 2).await;
        assert_eq!(machines(&seats.take("a", "1").await), ["floating:a"]);
        let second = seats.take("b", "1").await;
        assert_eq!(machines(&second), ["floating:b"], "nobody sees who else holds a seat");
        assert_eq!(second["metadata"]["usedFloatingMachines"], 2);
        assert_eq!(seats.refused("c", "0").await, LIMIT);
        assert_eq!(machines(&seats.take("c", "1").await), ["floating:overdraft:c"]);
        assert_eq!(seats.refused("d", "1").await, LIMIT);
        let ends = licence(&seats.take("a", "1").await)["ActivatedMachines"][0]["FloatingExpires"].as_i64().unwrap();
        assert!((ends - app.state.clock.now() / 1_000 - 300).abs() <= 2);
    }

    async fn a_seat_is_free_when_its_lease_is_over_and_kept_when_renewed(app: TestApp) {
        let mut seats = seats(&app, 1).await;
        seats.take("a", "0").await;
        app.state.clock.advance(200_000);
        seats.take("a", "0").await;
        app.state.clock.advance(200_000);
        assert_eq!(seats.refused("b", "0").await, LIMIT, "renewed 200 seconds ago");
        app.state.clock.advance(101_000);
        assert_eq!(machines(&seats.take("b", "0").await), ["floating:b"]);
        assert_eq!(seats.refused("a", "0").await, LIMIT);
    }

    async fn a_seat_is_given_back_and_locks_are_counted_by_themselves(app: TestApp) {
        let mut seats = seats(&app, 1).await;
        seats.take("a", "0").await;
        seats.program.activate(&seats.key.clone(), "locked").await;
        let with = |floating| vec![("ProductId", seats.product.as_str()), ("Key", seats.key.row.key.as_str()), ("MachineCode", "a"), ("Floating", floating)];
        let mut program = seats.program.clone();
        assert!(program.fails("key/Deactivate", &with("False")).await.1.starts_with("Either the machine code"));
        program.does("key/Deactivate", &with("True")).await;
        seats.take("b", "0").await;
        let read = [("ProductId", seats.product.as_str()), ("Key", seats.key.row.key.as_str()), ("SignMethod", "1")];
        let mut all = machines(&program.does("key/GetKey", &read).await);
        all.sort();
        assert_eq!(all, ["floating:b", "locked"]);
    }
}
