//! Lists: what is asked for, one page of answers, and walking over all pages.

use crate::{StripeClient, StripeError, raw::Identified};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use std::marker::PhantomData;

/// What a list or search call asks for. Filters are Stripe's own parameter names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListQuery {
    pairs: Vec<(String, String)>,
}

impl ListQuery {
    /// Stripe's defaults: the ten newest.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a filter such as `("customer", "cus_1")`, `("created[gte]", "1700000000")`.
    pub fn filter(mut self, name: &str, value: impl ToString) -> Self {
        self.pairs.push((name.to_owned(), value.to_string()));
        self
    }

    /// At most this many per page (1 to 100).
    pub fn limit(self, limit: u32) -> Self {
        self.filter("limit", limit)
    }

    /// Only what comes after (is older than) this id.
    pub fn starting_after(self, id: &str) -> Self {
        self.filter("starting_after", id)
    }

    /// Only what comes before (is newer than) this id.
    pub fn ending_before(self, id: &str) -> Self {
        self.filter("ending_before", id)
    }

    /// Only what was created at or after this second.
    pub fn created_from(self, seconds: i64) -> Self {
        self.filter("created[gte]", seconds)
    }

    /// Expands a reference of each element: `latest_invoice` is sent as `data.latest_invoice`.
    pub fn expand(self, path: &str) -> Self {
        self.filter("expand[]", format!("data.{path}"))
    }

    /// Events of this type. Stripe takes at most 20 per call.
    pub fn event_type(self, name: &str) -> Self {
        self.filter("types[]", name)
    }

    pub(crate) fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    fn without(mut self, name: &str) -> Self {
        self.pairs.retain(|(key, _)| key != name);
        self
    }
}

/// One page of a list or of search results.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// The elements, newest first.
    pub data: Vec<T>,
    /// Whether more follow.
    pub has_more: bool,
    /// For search results: what to send as `page` to get the next ones.
    pub next_page: Option<String>,
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Page<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Answer {
            #[serde(default)]
            data: Vec<Value>,
            #[serde(default)]
            has_more: bool,
            #[serde(default)]
            next_page: Option<String>,
        }
        let answer = Answer::deserialize(deserializer)?;
        let data = answer.data.into_iter().map(T::deserialize).collect::<Result<_, _>>();
        Ok(Self {
            data: data.map_err(serde::de::Error::custom)?,
            has_more: answer.has_more,
            next_page: answer.next_page,
        })
    }
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self { data: Vec::new(), has_more: false, next_page: None }
    }
}

/// Types that Stripe can list, and where.
pub trait Listed: DeserializeOwned + Identified {
    /// Path of the list, such as `/v1/subscriptions`.
    const PATH: &'static str;
}

/// Walks over a list page by page, newest first. Made by [`StripeClient::pages`].
#[derive(Debug)]
pub struct Pages<T> {
    client: StripeClient,
    query: ListQuery,
    finished: bool,
    kind: PhantomData<fn() -> T>,
}

impl<T: Listed> Pages<T> {
    pub(crate) fn new(client: StripeClient, query: ListQuery) -> Self {
        Self { client, query, finished: false, kind: PhantomData }
    }

    /// The next page's elements; `None` after the last page. After an error the same page can be
    /// asked for again.
    pub async fn next(&mut self) -> Result<Option<Vec<T>>, StripeError> {
        if self.finished {
            return Ok(None);
        }
        let page: Page<T> = self.client.get(T::PATH, self.query.pairs()).await?;
        match page.data.last().filter(|_| page.has_more) {
            Some(last) => {
                let id = last.id().to_owned();
                self.query = std::mem::take(&mut self.query).without("starting_after").starting_after(&id);
            }
            None => self.finished = true,
        }
        Ok(Some(page.data).filter(|data| !data.is_empty() || !self.finished))
    }

    /// Everything that is left, gathered.
    pub async fn all(mut self) -> Result<Vec<T>, StripeError> {
        let mut gathered = Vec::new();
        while let Some(page) = self.next().await? {
            gathered.extend(page);
        }
        Ok(gathered)
    }
}
