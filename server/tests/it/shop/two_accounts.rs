use std::net::SocketAddr;

use axum::{
    Router,
    extract::{Request, State},
    response::Response,
};
use latchkey::{billing::endpoints, stripe_client};
use latchkey_shared::ids::StripeAccountId;
use latchkey_store::{entity::stripe_account, stripe_accounts};
use latchkey_stripe_fake::FakeStripe;
use sea_orm::ActiveValue::{NotSet, Set};
use tokio::{net::TcpListener, task::JoinHandle};
use tower::ServiceExt as _;

use super::Shop;

const OTHER_KEY: &str = "sk_test_other_0123456789";

/// A shop with a second Stripe account beside the first one. Both are reached at one address, as at Stripe: whose
/// account it is, only the key says.
pub struct Beside {
    pub shop: Shop,
    pub other: FakeStripe,
    /// The number of the second account here.
    pub account: i64,
    /// Path and secret of the second account's endpoint.
    pub endpoint: String,
    pub secret: String,
    door: JoinHandle<()>,
}

impl Drop for Beside {
    fn drop(&mut self) {
        self.door.abort();
    }
}

#[derive(Clone)]
struct Door {
    first: Router,
    other: Router,
}

async fn by_key(State(door): State<Door>, request: Request) -> Response {
    let key = request.headers().get("authorization").and_then(|key| key.to_str().ok()).unwrap_or_default();
    let router = if key.ends_with(OTHER_KEY) { door.other } else { door.first };
    router.oneshot(request).await.unwrap()
}

impl Beside {
    pub async fn open(postgres: bool) -> Option<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address: SocketAddr = listener.local_addr().unwrap();
        let base = format!("http://{address}");
        let mut shop = Shop::with_settings(postgres, |args| args.stripe_api_base = base).await?;
        let other = FakeStripe::new(shop.fake.clock());
        let door = Door {
            first: latchkey_stripe_fake::router(shop.fake.clone()),
            other: latchkey_stripe_fake::router(other.clone()),
        };
        let router = Router::new().fallback(by_key).with_state(door);
        let door = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        shop.connect().await;

        let app = &shop.app.state;
        let now = app.clock.now();
        let transaction = app.store.begin().await.unwrap();
        let row = stripe_account::ActiveModel {
            id: NotSet,
            stripe_id: Set("acct_other".to_owned()),
            name: Set("Other".to_owned()),
            live: Set(false),
            key_hint: Set("6789".to_owned()),
            restricted: Set(false),
            catalog_synced_at: Set(None),
            created_at: Set(now),
            updated_at: Set(now),
        };
        let account = stripe_accounts::insert(&transaction, row).await.unwrap();
        let name = stripe_client::key_secret(StripeAccountId(account.id));
        app.sealer.put(&transaction, &name, OTHER_KEY, now).await.unwrap();
        let endpoint = endpoints::fresh(app, &account, false);
        let endpoint = stripe_accounts::insert_endpoint(&transaction, endpoint).await.unwrap();
        let secret = "whsec_of_the_other_account".to_owned();
        endpoints::set_secret(app, &transaction, endpoint.id, &secret).await.unwrap();
        transaction.commit().await.unwrap();
        let endpoint = format!("/webhooks/stripe/{}", endpoint.slug);
        Some(Self { shop, other, account: account.id, endpoint, secret, door })
    }
}
