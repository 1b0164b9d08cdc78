//! `latchkey check`: the effective configuration, and what is wrong with it in words.

use latchkey_shared::api::stripe::MissingPermission;

use crate::{
    catalog::stripe_check,
    cli::CliResult,
    clock::Clock,
    communications::mailer,
    config::{Config, ServeArgs, is_test_key},
    identity::staff,
    server,
    state::AppState,
    vendor,
};

pub async fn run(args: ServeArgs) -> CliResult {
    let config = Config::new(&args, args.listen, false).map_err(|error| error.to_string())?;
    println!("listen             {}", args.listen);
    println!("public url         {}", config.public_url);
    println!("database           {}", without_password(&args.database.database));
    println!("secret key file    {}", args.database.secret_key_file.display());
    println!(
        "trusted proxies    {}",
        if args.trusted_proxies.is_empty() { "none".to_owned() } else { args.trusted_proxies.join(", ") }
    );
    println!("stripe api         {}", config.stripe_api_base);
    println!(
        "stripe key         {}",
        config.stripe_secret_key.as_deref().map_or("not set by flag", key_in_words)
    );
    println!(
        "webhook secret     {}",
        if config.stripe_webhook_secret.is_some() { "set" } else { "not set by flag" }
    );
    println!(
        "mail server        {}",
        config.smtp_url.as_deref().map_or_else(|| "not set by flag".to_owned(), without_password)
    );
    match config.web_api_rate {
        0 => println!("licence Web API    any number of calls"),
        rate => println!(
            "licence Web API    {rate} calls per second for each token and address, and for each key"
        ),
    }
    let https = config.is_https();
    let app =
        server::open(&args.database, config, Clock::default()).await.map_err(|error| error.to_string())?;
    let mut problems: Vec<String> = Vec::new();
    if args.public_url.is_none() {
        problems
            .push("--public-url is not set: links in messages point to the listening address.".to_owned());
    } else if !https {
        problems.push("--public-url is not https: cookies are not marked Secure.".to_owned());
    }
    let failed = |error: crate::error::AppError| error.to_string();
    if staff::setup_required(app.store.read()).await.map_err(failed)? {
        problems
            .push("There is no owner yet: start `latchkey serve` and open the link it prints.".to_owned());
    }
    let vendor = vendor::load(app.store.read()).await.map_err(failed)?;
    if vendor.domain.is_empty() {
        problems.push(
            "The company's domain is not set: portal links cannot be made. Set it under Settings.".to_owned(),
        );
    }
    if !mailer::is_configured(&app).await.map_err(failed)? {
        problems.push("There is no mail server: sign-up by the generic link is off, messages are kept under Communications.".to_owned());
    }
    if vendor.demo {
        problems.push("This database is a demo's: serve it with `latchkey demo`.".to_owned());
    } else {
        problems.extend(Box::pin(stripe(&app)).await);
    }
    println!();
    if problems.is_empty() {
        println!("Nothing is wrong.");
        return Ok(());
    }
    for problem in &problems {
        println!("! {problem}");
    }
    Ok(())
}

/// Says how the connection to Stripe stands; answers what is wrong with it.
async fn stripe(app: &AppState) -> Vec<String> {
    let check = match Box::pin(stripe_check::check(app)).await {
        Ok(check) => check,
        Err(error) => return vec![format!("Stripe cannot be asked: {error}")],
    };
    let Some(account) = &check.account else {
        let words = if app.config.stripe_secret_key.is_some() {
            "The Stripe account is not known yet: it is looked up when `latchkey serve` starts."
        } else {
            "Stripe is not connected: nothing can be sold. Connect it on the Stripe page."
        };
        return vec![words.to_owned()];
    };
    let mode = if account.live { "live" } else { "test" };
    println!("stripe account     {} ({mode}) {}", account.id, account.name);
    let endpoint = check.webhook.endpoint.as_ref().map_or("none", |endpoint| endpoint.url.as_str());
    println!("webhook endpoint   {endpoint}");
    let lacks = |missing: &MissingPermission| {
        format!("The Stripe key lacks “{}”: {}", missing.name, missing.needed_for)
    };
    check.webhook.problems.iter().cloned().chain(check.missing_permissions.iter().map(lacks)).collect()
}

fn key_in_words(key: &str) -> &'static str {
    if is_test_key(key) { "set (test)" } else { "set (live)" }
}

/// `scheme://user:password@host` without the password.
pub fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let Some((sign_in, host)) = rest.rsplit_once('@') else { return url.to_owned() };
    let user = sign_in.split(':').next().unwrap_or_default();
    format!("{scheme}://{user}:…@{host}")
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn passwords_are_hidden() {
        assert_eq!(without_password("postgres://a:b@c/d"), "postgres://a:…@c/d");
        assert_eq!(without_password("sqlite://latchkey.db"), "sqlite://latchkey.db");
        assert_eq!(without_password("smtp://a:p@ss@host:25"), "smtp://a:…@host:25");
    }
}
