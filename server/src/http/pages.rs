//! The page app out of the binary: ready-made brotli and gzip, hashed names for ever, the page itself never
//! from a cache.

use std::sync::OnceLock;

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest, Sha256};

use crate::{error::AppError, http::etag};

#[derive(RustEmbed)]
#[folder = "../dist"]
#[allow_missing = true]
struct Dist;

/// Whatever no route took: a file, the page, or a JSON 404.
pub fn serve(request: &Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    let first = path.split('/').next().unwrap_or_default();
    let for_programs = matches!(first, "api" | "webhooks");
    if for_programs || !matches!(*request.method(), Method::GET | Method::HEAD) {
        return AppError::no_address(request.uri().path()).into_response();
    }
    let last = path.rsplit('/').next().unwrap_or_default();
    let is_page = path.starts_with("Portal/") || !last.contains('.');
    if is_page {
        return page(request.headers());
    }
    match file::<Dist>(path, request.headers()) {
        Some(response) => response,
        None => AppError::not_found("file").into_response(),
    }
}

fn page(headers: &HeaderMap) -> Response {
    let Some(mut response) = file::<Dist>("index.html", headers) else {
        return AppError::unavailable(
            "app_missing",
            "This Latchkey was built without its page app. Run: make build",
        )
        .into_response();
    };
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy());
    response
}

/// The file in the best form that the client takes. Each form has an `ETag` of its own, since they differ in
/// every byte.
fn file<Files: RustEmbed>(path: &str, headers: &HeaderMap) -> Option<Response> {
    let plain = Files::get(path)?;
    let ready_made = |coding: &'static str, suffix: &str| {
        let form = accepts(headers, coding).then(|| Files::get(&format!("{path}{suffix}"))).flatten()?;
        Some((form, Some(coding)))
    };
    let (body, coding) =
        ready_made("br", ".br").or_else(|| ready_made("gzip", ".gz")).unwrap_or((plain, None));
    let tag = tag(&body);
    let cache = if is_hashed(path) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let known = etag::is_known(headers, &tag);
    let common = [
        (header::CONTENT_TYPE, media_type(path).to_owned()),
        (header::CACHE_CONTROL, cache.to_owned()),
        (header::ETAG, tag),
        (header::VARY, "Accept-Encoding".to_owned()),
    ];
    if known {
        return Some((StatusCode::NOT_MODIFIED, common).into_response());
    }
    let mut response = (common, body.data.into_owned()).into_response();
    if let Some(coding) = coding {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    Some(response)
}

fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    let value = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    value.is_some_and(|value| value.split(',').any(|part| accepted(part, coding)))
}

/// One part of an `Accept-Encoding` that names `coding` and does not refuse it with `q=0`.
fn accepted(part: &str, coding: &str) -> bool {
    let mut words = part.split(';').map(str::trim);
    words.next() == Some(coding) && !words.any(|word| matches!(word, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
}

fn tag(file: &EmbeddedFile) -> String {
    format!("\"{}\"", hex::encode(&file.metadata.sha256_hash()[..12]))
}

/// trunk writes `name-123456789abcdef.ext`: a number of 64 bits, without the zeros that it may begin with.
fn is_hashed(path: &str) -> bool {
    let stem = path.rsplit('/').next().unwrap_or(path);
    let stem = stem.split('.').next().unwrap_or(stem).trim_end_matches("_bg");
    stem.rsplit_once('-')
        .is_some_and(|(_, hash)| hash.len() >= 12 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "json" | "webmanifest" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// The page's Content-Security-Policy. The hashes are those of the inline scripts that stand in the page
/// (trunk's loader), computed once.
fn policy() -> HeaderValue {
    static POLICY: OnceLock<HeaderValue> = OnceLock::new();
    let make = || {
        let page = Dist::get("index.html").map(|file| String::from_utf8_lossy(&file.data).into_owned());
        HeaderValue::from_str(&policy_for(&page.unwrap_or_default()))
            .unwrap_or(HeaderValue::from_static("default-src 'none'"))
    };
    // In a debug build the page is read from disk and may change between two answers.
    if cfg!(debug_assertions) { make() } else { POLICY.get_or_init(make).clone() }
}

fn policy_for(page: &str) -> String {
    let mut scripts = String::from("script-src 'self' 'wasm-unsafe-eval'");
    for script in inline_scripts(page) {
        scripts.push_str(" 'sha256-");
        scripts.push_str(&STANDARD.encode(Sha256::digest(script.as_bytes())));
        scripts.push('\'');
    }
    format!(
        "default-src 'none'; {scripts}; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// The text between `<script …>` and `</script>` of scripts without `src`.
fn inline_scripts(page: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find("<script") {
        rest = &rest[start..];
        let (Some(open), Some(close)) = (rest.find('>'), rest.find("</script>")) else { break };
        if open < close && !rest[..open].contains("src=") {
            found.push(&rest[open + 1..close]);
        }
        rest = &rest[close + 1..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `build/precompress.mjs` leaves beside each file; the bytes tell the forms apart.
    #[derive(RustEmbed)]
    #[folder = "tests/dist"]
    struct Fixture;

    async fn answer(path: &str, accept: &str, known: Option<&str>) -> (StatusCode, HeaderMap, String) {
        let mut headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, accept.parse().unwrap())]);
        if let Some(tag) = known {
            headers.insert(header::IF_NONE_MATCH, tag.parse().unwrap());
        }
        let (parts, body) = file::<Fixture>(path, &headers).unwrap().into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        (parts.status, parts.headers, String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn the_best_form_that_is_accepted_is_served() {
        for (accept, coding, body) in [
            ("gzip, deflate, br, zstd", Some("br"), "brotli\n"),
            ("gzip, br;q=0", Some("gzip"), "gzip\n"),
            ("identity", None, "plain\n"),
            ("", None, "plain\n"),
        ] {
            let (status, headers, text) = answer("script-0123456789abcdef.js", accept, None).await;
            assert_eq!((status, text.as_str()), (StatusCode::OK, body), "{accept}");
            let told = headers.get(header::CONTENT_ENCODING).map(|value| value.to_str().unwrap());
            assert_eq!(told, coding, "{accept}");
            assert_eq!(headers[header::VARY], "Accept-Encoding");
            assert_eq!(headers[header::CONTENT_TYPE], "text/javascript; charset=utf-8");
            assert_eq!(headers[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
        }
        let (_, headers, text) = answer("only-plain.txt", "br, gzip", None).await;
        assert_eq!((headers.get(header::CONTENT_ENCODING), text.as_str()), (None, "plain\n"));
        assert_eq!(headers[header::CACHE_CONTROL], "no-cache");
        assert!(file::<Fixture>("nothing.txt", &HeaderMap::new()).is_none());
    }

    #[tokio::test]
    async fn what_the_browser_has_is_not_sent_again() {
        let path = "script-0123456789abcdef.js";
        let (_, headers, _) = answer(path, "br", None).await;
        let tag = headers[header::ETAG].to_str().unwrap().to_owned();
        let (status, headers, text) = answer(path, "br", Some(&tag)).await;
        assert_eq!((status, text.as_str()), (StatusCode::NOT_MODIFIED, ""));
        assert_eq!(headers[header::VARY], "Accept-Encoding");
        let (status, _, text) = answer(path, "gzip", Some(&tag)).await;
        assert_eq!(
            (status, text.as_str()),
            (StatusCode::OK, "gzip\n"),
            "the other form has a tag of its own"
        );
    }

    #[test]
    fn inline_scripts_are_hashed_and_others_are_not() {
        let page = "<script src=\"boot.js\"></script><script type=\"module\">run()</script>";
        assert_eq!(inline_scripts(page), ["run()"]);
        assert_eq!(
            policy_for(page),
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' \
             'sha256-hZNRHRXZCPpIbqXhfKRq4aRvMBdF7j3bkCyNjCE6nUc='; style-src 'self'; img-src 'self' data:; \
             font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
                .replace(
                    "hZNRHRXZCPpIbqXhfKRq4aRvMBdF7j3bkCyNjCE6nUc=",
                    &STANDARD.encode(Sha256::digest(b"run()"))
                )
        );
    }

    #[test]
    fn only_hashed_names_are_kept_for_ever() {
        assert!(is_hashed("latchkey-app-0123456789abcdef_bg.wasm"));
        assert!(is_hashed("tokens-0123456789abcdef.css"));
        assert!(is_hashed("latchkey-app-9b915c3b2d77b74.js"), "a zero before it is left out");
        assert!(!is_hashed("index.html"));
        assert!(!is_hashed("boot.js"));
        assert!(!is_hashed("some-name.css"));
    }

    #[test]
    fn codings_are_taken_only_where_accepted() {
        assert!(accepted(" br", "br"));
        assert!(accepted("br;q=0.5", "br"));
        assert!(!accepted("br;q=0", "br"));
        assert!(!accepted("gzip", "br"));
    }
}
