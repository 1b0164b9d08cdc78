//! Messages by channel.

use serde_json::{Value, json};

use super::Vendor;
use crate::on_both_databases;

on_both_databases! {
    async fn messages_of_a_channel_after_a_time_the_newest_first(app: TestApp) {
        let mut vendor = Vendor::new(&app).await;
        vendor.program.does("message/CreateMessage", &[("Channel", "stable"), ("Content", "one"), ("Time", "1000")]).await;
        let id = vendor.program.does("message/CreateMessage", &[("Channel", "stable"), ("Content", "two"), ("Time", "0")]).await["messageId"].to_string();
        vendor.program.does("message/CreateMessage", &[("Channel", "beta"), ("Content", "three")]).await;
        let contents = |answer: &Value| -> Vec<String> {
            answer["messages"].as_array().unwrap().iter().map(|it| it["content"].as_str().unwrap().to_owned()).collect()
        };
        let stable = vendor.program.does("message/getmessages/", &[("Channel", "stable"), ("Time", "0")]).await;
        assert_eq!(contents(&stable), ["two", "one"]);
        assert_eq!((&stable["messages"][1]["created"], &stable["messages"][1]["channel"]), (&json!(1000), &json!("stable")));
        for (time, expected) in [("999", vec!["two", "one"]), ("1000", vec!["two"])] {
            assert_eq!(contents(&vendor.program.does("message/GetMessages", &[("Channel", "stable"), ("Time", time)]).await), expected);
        }
        assert_eq!(contents(&vendor.program.does("message/GetMessages", &[]).await).len(), 3);
        let bad = vendor.program.fails("message/GetMessages", &[("Time", "yesterday")]).await;
        assert_eq!(bad.1, "The timestamp in the Time parameter does not have the correct format.");
        vendor.program.does("message/RemoveMessage", &[("Id", &id)]).await;
        vendor.program.fails("message/RemoveMessage", &[("Id", &id)]).await;
        assert_eq!(contents(&vendor.program.does("message/GetMessages", &[("Channel", "stable")]).await), ["one"]);
    }
}
