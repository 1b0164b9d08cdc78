//! Menus, the person's menu and the command palette.

pub const DASHBOARD: &str = "Dashboard";
pub const CUSTOMERS: &str = "Customers";
pub const SUBSCRIPTIONS: &str = "Subscriptions";
pub const TRANSACTIONS: &str = "Transactions";
pub const KEYS: &str = "Licence keys";
pub const PRODUCTS: &str = "Products";
pub const WEBSHOPS: &str = "Webshops";
pub const ATTENTION: &str = "Needs attention";
pub const COMMUNICATIONS: &str = "Communications";
pub const DATA: &str = "Data objects";
pub const REPORTS: &str = "Reports";
pub const DEVELOPERS: &str = "Developers";
pub const STRIPE: &str = "Stripe";
pub const SETTINGS: &str = "Settings";
pub const STAFF: &str = "Staff";
pub const ME: &str = "My account";
pub const SIGN_OUT: &str = "Sign out";
pub const SIGN_UP_LINK: &str = "Sign-up link";
pub const LOG: &str = "Log of the Web API";

pub const HOME: &str = "Home";
pub const PLANS: &str = "Plans";
pub const LICENCES: &str = "Licences";
pub const BILLING: &str = "Billing";
pub const ACCOUNT: &str = "Account";

pub const DEMO: &str = "Demo";
pub const TEST: &str = "Test";
pub const LIVE: &str = "Live";

pub const PALETTE_PAGES: &str = "Pages";
pub const PALETTE_ACTIONS: &str = "Actions";
pub const PALETTE_CUSTOMERS: &str = "Customers";
pub const PALETTE_KEYS: &str = "Licence keys";
pub const PALETTE_SUBSCRIPTIONS: &str = "Subscriptions";
pub const PALETTE_PRODUCTS: &str = "Products";
pub const ADD_CUSTOMER: &str = "Add a customer";
pub const ADD_PRODUCT: &str = "Add a product";
pub const ADD_WEBSHOP: &str = "Add a webshop";
pub const ADD_TOKEN: &str = "Make an access token";
pub const SET_TERMS: &str = "Set the terms of use";
pub const SET_MAIL: &str = "Set the mail server";
pub const SET_COMPANY: &str = "Change name, logo and colour";
pub const CONNECT_STRIPE: &str = "Connect Stripe";
pub const SWEEPS: &str = "Sweeps";
pub const EVENTS: &str = "Stripe’s events";
pub const ENDPOINTS: &str = "Webhook endpoints";
pub const RECONCILE: &str = "Reconcile with Stripe";

pub const CHOOSE_CUSTOMER: &str = "For whom?";
pub const CHOOSE_CUSTOMER_TEXT: &str =
    "Your sign-in belongs to several customers. Choose one; you can switch at any time.";
pub const NO_CUSTOMER: &str = "Nothing is here for you yet";
pub const NO_CUSTOMER_TEXT: &str =
    "Your sign-in does not belong to a customer. Ask whoever sells to you for an invitation link.";
