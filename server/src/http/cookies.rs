//! The two session cookies.

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use crate::{config::Config, identity::sessions::Kind};

fn name(kind: Kind, config: &Config) -> &'static str {
    match (kind, config.is_https()) {
        (Kind::Staff, true) => "__Host-latchkey_staff",
        (Kind::Staff, false) => "latchkey_staff",
        (Kind::Portal, true) => "__Host-latchkey_portal",
        (Kind::Portal, false) => "latchkey_portal",
    }
}

/// The token in the request's cookie of that kind.
pub fn token(jar: &CookieJar, kind: Kind, config: &Config) -> Option<String> {
    jar.get(name(kind, config)).map(|cookie| cookie.value().to_owned())
}

/// Sets the cookie. It lives as long as the browser keeps it; the server decides when the session ends.
pub fn set(jar: CookieJar, kind: Kind, config: &Config, token: String) -> CookieJar {
    jar.add(
        Cookie::build((name(kind, config), token))
            .path("/")
            .http_only(true)
            .secure(config.is_https())
            .same_site(SameSite::Lax)
            .permanent(),
    )
}

pub fn clear(jar: CookieJar, kind: Kind, config: &Config) -> CookieJar {
    jar.remove(Cookie::build(name(kind, config)).path("/").secure(config.is_https()))
}
