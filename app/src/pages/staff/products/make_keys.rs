//! Making many keys, some at a time, so that it can be seen and stopped.

use latchkey_shared::{
    api::{
        catalog::Product,
        key_bulk::{AddKeys, MadeKey},
        keys::AddKey,
    },
    csv,
    ids::ProductId,
    text::{bulk, key_bulk as text},
};
use leptos::{prelude::*, task::spawn_local};

use super::page::address;
use crate::{
    api::{encoded, products},
    components::{Banner, Button, ButtonLink, ButtonRow, Card, DownloadLink, Look, ProgressBar, Tone},
};

/// Keys of one request.
const AT_ONCE: i64 = 100;
/// Keys that are shown; the file has all.
const SHOWN: usize = 12;

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Made {
    keys: Vec<MadeKey>,
    /// What was not reached.
    missing: u64,
    problem: Option<String>,
}

/// How far it is. A copyable handle.
#[derive(Clone, Copy)]
pub struct Making {
    running: RwSignal<bool>,
    done: RwSignal<u64>,
    of: RwSignal<Option<u64>>,
    stopped: RwSignal<bool>,
    made: RwSignal<Option<Made>>,
}

impl Making {
    pub fn new() -> Self {
        Self {
            running: RwSignal::new(false),
            done: RwSignal::new(0),
            of: RwSignal::new(None),
            stopped: RwSignal::new(false),
            made: RwSignal::new(None),
        }
    }

    /// Whether the form has done its part. Tracked.
    pub fn begun(self) -> bool {
        self.running.get() || self.made.with(Option::is_some)
    }

    /// Makes `count` keys of a product like `key`.
    pub fn start(self, product: ProductId, key: AddKey, count: i64) {
        self.stopped.set(false);
        self.done.set(0);
        self.of.set(u64::try_from(count).ok());
        self.running.set(true);
        spawn_local(async move {
            let made = self.work(product, key, count).await;
            if self.running.try_set(false).is_none() {
                self.made.set(Some(made));
            }
        });
    }

    async fn work(self, product: ProductId, key: AddKey, count: i64) -> Made {
        let mut made = Made::default();
        let mut left = count;
        while left > 0 && !self.stopped.try_get_untracked().unwrap_or(true) {
            let form = AddKeys { count: left.min(AT_ONCE), key: key.clone() };
            match products::add_keys(product, &form).send().await {
                Ok(answer) => made.keys.extend(answer.keys),
                Err(problem) => {
                    made.problem = Some(problem.sentence());
                    break;
                }
            }
            left -= form.count;
            self.done.try_set(u64::try_from(count - left).unwrap_or_default());
        }
        made.missing = u64::try_from(left).unwrap_or_default();
        made
    }
}

/// The progress, then the keys; `customer` is whose they are, as the file says it.
#[component]
pub fn MakingKeys(making: Making, product: Product, customer: Signal<String>) -> impl IntoView {
    let product = StoredValue::new(product);
    let body = move || {
        if let Some(made) = making.made.get() {
            return product.with_value(|product| result(making, product, &customer.get_untracked(), &made));
        }
        view! {
            <ProgressBar label=text::MAKING done=making.done of=making.of />
            <ButtonRow>
                <Button on_press=move || making.stopped.set(true)>{bulk::STOP}</Button>
            </ButtonRow>
        }
        .into_any()
    };
    view! { <Card>{body}</Card> }
}

fn result(making: Making, product: &Product, customer: &str, made: &Made) -> AnyView {
    let problem =
        made.problem.clone().map(|problem| view! { <Banner tone=Tone::Bad title=problem alert=true /> });
    let missing = (made.missing > 0).then(|| view! { <p>{text::not_made(made.missing)}</p> });
    let file = (!made.keys.is_empty()).then(|| {
        let href =
            ["data:text/csv;charset=utf-8,", &encoded(&as_csv(product, customer, &made.keys))].concat();
        let list = [&address(product.id), "/keys?filter=", &encoded(&these(&made.keys))].concat();
        view! {
            <DownloadLink href name="licence-keys.csv">
                {text::MADE_CSV}
            </DownloadLink>
            <ButtonLink href=list>{text::MADE_SHOW}</ButtonLink>
        }
    });
    let shown = |key: &MadeKey| {
        let href = ["/Keys/", &key.global_id.to_string()].concat();
        view! {
            <li>
                <a href=href>
                    <code>{key.key.clone()}</code>
                </a>
            </li>
        }
    };
    let more = made.keys.len().saturating_sub(SHOWN);
    view! {
        <div class="stack">
            {problem}
            <p role="status">
                <strong>{text::created(made.keys.len())}</strong>
            </p>
            {missing}
            <ul class="made-keys" aria-label=text::MADE_FIRST>
                {made.keys.iter().take(SHOWN).map(shown).collect_view()}
                {(more > 0).then(|| view! { <li class="muted">{bulk::and_more(more)}</li> })}
            </ul>
            <ButtonRow>
                {file}
                <Button look=Look::Quiet on_press=move || making.made.set(None)>
                    {text::MADE_MORE}
                </Button>
            </ButtonRow>
        </div>
    }
    .into_any()
}

/// A filter that finds them on the product's page, where they are numbered one after the other.
fn these(keys: &[MadeKey]) -> String {
    let ids = || keys.iter().map(|key| key.id);
    let (first, last) = (ids().min().unwrap_or_default(), ids().max().unwrap_or_default());
    ["Id >= ", &first.to_string(), " and Id <= ", &last.to_string()].concat()
}

fn as_csv(product: &Product, customer: &str, keys: &[MadeKey]) -> String {
    let mut file =
        csv::line(["product", "product_name", "id", "global_id", "key", "customer_name", "expires"]);
    for key in keys {
        file.push_str(&csv::line([
            product.id.to_string(),
            product.name.clone(),
            key.id.to_string(),
            key.global_id.to_string(),
            key.key.clone(),
            customer.to_owned(),
            key.expires.map(|at| at.to_string()).unwrap_or_default(),
        ]));
    }
    file
}
