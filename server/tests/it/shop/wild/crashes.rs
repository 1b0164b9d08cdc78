//! Work that was begun and not finished.

use latchkey::billing::{
    reconcile::{self, Sweep},
    work, worker,
};
use latchkey_store::{
    entity::{job, subscription_key, sync_job},
    sync_jobs,
};
use latchkey_stripe_fake::{ApiFault, FaultKind, WebhookFate};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use crate::shop::{Shop, in_both_shops};

in_both_shops! {
    /// 3: marked as worked off although the work had failed.
    async fn an_event_whose_work_failed_is_not_done(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let started = shop.start(&mut ann, &shop.monthly.clone()).await;
        let fault = ApiFault { kind: FaultKind::ServerError, call: "GET /v1/subscriptions/".to_owned(), times: 8 };
        shop.fake.chaos(|chaos| chaos.api = [fault].into());
        shop.pay(&started, WebhookFate::Prompt);
        shop.fake.deliveries_settled().await;
        worker::hand_over(&shop.app.state).await.unwrap();
        while work::run_next(&shop.app.state).await.unwrap() {}
        assert_eq!(shop.keys().await.len(), 0);
        let waiting: Vec<_> = shop.events().await.into_iter().filter(|event| event.status == "pending").collect();
        assert!(!waiting.is_empty());
        assert!(waiting.iter().any(|event| event.last_error.is_some()), "and says why: {waiting:#?}");
        shop.fake.advance(60);
        shop.settle().await;
        assert_eq!(shop.keys().await.len(), 1, "without anything being delivered again");
        assert!(shop.events().await.iter().all(|event| event.status == "done" || event.status == "ignored"));
    }

    /// 4: a mark that says "being worked on", left by somebody who died.
    async fn what_a_dead_worker_held_is_taken_over_within_half_a_minute(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let started = shop.start(&mut ann, &shop.monthly.clone()).await;
        shop.pay(&started, WebhookFate::Prompt);
        shop.fake.deliveries_settled().await;
        worker::hand_over(&shop.app.state).await.unwrap();
        let now = shop.app.state.clock.now();
        let transaction = shop.app.state.store.begin().await.unwrap();
        let lease = latchkey::jobs::lease::LEASE;
        while sync_jobs::claim(&transaction, now, now + lease).await.unwrap().is_some() {}
        transaction.commit().await.unwrap();
        shop.settle().await;
        assert_eq!(shop.keys().await.len(), 0);
        shop.fake.advance(31);
        shop.settle().await;
        assert_eq!((shop.keys().await.len(), shop.key_mails().await), (1, 1));
    }

    /// 5: 2xx was answered, and then Stripe said 429 to the work.
    async fn taken_and_then_rate_limited_is_still_done(mut shop: Shop) {
        let mut ann = shop.buyer("Ann").await;
        let started = shop.start(&mut ann, &shop.monthly.clone()).await;
        let fault = ApiFault { kind: FaultKind::RateLimit, call: String::new(), times: 5 };
        shop.fake.chaos(|chaos| chaos.api = [fault].into());
        shop.pay(&started, WebhookFate::Prompt);
        for _ in 0..4 {
            shop.settle().await;
            shop.fake.advance(30);
        }
        assert_eq!((shop.keys().await.len(), shop.key_mails().await), (1, 1));
        assert!(shop.stripe_subscription()["metadata"]["skm_key_id"].is_string());
    }

    /// 5, the other half: it was done, and Stripe says 500, and says so again for a day to whoever asks in the same
    /// words.
    async fn a_failure_that_stripe_keeps_repeating_is_not_believed(mut shop: Shop) {
        let repeated = |call: &str| ApiFault {
            kind: FaultKind::ServerErrorAfterCommit,
            call: call.to_owned(),
            times: 1,
        };
        let mut ann = shop.buyer("Ann").await;
        shop.fake.chaos(|chaos| chaos.api = [repeated("POST /v1/customers")].into());
        let started = shop.start(&mut ann, &shop.monthly.clone()).await;
        assert_eq!(shop.fake.objects("customer").len(), 1, "found again by what it carries");
        shop.fake.chaos(|chaos| chaos.api = [repeated("POST /v1/subscriptions/")].into());
        shop.pay(&started, WebhookFate::Prompt);
        for _ in 0..14 {
            shop.settle().await;
            shop.fake.advance(3_600);
        }
        assert!(shop.stripe_subscription()["metadata"]["skm_key_id"].is_string());
        assert_eq!(shop.attention().await, [], "nobody is asked about what was done");
        let told = subscription_key::Entity::find().one(shop.app.state.store.read()).await.unwrap().unwrap();
        assert!(told.written_back_at.is_some());
        let failing = job::Entity::find().filter(job::Column::Status.ne("done")).all(shop.app.state.store.read()).await.unwrap();
        assert!(failing.is_empty(), "{failing:#?}");
    }

    /// 22: a list too long for one run, and Stripe away in the middle of it.
    async fn a_sweep_that_was_broken_off_goes_on_where_it_was(shop: Shop) {
        for index in 0..130 {
            let name = format!("Customer {index}");
            let customer = shop.fake.seed_customer(&latchkey_stripe_fake::SeedCustomer { name: &name, email: "x@x.test", ..Default::default() });
            let foreign = shop.monthly.clone();
            shop.fake.seed_subscription(&latchkey_stripe_fake::SeedSubscription {
                customer: &customer, items: &[(&foreign, 1)], ..Default::default()
            });
        }
        // The list's second page cannot be had, as often as it is asked for.
        let fault = |times| ApiFault { kind: FaultKind::ServerError, call: "GET /v1/subscriptions".to_owned(), times };
        let seen = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        let (fake, first) = (shop.fake.clone(), seen.clone());
        let told: reconcile::run::Told = std::sync::Arc::new(move |_| {
            if !first.swap(true, std::sync::atomic::Ordering::Relaxed) {
                fake.chaos(|chaos| chaos.api = [fault(4)].into());
            }
        });
        let run = |told| reconcile::run_with(&shop.app.state, Sweep::Full, reconcile::Cause::Command, reconcile::Ages::Respect, told);
        let failed = run(told).await.unwrap_err();
        assert!(failed.to_string().contains("Stripe"), "{failed}");
        let runs = reconcile::runs(&shop.app.state).await.unwrap().runs;
        assert_eq!((runs[0].looked_at, runs[0].state), (100, latchkey_shared::reconcile::SweepState::Failed));

        // It goes on behind the first page.
        let ended = run(reconcile::run::nobody()).await.unwrap().unwrap();
        assert_eq!((ended.id, ended.looked_at, ended.found), (runs[0].id, 130, 130));
        assert_eq!(ended.words, "Compared 130 subscriptions with Stripe: 130 differ and are fetched.");
        let wanted = sync_job::Entity::find().all(shop.app.state.store.read()).await.unwrap();
        assert_eq!(wanted.iter().filter(|job| job.kind == "subscription").count(), 130);
    }
}
