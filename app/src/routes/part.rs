//! The app comes in parts: the main one, and one for each group of pages, downloaded when one of them is first opened.

use futures::FutureExt as _;
use leptos::{prelude::*, task::spawn_local};

use super::{
    access::{self, AccessPage},
    customer::{self, CustomerPage},
    customers::{self, CustomersPage},
    developers::{self, DevelopersPage},
    goods::{self, GoodsPage},
    office::{self, OfficePage},
    portal::{self, PortalPage},
    reference::{self, ReferencePage},
};

/// A page of the app, by the part that it comes with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    Access(AccessPage),
    Portal(PortalPage),
    Customers(CustomersPage),
    Customer(CustomerPage),
    Goods(GoodsPage),
    Office(OfficePage),
    Developers(DevelopersPage),
    Reference(ReferencePage),
}

/// How far a page's part has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    OnItsWay,
    Here,
    /// Not downloaded: no connection, or the server has a newer version by now.
    Failed,
}

impl Page {
    /// Downloads the page's part, unless it is there already; again after a failure. Followed by what is returned.
    pub fn fetch(self) -> RwSignal<Arrival> {
        let arrival = RwSignal::new(Arrival::OnItsWay);
        self.fetch_into(arrival);
        arrival
    }

    /// [`Self::fetch`] once more, after it has failed.
    pub fn fetch_into(self, arrival: RwSignal<Arrival>) {
        let mut fetching = Box::pin(self.part());
        if let Some(there) = fetching.as_mut().now_or_never() {
            arrival.set(there);
            return;
        }
        arrival.set(Arrival::OnItsWay);
        spawn_local(async move {
            // The page may have been left meanwhile, and its signal with it.
            arrival.try_set(fetching.await);
        });
    }

    /// Begins to download the page's part, for [`Self::fetch`] to find it on its way or there.
    pub fn begin(self) {
        spawn_local(async move {
            self.part().await;
        });
    }

    async fn part(self) -> Arrival {
        let fetched = match self {
            Self::Access(_) => access::fetch().await,
            Self::Portal(_) => portal::fetch().await,
            Self::Customers(_) => customers::fetch().await,
            Self::Customer(_) => customer::fetch().await,
            Self::Goods(_) => goods::fetch().await,
            Self::Office(_) => office::fetch().await,
            Self::Developers(_) => developers::fetch().await,
            Self::Reference(_) => reference::fetch().await,
        };
        if fetched.is_ok() { Arrival::Here } else { Arrival::Failed }
    }

    /// Draws the page, now, in the place that asks for it. Draws nothing before its part is here.
    pub fn draw(self) -> Option<AnyView> {
        let drawn = match self {
            Self::Access(page) => access::draw(page).now_or_never(),
            Self::Portal(page) => portal::draw(page).now_or_never(),
            Self::Customers(page) => customers::draw(page).now_or_never(),
            Self::Customer(page) => customer::draw(page).now_or_never(),
            Self::Goods(page) => goods::draw(page).now_or_never(),
            Self::Office(page) => office::draw(page).now_or_never(),
            Self::Developers(page) => developers::draw(page).now_or_never(),
            Self::Reference(page) => reference::draw(page).now_or_never(),
        };
        drawn.and_then(Result::ok)
    }
}
