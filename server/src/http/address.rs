//! Where a request comes from: the peer's address, or what a trusted proxy says.

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, header, request::Parts},
};
use ipnet::IpNet;

use crate::state::AppState;

/// The client's address and browser, as recorded with sessions, acceptances and the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    pub ip: String,
    pub user_agent: String,
}

impl FromRequestParts<AppState> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let ip = client_ip(peer, &parts.headers, &app.config.trusted_proxies);
        let user_agent = parts
            .headers
            .get(header::USER_AGENT)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .chars()
            .take(300)
            .collect();
        Ok(Self { ip: ip.map(|ip| ip.to_string()).unwrap_or_default(), user_agent })
    }
}

/// The last address in `X-Forwarded-For` that is not a trusted proxy's, where the peer is one; else the
/// peer's own. What stands further left can be forged by anybody.
fn client_ip(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &[IpNet]) -> Option<IpAddr> {
    let is_trusted = |ip: &IpAddr| trusted.iter().any(|net| net.contains(ip));
    let peer = peer?.to_canonical();
    if !is_trusted(&peer) {
        return Some(peer);
    }
    let mut hops: Vec<IpAddr> = Vec::new();
    for value in headers.get_all("x-forwarded-for") {
        for hop in value.to_str().unwrap_or_default().split(',') {
            match hop.trim().parse::<IpAddr>() {
                Ok(ip) => hops.push(ip.to_canonical()),
                // What stands before something unreadable is not to be trusted either.
                Err(_) => hops.clear(),
            }
        }
    }
    Some(hops.into_iter().rev().find(|ip| !is_trusted(ip)).unwrap_or(peer))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(values: &[&str]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for value in values {
            map.append("x-forwarded-for", value.parse().unwrap());
        }
        map
    }

    #[test]
    fn forwarded_for_counts_only_through_trusted_proxies() {
        let proxy: IpAddr = "10.0.0.1".parse().unwrap();
        let stranger: IpAddr = "203.0.113.9".parse().unwrap();
        let trusted = ["10.0.0.0/8".parse().unwrap()];
        let ip =
            |peer, values: &[&str]| client_ip(Some(peer), &headers(values), &trusted).unwrap().to_string();
        assert_eq!(ip(stranger, &["1.2.3.4"]), "203.0.113.9", "forged by the peer itself");
        assert_eq!(ip(proxy, &["1.2.3.4"]), "1.2.3.4");
        assert_eq!(ip(proxy, &["6.6.6.6, 1.2.3.4"]), "1.2.3.4", "forged before the proxy");
        assert_eq!(ip(proxy, &["6.6.6.6, 1.2.3.4, 10.0.0.2"]), "1.2.3.4", "two proxies");
        assert_eq!(ip(proxy, &["6.6.6.6", "1.2.3.4"]), "1.2.3.4", "two headers");
        assert_eq!(ip(proxy, &["nonsense"]), "10.0.0.1");
        assert_eq!(ip(proxy, &[]), "10.0.0.1");
    }
}
