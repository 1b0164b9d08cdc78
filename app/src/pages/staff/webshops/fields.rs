//! What is asked of a webshop, new or not.

use std::collections::BTreeSet;

use latchkey_shared::{
    api::{
        catalog::ProductRow,
        common::{List, ListQuery},
        stripe::StripeAccounts,
        webshops::{SetWebshop, Webshop},
    },
    ids::ProductId,
    money::Currency,
    text::webshops as text,
};
use leptos::prelude::*;

use crate::{
    api::{self, Load, load},
    components::{CheckboxField, Choice, ChoiceCards, FormErrors, SelectField, TextField, TextKind},
    pages::staff::stripe::account_choices,
};

const ALL: &str = "all";
const SOME: &str = "some";

/// What stands in the form.
#[derive(Clone, Copy)]
pub struct Fields {
    name: RwSignal<String>,
    currency: RwSignal<String>,
    account: RwSignal<String>,
    /// [`ALL`] or [`SOME`].
    what: RwSignal<String>,
    ticked: RwSignal<BTreeSet<ProductId>>,
    /// Counts how often the form was filled, since check boxes are drawn anew then.
    fillings: RwSignal<u32>,
    terms_url: RwSignal<String>,
    terms_version: RwSignal<String>,
    pub active: RwSignal<bool>,
    version: RwSignal<i64>,
    products: Load<List<ProductRow>>,
    accounts: Load<StripeAccounts>,
}

impl Fields {
    /// For a webshop that is there, or a new one.
    pub fn of(webshop: Option<&Webshop>) -> Self {
        let all = ListQuery { limit: 100, sort: "name".to_owned(), ..ListQuery::default() };
        let fields = Self {
            name: RwSignal::default(),
            currency: RwSignal::default(),
            account: RwSignal::default(),
            what: RwSignal::new(ALL.to_owned()),
            ticked: RwSignal::default(),
            fillings: RwSignal::default(),
            terms_url: RwSignal::default(),
            terms_version: RwSignal::default(),
            active: RwSignal::new(true),
            version: RwSignal::default(),
            products: load(move || api::products::list(&all)),
            accounts: load(api::stripe::accounts),
        };
        if let Some(webshop) = webshop {
            fields.fill(webshop);
        }
        fields
    }

    /// Puts in what was saved.
    pub fn fill(self, webshop: &Webshop) {
        self.name.set(webshop.name.clone());
        self.currency.set(webshop.currency.map(|currency| currency.code().to_owned()).unwrap_or_default());
        self.account.set(webshop.account.map(|account| account.to_string()).unwrap_or_default());
        self.what.set(if webshop.all_products { ALL } else { SOME }.to_owned());
        self.ticked.set(webshop.products.iter().copied().collect());
        self.fillings.update(|count| *count += 1);
        let terms = webshop.terms.clone();
        self.terms_version.set(terms.as_ref().map(|terms| terms.version.clone()).unwrap_or_default());
        self.terms_url.set(terms.map(|terms| terms.url).unwrap_or_default());
        self.active.set(webshop.active);
        self.version.set(webshop.version);
    }

    /// What is to be saved; nothing where the form is wrong, which `errors` then says.
    pub fn form(self, errors: FormErrors) -> Option<SetWebshop> {
        let typed = self.currency.with_untracked(|typed| typed.trim().to_owned());
        let currency = (!typed.is_empty()).then(|| Currency::parse(&typed));
        if matches!(currency, Some(Err(_))) {
            errors.set("currency", text::CURRENCY_WRONG);
        }
        let all_products = self.what.with_untracked(|what| what == ALL);
        let products: Vec<ProductId> = self.ticked.get_untracked().into_iter().collect();
        if !all_products && products.is_empty() {
            errors.set("products", text::CHOOSE_SOME);
        }
        if !errors.settle() {
            return None;
        }
        Some(SetWebshop {
            name: self.name.get_untracked(),
            currency: currency.and_then(Result::ok),
            account: self.account_chosen(),
            all_products,
            products,
            terms_url: self.terms_url.with_untracked(|url| url.trim().to_owned()),
            terms_version: self.terms_version.with_untracked(|version| version.trim().to_owned()),
            active: self.active.get_untracked(),
            version: self.version.get_untracked(),
        })
    }

    /// The first account is meant where none is named, so that it need not be.
    fn account_chosen(self) -> api::stripe::Which {
        let number = self.account.with_untracked(|account| account.parse().ok());
        let first = untrack(|| self.accounts.with(|known| Some(known?.accounts.first()?.number)));
        number.filter(|number| Some(*number) != first)
    }

    /// The check box of a product.
    fn tick(self, product: ProductId) -> RwSignal<bool> {
        let on = RwSignal::new(self.ticked.with_untracked(|ticked| ticked.contains(&product)));
        Effect::new(move |_| {
            let on = on.get();
            self.ticked.update(|ticked| {
                if on {
                    ticked.insert(product);
                } else {
                    ticked.remove(&product);
                }
            });
        });
        on
    }

    pub fn view(self) -> AnyView {
        let some = Memo::new(move |_| self.what.with(|what| what == SOME));
        let ways = Signal::stored(vec![
            Choice::new(ALL, text::ALL_PRODUCTS).note(text::ALL_PRODUCTS_NOTE),
            Choice::new(SOME, text::SOME_PRODUCTS).note(text::SOME_PRODUCTS_NOTE),
        ]);
        view! {
            <TextField name="name" label=text::NAME value=self.name max_length=100 required=true />
            <TextField
                name="currency"
                label=text::CURRENCY
                value=self.currency
                help=text::CURRENCY_HELP
                autocomplete="off"
                max_length=3
            />
            {self.account_field()}
            <ChoiceCards name="products" label=text::WHAT value=self.what options=ways />
            <Show when=move || some.get()>{self.product_fields()}</Show>
            <TextField
                name="terms_url"
                label=text::TERMS_URL
                value=self.terms_url
                kind=TextKind::Url
                help=text::TERMS_URL_HELP
            />
            <TextField
                name="terms_version"
                label=text::TERMS_VERSION
                value=self.terms_version
                max_length=60
                help=text::TERMS_VERSION_HELP
            />
        }
        .into_any()
    }

    /// Nothing where there is no choice.
    fn account_field(self) -> AnyView {
        let accounts = self.accounts;
        let several =
            Memo::new(move |_| accounts.with(|known| known.is_some_and(|known| known.accounts.len() > 1)));
        let field = move || {
            several.get().then(|| {
                let options = Signal::derive(move || account_choices(accounts));
                if self.account.with_untracked(String::is_empty)
                    && let Some(first) = account_choices(accounts).into_iter().next()
                {
                    self.account.set(first.value);
                }
                view! { <SelectField name="account" label=text::ACCOUNT value=self.account options help=text::ACCOUNT_HELP required=true /> }
            })
        };
        view! { {field} }.into_any()
    }

    fn product_fields(self) -> AnyView {
        self.products.view(3, move |list| {
            let boxes = move || {
                self.fillings.track();
                let draw = |row: ProductRow| {
                    let name = ["product", &row.id.to_string()].concat();
                    view! { <CheckboxField name value=self.tick(row.id)>{row.name}</CheckboxField> }
                };
                let rows = list.get().items;
                if rows.is_empty() {
                    return view! { <p class="muted">{text::NO_PRODUCTS}</p> }.into_any();
                }
                rows.into_iter().map(draw).collect_view().into_any()
            };
            view! {
                <fieldset class="plain">
                    <legend class="field-label">{text::PRODUCTS}</legend>
                    <div class="product-choices">{boxes}</div>
                </fieldset>
            }
            .into_any()
        })
    }
}
