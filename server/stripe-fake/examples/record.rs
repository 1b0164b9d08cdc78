//! Lives through a whole story and writes every object the stand-in answered as JSON, one file each, below
//! the directory given as argument: `KIND/NAME.json`. The oracles in `end2end/oracles` read them.

use latchkey_stripe::{
    StripeClient, StripeOptions,
    params::{
        CreateCheckoutSession, CreatePortalSession, CreatePrice, CreateProduct, CreateRefund,
        CreateWebhookEndpoint, CustomerParams, ItemParams, LineItemParams, MeterEventParams,
        PortalConfigurationParams, PreviewDetails, PreviewInvoice, RecurringParams, SubscriptionData,
        UpdateSubscription,
    },
};
use latchkey_stripe_fake::{AfterDunning, FakeClock, FakeStripe, WebhookFate, serve};
use serde_json::{Value, json};
use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
};
use tokio::net::TcpListener;

type Done<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

const DAY: i64 = 86_400;
const KEY: &str = "sk_test_recording";

#[tokio::main]
async fn main() -> Done {
    let directory: PathBuf = std::env::args().nth(1).ok_or("name the directory to write to")?.into();
    let fake = FakeStripe::new(FakeClock::manual(1_790_000_000_000));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let base = format!("http://{}", listener.local_addr()?);
    let serving = tokio::spawn(serve(listener, fake.clone(), std::future::pending()));
    let mut options = StripeOptions::new(&base, KEY);
    options.requests_per_second = 1_000;
    let story = Story { client: StripeClient::new(options)?, base, fake, directory };
    story.live().await?;
    story.write_everything()?;
    serving.abort();
    Ok(())
}

struct Story {
    client: StripeClient,
    base: String,
    fake: FakeStripe,
    directory: PathBuf,
}

impl Story {
    async fn live(&self) -> Done {
        let (monthly, yearly) = self.catalogue().await?;
        let endpoint = CreateWebhookEndpoint::new("http://127.0.0.1:9/webhooks", &["*"]);
        self.client.create_webhook_endpoint(&endpoint, "endpoint").await?;
        let customer = self.customer().await?;
        let subscription = self.subscribe(&customer, &monthly).await?;
        self.change_plan(&subscription, &yearly).await?;
        self.portal(&customer).await?;
        self.money_back(&subscription).await?;
        self.pause_and_resume(&subscription).await?;
        self.trial(&yearly).await?;
        self.coupons(&monthly).await?;
        self.debit(&monthly).await?;
        self.dunning(&monthly).await?;
        self.the_rest(&customer).await
    }

    async fn catalogue(&self) -> Done<(String, String)> {
        let product = CreateProduct {
            name: "Editor".into(),
            metadata: [("skm_product_id".into(), "1".into())].into(),
            ..CreateProduct::default()
        };
        let product = self.client.create_product(&product, "product").await?;
        let price = |interval: &str, unit_amount| CreatePrice {
            product: product.id.clone(),
            currency: "eur".into(),
            unit_amount,
            recurring: Some(RecurringParams {
                interval: interval.into(),
                interval_count: None,
                trial_period_days: None,
            }),
            metadata: [("skm".into(), r#"{"F3":true,"MaxNoOfMachines":1}"#.into())].into(),
            ..CreatePrice::default()
        };
        let monthly = self.client.create_price(&price("month", 900), "monthly").await?;
        let yearly = self.client.create_price(&price("year", 9_000), "yearly").await?;
        let once = CreatePrice { recurring: None, ..price("month", 500) };
        self.client.create_price(&once, "once").await?;
        Ok((monthly.id.clone(), yearly.id.clone()))
    }

    async fn customer(&self) -> Done<String> {
        let params = CustomerParams {
            email: Some("ada@example.com".into()),
            name: Some("Ada".into()),
            preferred_locales: vec!["en".into()],
            metadata: [("skm_customer_id".into(), "42".into())].into(),
            ..CustomerParams::default()
        };
        Ok(self
            .client
            .create_customer(&params, &format!("customer {}", self.fake.objects("customer").len()))
            .await?
            .id
            .clone())
    }

    async fn session(
        &self,
        customer: &str,
        price: &str,
        change: impl FnOnce(&mut CreateCheckoutSession),
    ) -> Done<String> {
        let mut params = CreateCheckoutSession {
            mode: "subscription".into(),
            customer: Some(customer.into()),
            client_reference_id: Some("intent".into()),
            line_items: vec![LineItemParams { price: price.into(), quantity: Some(1) }],
            success_url: Some("http://127.0.0.1:8080/done?cs={CHECKOUT_SESSION_ID}".into()),
            cancel_url: Some("http://127.0.0.1:8080/plans".into()),
            subscription_data: Some(SubscriptionData {
                metadata: [("skm_temp_var".into(), "placeholder".into())].into(),
                ..SubscriptionData::default()
            }),
            ..CreateCheckoutSession::default()
        };
        change(&mut params);
        let key = format!("session {}", self.fake.objects("checkout.session").len());
        Ok(self.client.create_checkout_session(&params, &key).await?.id.clone())
    }

    async fn subscribe(&self, customer: &str, price: &str) -> Done<String> {
        let open = self.session(customer, price, |_| ()).await?;
        self.keep(
            "checkout.session",
            "open",
            &format!("/v1/checkout/sessions/{open}?expand[]=line_items&expand[]=customer"),
        )
        .await?;
        let closed = self.session(customer, price, |_| ()).await?;
        self.client.expire_checkout_session(&closed, None).await?;
        self.fake.complete_checkout(&open, "4242424242424242", WebhookFate::Prompt)?;
        self.keep(
            "checkout.session",
            "complete",
            &format!("/v1/checkout/sessions/{open}?expand[]=subscription&expand[]=invoice"),
        )
        .await?;
        let session = self.client.checkout_session(&open, &[]).await?;
        let id = session.subscription.as_ref().ok_or("no subscription")?.id().to_owned();
        let params = UpdateSubscription {
            metadata: [("skm_key_id".into(), "7".into()), ("skm_temp_var".into(), String::new())].into(),
            ..UpdateSubscription::default()
        };
        self.client.update_subscription(&id, &params, Some("meta")).await?;
        self.pass(33)?;
        Ok(id)
    }

    async fn change_plan(&self, id: &str, price: &str) -> Done {
        let subscription = self.client.subscription(id, &[]).await?;
        let item = subscription.items.data.first().ok_or("no item")?.id.clone();
        let items = vec![ItemParams { id: Some(item), price: Some(price.into()), ..ItemParams::default() }];
        for (name, quantity) in [("plan", None), ("quantity", Some(3))] {
            let mut items = items.clone();
            items[0].quantity = quantity;
            let details = PreviewDetails {
                items,
                proration_behavior: quantity.map(|_| "create_prorations".into()),
                ..PreviewDetails::default()
            };
            let params = PreviewInvoice {
                subscription: Some(id.into()),
                subscription_details: details,
                ..PreviewInvoice::default()
            };
            self.write(
                "invoice",
                &format!("preview {name}"),
                &self.client.preview_invoice(&params).await?.raw,
            )?;
        }
        let params = UpdateSubscription {
            items,
            proration_behavior: Some("always_invoice".into()),
            ..UpdateSubscription::default()
        };
        self.client.update_subscription(id, &params, Some("change")).await?;
        self.keep("subscription", "expanded", &format!("/v1/subscriptions/{id}?expand[]=latest_invoice.payments&expand[]=customer&expand[]=items.data.price.product")).await
    }

    async fn portal(&self, customer: &str) -> Done {
        let params = CreatePortalSession {
            customer: customer.into(),
            return_url: Some("http://127.0.0.1:8080/".into()),
            flow_data: Some(json!({"type": "payment_method_update"})),
            ..CreatePortalSession::default()
        };
        self.client.create_portal_session(&params).await?;
        let plain = CreatePortalSession { flow_data: None, ..params };
        self.client.create_portal_session(&plain).await?;
        let features =
            json!({"invoice_history": {"enabled": true}, "subscription_cancel": {"enabled": false}});
        let params = PortalConfigurationParams { features, ..PortalConfigurationParams::default() };
        self.client.create_portal_configuration(&params, "configuration").await?;
        Ok(())
    }

    async fn money_back(&self, _subscription: &str) -> Done {
        let charges = self.fake.objects("charge");
        let charge = charges.iter().find_map(|charge| charge["id"].as_str()).ok_or("no charge")?;
        let params =
            CreateRefund { charge: Some(charge.into()), amount: Some(100), ..CreateRefund::default() };
        let refund = self.client.create_refund(&params, "refund").await?;
        self.keep("refund", "made", &format!("/v1/refunds/{}", refund.id)).await?;
        self.fake.fail_refund(&refund.id, "lost_or_stolen_card")?;
        let dispute = self.fake.open_dispute(charge, "fraudulent")?;
        self.keep("dispute", "open", &format!("/v1/disputes/{dispute}")).await?;
        self.fake.close_dispute(&dispute, "won")?;
        Ok(())
    }

    async fn pause_and_resume(&self, id: &str) -> Done {
        self.client
            .pause_subscription(id, &latchkey_stripe::params::PauseSubscription::default(), None)
            .await?;
        self.keep("subscription", "paused", &format!("/v1/subscriptions/{id}")).await?;
        self.client
            .resume_subscription(id, &latchkey_stripe::params::ResumeSubscription::default(), None)
            .await?;
        let params = UpdateSubscription { cancel_at_period_end: Some(true), ..UpdateSubscription::default() };
        self.client.update_subscription(id, &params, None).await?;
        self.keep("subscription", "ending", &format!("/v1/subscriptions/{id}")).await?;
        self.client.cancel_subscription(id, &latchkey_stripe::params::CancelSubscription::default()).await?;
        Ok(())
    }

    async fn trial(&self, price: &str) -> Done {
        let customer = self.customer().await?;
        let session = self
            .session(&customer, price, |params| {
                params.payment_method_collection = Some("if_required".into());
                if let Some(data) = &mut params.subscription_data {
                    data.trial_period_days = Some(14);
                }
            })
            .await?;
        self.fake.complete_checkout(&session, "4242424242424242", WebhookFate::Lost)?;
        self.keep("customer", "expanded", &format!("/v1/customers/{customer}?expand[]=subscriptions"))
            .await?;
        self.pass(20)?;
        Ok(())
    }

    async fn coupons(&self, price: &str) -> Done {
        let coupon =
            self.post("/v1/coupons", "percent_off=25&duration=repeating&duration_in_months=3").await?;
        let coupon = coupon["id"].as_str().unwrap_or_default();
        self.post("/v1/coupons", "amount_off=200&currency=eur").await?;
        let body = format!("promotion[type]=coupon&promotion[coupon]={coupon}&code=SPRING");
        let code = self.post("/v1/promotion_codes", &body).await?;
        let customer = self.customer().await?;
        let session = self
            .session(&customer, price, |params| {
                params.discounts = vec![latchkey_stripe::params::DiscountParams {
                    promotion_code: code["id"].as_str().map(str::to_owned),
                    coupon: None,
                }];
            })
            .await?;
        self.fake.complete_checkout(&session, "4000002500003155", WebhookFate::Delayed)?;
        Ok(())
    }

    async fn debit(&self, price: &str) -> Done {
        let customer = self.customer().await?;
        for account in ["DE89370400440532013000", "DE62370400440532013001"] {
            let session = self.session(&customer, price, |_| ()).await?;
            self.fake.complete_checkout(&session, account, WebhookFate::Prompt)?;
            self.keep("checkout.session", account, &format!("/v1/checkout/sessions/{session}")).await?;
        }
        self.pass(1)
    }

    async fn dunning(&self, price: &str) -> Done {
        self.fake.set_after_dunning(AfterDunning::MarkUnpaid);
        let customer = self.customer().await?;
        let session = self.session(&customer, price, |_| ()).await?;
        self.fake.complete_checkout(&session, "4000000000000341", WebhookFate::Prompt)?;
        self.pass(32)?;
        let pay = self.fake.objects("invoice");
        let open = pay.iter().find(|invoice| invoice["status"] == "open").ok_or("no open invoice")?;
        self.keep(
            "invoice",
            "open",
            &format!("/v1/invoices/{}?expand[]=payments", open["id"].as_str().unwrap_or_default()),
        )
        .await?;
        self.pass(40)?;
        Ok(())
    }

    async fn the_rest(&self, customer: &str) -> Done {
        let meter = MeterEventParams {
            event_name: "exports".into(),
            payload: [("stripe_customer_id".into(), customer.into()), ("value".into(), "3".into())].into(),
            ..MeterEventParams::default()
        };
        self.client.create_meter_event(&meter, "meter").await?;
        self.post("/v1/test_helpers/test_clocks", "frozen_time=1790000000&name=clock").await?;
        let gone = self.customer().await?;
        self.client.delete_customer(&gone).await?;
        self.keep("deleted customer", "stub", &format!("/v1/customers/{gone}")).await?;
        for kind in
            ["customers", "subscriptions?status=all", "invoices", "events?limit=100", "prices", "products"]
        {
            let name = kind.split('?').next().unwrap_or(kind);
            self.keep("list", name, &format!("/v1/{kind}")).await?;
        }
        Ok(())
    }

    /// Lets days pass. Events are forgotten after thirty, so they are written down before.
    fn pass(&self, days: i64) -> Done {
        for _ in 0..days {
            self.fake.advance(DAY);
            self.write_events()?;
        }
        Ok(())
    }

    fn write_events(&self) -> Done {
        for event in self.fake.objects("event") {
            self.write("event", event["id"].as_str().unwrap_or_default(), &event)?;
        }
        Ok(())
    }

    async fn post(&self, path: &str, body: &str) -> Done<Value> {
        let request = reqwest::Client::new().post(format!("{}{path}", self.base)).bearer_auth(KEY);
        let answer =
            request.header("Content-Type", "application/x-www-form-urlencoded").body(body.to_owned());
        Ok(answer.send().await?.error_for_status()?.json().await?)
    }

    /// Fetches an object and writes it down as it is at this point of the story.
    async fn keep(&self, kind: &str, name: &str, path: &str) -> Done {
        let request = reqwest::Client::new().get(format!("{}{path}", self.base)).bearer_auth(KEY);
        let object: Value = request.send().await?.error_for_status()?.json().await?;
        self.write(kind, name, &object)
    }

    /// Writes every object down as it is at the end.
    fn write_everything(&self) -> Done {
        self.write_events()?;
        for kind in [
            "account",
            "billing_portal.configuration",
            "billing_portal.session",
            "charge",
            "checkout.session",
            "coupon",
            "customer",
            "discount",
            "dispute",
            "invoice",
            "invoice_payment",
            "payment_intent",
            "payment_method",
            "price",
            "product",
            "promotion_code",
            "refund",
            "subscription",
            "test_helpers.test_clock",
            "webhook_endpoint",
        ] {
            let objects = self.fake.objects(kind);
            if objects.is_empty() {
                return Err(format!("the story has no {kind}").into());
            }
            for (index, object) in objects.iter().enumerate() {
                self.write(kind, &index.to_string(), object)?;
            }
        }
        Ok(())
    }

    fn write(&self, kind: &str, name: &str, object: &Value) -> Done {
        let folder = Path::new(&self.directory).join(kind);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(format!("{name}.json")), serde_json::to_string_pretty(object)?)?;
        Ok(())
    }
}
