//! Pages for anybody.

use leptos::prelude::*;

use super::PageRoute;
use crate::{
    frame::signed_in_to_portal,
    pages::{
        portal,
        staff::{auth, start},
    },
};

pub(super) const ROUTES: &[PageRoute] = &[
    PageRoute::new("/", || start::StartPage().into_any()),
    PageRoute::new("/Staff/SignIn", || auth::SignInPage().into_any()),
    PageRoute::new("/Staff/Welcome", || auth::WelcomePage().into_any()),
    PageRoute::new("/Staff/Forgot", || auth::ForgotPage().into_any()),
    PageRoute::new("/Staff/Reset", || auth::ResetPage().into_any()),
    PageRoute::new("/Portal/@:domain", || portal::CompanyPage().into_any()),
    PageRoute::new("/Portal/@:domain/Associate", || portal::AssociatePage().into_any()),
    PageRoute::new("/Portal/SignIn", || portal::SignInPage().into_any()),
    PageRoute::new("/Portal/Forgot", || portal::ForgotPage().into_any()),
    PageRoute::new("/Portal/Reset", || portal::ResetPage().into_any()),
    PageRoute::new("/Portal/Terms", || signed_in_to_portal(|| portal::TermsPage().into_any())),
    #[cfg(debug_assertions)]
    PageRoute::new("/kit/:part?", || crate::kit::Kit().into_any()),
];
