//! `latchkey check`: the effective configuration, and what is wrong with it in words.

use latchkey_shared::{api::stripe::MissingPermission, ids::StripeAccountId};
use latchkey_store::Store;

use crate::{
    billing::accounts,
    catalog::stripe_check,
    cli::{CliResult, config},
    clock::Clock,
    communications::mailer,
    config::{Config, LogFormat, ServeArgs, is_test_key},
    error::AppError,
    identity::staff,
    server, settings,
    state::AppState,
    vendor,
};

/// Exit code 1 where something is wrong, so that a deployment can ask.
pub async fn run(args: ServeArgs) -> CliResult {
    let config = config(&args, args.listen);
    show(&args, &config);
    let mut problems: Vec<String> = Vec::new();
    if args.public_url.is_none() {
        problems
            .push("--public-url is not set: links in messages point to the listening address.".to_owned());
    } else if !config.is_https() {
        problems.push("--public-url is not https: cookies are not marked Secure.".to_owned());
    }
    match nothing_there(&args).await? {
        Some(words) => problems.push(words),
        None => problems.extend(Box::pin(inside(&args, config)).await?),
    }
    println!();
    if problems.is_empty() {
        println!("Nothing is wrong.");
        return Ok(());
    }
    for problem in &problems {
        println!("! {problem}");
    }
    Err(format!("{} to look at, see above", if problems.len() == 1 { "one thing" } else { "some things" }))
}

fn show(args: &ServeArgs, config: &Config) {
    let line = |name: &str, value: &str| println!("{name:<18} {value}");
    let not_by_flag = || "not set by flag".to_owned();
    line("listen", &args.listen.to_string());
    line("metrics listen", &args.metrics_listen.map_or_else(|| "none".to_owned(), |it| it.to_string()));
    line("public url", &config.public_url);
    line("database", &without_password(&args.database.database));
    line("secret key file", &args.database.secret_key_file.display().to_string());
    let proxies = args.trusted_proxies.join(", ");
    line("trusted proxies", if proxies.is_empty() { "none" } else { &proxies });
    line("stripe api", &config.stripe_api_base);
    line("stripe key", config.stripe_secret_key.as_deref().map_or("not set by flag", key_in_words));
    line("webhook secret", if config.stripe_webhook_secret.is_some() { "set" } else { "not set by flag" });
    line("mail server", &config.smtp_url.as_deref().map_or_else(not_by_flag, without_password));
    line("mail from", &config.mail_from.clone().unwrap_or_else(not_by_flag));
    let rate = match config.web_api_rate {
        0 => "any number of calls".to_owned(),
        rate => format!("{rate} calls per second for each token and address, and for each key"),
    };
    line("licence Web API", &rate);
    line("log format", if args.log_format == LogFormat::Json { "json" } else { "text" });
}

/// What the first start makes and is not there yet. Looking makes nothing.
async fn nothing_there(args: &ServeArgs) -> Result<Option<String>, String> {
    if let Some(file) = args.database.file().filter(|file| !file.exists()) {
        let words = format!("There is no database {} yet: `latchkey serve` makes it.", file.display());
        return Ok(Some(words));
    }
    let store = Store::connect(&args.database.database)
        .await
        .map_err(|error| format!("cannot open the database: {error}"))?;
    if !store.is_ready().await.map_err(|error| format!("cannot read the database: {error}"))? {
        let words = "The database is empty or of an older version: `latchkey serve` brings it up to date.";
        return Ok(Some(words.to_owned()));
    }
    let key = &args.database.secret_key_file;
    Ok((!key.exists()).then(|| {
        format!(
            "The secret key file {} is not there. `latchkey serve` makes a new one, which does not open what another one sealed: if the database is an old one, put its file back.",
            key.display()
        )
    }))
}

/// What is wrong with what the database holds.
async fn inside(args: &ServeArgs, config: Config) -> Result<Vec<String>, String> {
    let failed = |error: AppError| error.to_string();
    let app = server::open(&args.database, config, Clock::default()).await.map_err(failed)?;
    let mut problems: Vec<String> = Vec::new();
    if staff::setup_required(app.store.read()).await.map_err(failed)? {
        problems
            .push("There is no owner yet: start `latchkey serve` and open the link it prints.".to_owned());
    }
    let vendor = vendor::load(app.store.read()).await.map_err(failed)?;
    if vendor.domain.is_empty() {
        problems.push(
            "The company's domain is not set: portal links carry the host name instead. Set it under Settings."
                .to_owned(),
        );
    }
    if vendor.demo {
        problems.push("This database is a demo's: serve it with `latchkey demo`.".to_owned());
        return Ok(problems);
    }
    problems.extend(mail(&app).await.map_err(failed)?);
    problems.extend(Box::pin(stripe(&app)).await);
    Ok(problems)
}

/// What is wrong with the mail server; it is greeted, and gets no message.
async fn mail(app: &AppState) -> Result<Option<String>, AppError> {
    if !mailer::is_configured(app).await? {
        return Ok(Some("There is no mail server: sign-up by the generic link is off, messages are kept under Communications.".to_owned()));
    }
    let test = settings::test_mail(app, None).await?;
    Ok((!test.ok).then_some(test.message))
}

/// Says how the connection to each Stripe account stands; answers what is wrong.
async fn stripe(app: &AppState) -> Vec<String> {
    let further = match accounts::list(app).await {
        Ok(known) => known.accounts.into_iter().filter(|account| !account.first),
        Err(error) => return vec![format!("Stripe's accounts cannot be listed: {error}")],
    };
    let mut problems = stripe_account(app, None).await;
    for account in further {
        problems.extend(stripe_account(app, Some(account.number)).await);
    }
    problems
}

async fn stripe_account(app: &AppState, which: Option<StripeAccountId>) -> Vec<String> {
    let check = match Box::pin(stripe_check::check(app, which)).await {
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
