//! Many at once on one key: exactly as many machines as it allows.

use super::{Program, Vendor};
use crate::on_both_databases;

const AT_ONCE: usize = 24;

async fn rush(program: &Program, parameters: &[(&str, &str)]) -> (usize, usize) {
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..AT_ONCE {
        let mut program = program.clone();
        let owned: Vec<(String, String)> =
            parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        tasks.spawn(async move {
            let machine = format!("machine-{number}");
            let mut all: Vec<(&str, &str)> =
                owned.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            all.push(("MachineCode", &machine));
            let answer = program.call("key/Activate", &all).await;
            assert!(answer.status.as_u16() < 500, "{}", answer.text);
            answer.json()["result"] == 0
        });
    }
    let done = tasks.join_all().await;
    let succeeded = done.iter().filter(|done| **done).count();
    (succeeded, done.len() - succeeded)
}

on_both_databases! {
    async fn exactly_the_limit_succeeds(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        let key = vendor.key(7).await;
        vendor.program.activate(&key, "already there").await;
        let product = vendor.product.to_string();
        let parameters = [("ProductId", product.as_str()), ("Key", key.row.key.as_str()), ("SignMethod", "1")];
        assert_eq!(rush(&vendor.program, &parameters).await, (6, AT_ONCE - 6));

        let floating = vendor.key(5).await;
        let parameters = [
            ("ProductId", product.as_str()), ("Key", floating.row.key.as_str()), ("SignMethod", "1"),
            ("FloatingTimeInterval", "300"), ("MaxOverdraft", "3"),
        ];
        assert_eq!(rush(&vendor.program, &parameters).await, (8, AT_ONCE - 8));
    }
}
