//! The sweeps: by schedule, by button, by command; one at a time, and what they did is kept.

use std::{process::Stdio, time::Duration};

use latchkey::billing::reconcile::{self, Ages, Cause, Sweep, run};
use latchkey_shared::{
    api::reconcile::{SweepRun, SweepRuns},
    reconcile::{SweepCause, SweepKind, SweepState},
};
use latchkey_store::{entity::subscription, locks};
use latchkey_stripe_fake::WebhookFate;
use sea_orm::EntityTrait as _;
use serde_json::json;
use tokio::process::Command;

use super::{Shop, in_both_shops, world::KEY};

/// `latchkey reconcile` beside the shop: exit code, what it said, and what it complained of.
async fn command(shop: &Shop, flags: &[&str]) -> (i32, String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_latchkey"))
        .arg("reconcile")
        .args(["--database", &shop.app.database.database])
        .arg("--secret-key-file")
        .arg(&shop.app.database.secret_key_file)
        .args(["--stripe-api-base", &shop.app.state.config.stripe_api_base])
        .args(flags)
        .env_remove("RUST_LOG")
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (out.status.code().unwrap(), text(&out.stdout), text(&out.stderr))
}

async fn runs(shop: &mut Shop) -> Vec<SweepRun> {
    shop.staff.get("/api/v1/stripe/reconcile").await.ok::<SweepRuns>().runs
}

in_both_shops! {
    async fn the_command_puts_everything_right_and_says_what_it_did(mut shop: Shop) {
        let (mut ann, mut bob) = (shop.buyer("Ann").await, shop.buyer("Bob").await);
        for buyer in [&mut ann, &mut bob] {
            let started = shop.start(buyer, &shop.monthly.clone()).await;
            shop.pay(&started, WebhookFate::Lost);
        }
        // A moment after paying nothing has waited for long; --now looks all the same.
        let (code, said, complaints) = command(&shop, &["--now"]).await;
        assert_eq!(code, 0, "{said}{complaints}");
        assert!(said.contains("Compared 2 subscriptions with Stripe: 2 differ and are fetched."), "{said}");
        assert!(said.contains("2 licence keys issued, the numbers of 2 keys told to Stripe."), "{said}");
        assert!(said.contains("Nothing waits for a person."), "{said}");
        assert_eq!(shop.keys().await.len(), 2);
        assert!(shop.fake.objects("subscription").iter().all(|told| told["metadata"].get("skm_temp_var").is_none()));
        let kept = runs(&mut shop).await;
        let full = kept.iter().find(|run| run.sweep == SweepKind::Full).unwrap();
        assert_eq!((full.cause, full.state, full.looked_at, full.found), (SweepCause::Command, SweepState::Done, 2, 2));

        let (code, said, _) = command(&shop, &[]).await;
        assert_eq!(code, 0);
        assert!(said.contains("Compared 2 subscriptions with Stripe: nothing differs."), "{said}");
        assert!(said.contains("0 licence keys issued"), "{said}");
    }

    async fn the_command_fails_in_one_sentence(mut shop: Shop) {
        let (code, _, complaints) = command(&shop, &["--sideways"]).await;
        assert_eq!(code, 2, "{complaints}");
        shop.staff.delete("/api/v1/stripe/account").await;
        let (code, said, complaints) = command(&shop, &[]).await;
        assert_eq!((code, said.as_str()), (1, ""));
        assert_eq!(complaints.trim(), "latchkey: Stripe is not connected yet. Connect it on the Stripe page.");
    }

    async fn one_at_a_time_whoever_asks(mut shop: Shop) {
        let state = shop.app.state.clone();
        let now = state.clock.now();
        let transaction = state.store.begin().await.unwrap();
        assert!(locks::take(&transaction, "sweep/full", "another process", now, now + 60_000).await.unwrap());
        transaction.commit().await.unwrap();
        assert_eq!(shop.staff.post("/api/v1/stripe/reconcile", json!({})).await.error(409), "already_reconciling");
        let ran = reconcile::run_with(&state, Sweep::Full, Cause::Command, Ages::Ignore, run::nobody()).await.unwrap();
        assert!(ran.is_none());
        shop.fake.advance(61);
        let answer = shop.staff.post("/api/v1/stripe/reconcile", json!({})).await;
        assert_eq!(answer.status.as_u16(), 202, "whoever died is not waited for: {}", answer.text);
        let begun = answer.ok::<SweepRuns>().runs;
        assert_eq!((begun[0].sweep, begun[0].cause), (SweepKind::Full, SweepCause::Button));
        for _ in 0..200 {
            let kept = runs(&mut shop).await;
            if kept.len() == 5 && kept.iter().all(|run| run.state == SweepState::Done) {
                assert!(kept.iter().all(|run| !run.words.is_empty() && run.finished.is_some()));
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{:#?}", runs(&mut shop).await);
    }

    async fn the_schedule_runs_each_sweep_in_its_time(mut shop: Shop) {
        let state = shop.app.state.clone();
        let all = || async {
            for &sweep in Sweep::ALL {
                reconcile::run_if_due(&state, sweep, Cause::Schedule).await.unwrap();
            }
        };
        all().await;
        assert_eq!(runs(&mut shop).await.len(), 6, "everything once");
        all().await;
        assert_eq!(runs(&mut shop).await.len(), 6, "and not again at once");
        reconcile::run_if_due(&state, Sweep::MissedEvents, Cause::Start).await.unwrap();
        assert_eq!(runs(&mut shop).await.len(), 6, "not even for a process that starts a second later");
        shop.fake.advance(120);
        reconcile::run_if_due(&state, Sweep::MissedEvents, Cause::Start).await.unwrap();
        reconcile::run_if_due(&state, Sweep::Full, Cause::Start).await.unwrap();
        let kept = runs(&mut shop).await;
        assert_eq!((kept.len(), kept[0].sweep, kept[0].cause), (7, SweepKind::MissedEvents, SweepCause::Start));
        shop.fake.advance(300);
        all().await;
        assert_eq!(runs(&mut shop).await[0].sweep, SweepKind::Local);
        shop.fake.advance(86_400);
        all().await;
        assert_eq!(runs(&mut shop).await.iter().filter(|run| run.sweep == SweepKind::Full).count(), 2);
    }

    async fn what_stripes_list_no_longer_names_is_asked_for(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        shop.sell(&mut ann, &shop.monthly.clone()).await;
        let customer = shop.fake.objects("customer")[0]["id"].as_str().unwrap().to_owned();
        let url = format!("{}/v1/customers/{customer}", shop.app.state.config.stripe_api_base);
        shop.fake.chaos(|chaos| chaos.webhooks.drop_next = u32::MAX);
        reqwest::Client::new().delete(url).bearer_auth(KEY).send().await.unwrap().error_for_status().unwrap();
        shop.fake.advance(60);
        shop.settle().await;
        let row = subscription::Entity::find().one(shop.app.state.store.read()).await.unwrap().unwrap();
        assert_eq!(row.ended_at, None, "nobody told");
        reconcile::run_now(&shop.app.state, Sweep::Full).await.unwrap();
        shop.settle().await;
        let row = subscription::Entity::find().one(shop.app.state.store.read()).await.unwrap().unwrap();
        assert!(row.ended_at.is_some());
        assert!(shop.keys().await[0].blocked);
    }
}
