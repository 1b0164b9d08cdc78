//! The settings of a process: flags, each also a `LATCHKEY_*` variable.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};
use ipnet::IpNet;
use latchkey_shared::validation;

use crate::communications::mailer;

/// Stripe's own address.
pub const STRIPE_API: &str = "https://api.stripe.com";

/// A program calls now and then; what calls more often than this is broken or guessing.
const WEB_API_RATE: u32 = 100;

/// What `latchkey serve` and the commands that open the database take.
#[derive(Args, Clone, Debug)]
pub struct ServeArgs {
    /// Address to listen on; port 0 picks a free one.
    #[arg(long, env = "LATCHKEY_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    #[command(flatten)]
    pub database: DatabaseArgs,
    /// Where customers reach this Latchkey, e.g. `https://portal.example.com`; links are built from it.
    #[arg(long, env = "LATCHKEY_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// Proxies whose `X-Forwarded-For` is believed: addresses or networks, separated by commas.
    #[arg(long, env = "LATCHKEY_TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<String>,
    /// Another Stripe than the real one; needs a test key.
    #[arg(long, env = "LATCHKEY_STRIPE_API_BASE", default_value = STRIPE_API)]
    pub stripe_api_base: String,
    /// Stripe's secret or restricted key, instead of the one connected on the screen.
    #[arg(long, env = "LATCHKEY_STRIPE_SECRET_KEY", hide_env_values = true)]
    pub stripe_secret_key: Option<String>,
    #[arg(long, env = "LATCHKEY_STRIPE_SECRET_KEY_FILE", conflicts_with = "stripe_secret_key")]
    pub stripe_secret_key_file: Option<PathBuf>,
    /// Signing secret of the default webhook endpoint.
    #[arg(long, env = "LATCHKEY_STRIPE_WEBHOOK_SECRET", hide_env_values = true)]
    pub stripe_webhook_secret: Option<String>,
    #[arg(long, env = "LATCHKEY_STRIPE_WEBHOOK_SECRET_FILE", conflicts_with = "stripe_webhook_secret")]
    pub stripe_webhook_secret_file: Option<PathBuf>,
    /// Mail server, e.g. `smtp://user:password@mail.example.com:587`, instead of the one set on the screen.
    #[arg(long, env = "LATCHKEY_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// Sender address of messages.
    #[arg(long, env = "LATCHKEY_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// Calls of the licence Web API per second for each token and address, and for each licence key; 0 is any
    /// number. Five times as many may come at once.
    #[arg(long, env = "LATCHKEY_WEB_API_RATE", default_value_t = WEB_API_RATE)]
    pub web_api_rate: u32,
    #[arg(long, env = "LATCHKEY_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
    /// Serve `/metrics` without a token on this address.
    #[arg(long, env = "LATCHKEY_METRICS_LISTEN")]
    pub metrics_listen: Option<SocketAddr>,
}

impl ServeArgs {
    /// The settings of a command that does not serve.
    pub fn for_command(database: DatabaseArgs) -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            database,
            public_url: None,
            trusted_proxies: Vec::new(),
            stripe_api_base: STRIPE_API.to_owned(),
            stripe_secret_key: None,
            stripe_secret_key_file: None,
            stripe_webhook_secret: None,
            stripe_webhook_secret_file: None,
            smtp_url: None,
            mail_from: None,
            web_api_rate: WEB_API_RATE,
            log_format: LogFormat::Text,
            metrics_listen: None,
        }
    }
}

/// Where the data is and what opens it.
#[derive(Args, Clone, Debug)]
pub struct DatabaseArgs {
    /// `sqlite://FILE` or `postgres://user:password@host/name`.
    #[arg(long, env = "LATCHKEY_DATABASE", default_value = "sqlite://latchkey.db", hide_env_values = true)]
    pub database: String,
    /// Seals what is kept in the database; made at first start.
    #[arg(long, env = "LATCHKEY_SECRET_KEY_FILE", default_value = "latchkey.key")]
    pub secret_key_file: PathBuf,
}

impl DatabaseArgs {
    /// The file of a SQLite database.
    pub fn file(&self) -> Option<&Path> {
        let file = self.database.strip_prefix("sqlite:")?;
        Some(Path::new(file.trim_start_matches("//").split('?').next().unwrap_or_default()))
    }

    /// For commands that work on what is there: a mistyped name must not make a new database.
    ///
    /// # Errors
    /// In words, where there is no such file.
    pub fn must_exist(&self) -> Result<(), String> {
        match self.file().filter(|file| !file.exists()) {
            Some(file) => {
                Err(format!("there is no database {}; say where it is with --database", file.display()))
            }
            None => Ok(()),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

/// Settings that were checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Without a slash at its end.
    pub public_url: String,
    pub trusted_proxies: Vec<IpNet>,
    pub stripe_api_base: String,
    pub stripe_secret_key: Option<String>,
    pub stripe_webhook_secret: Option<String>,
    pub smtp_url: Option<String>,
    pub mail_from: Option<String>,
    pub web_api_rate: u32,
    pub demo: bool,
}

/// What is wrong with the settings, in words.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("--public-url {0:?} must begin with http:// or https:// and have no path")]
    PublicUrl(String),
    #[error("--trusted-proxies: {0:?} is neither an address nor a network such as 10.0.0.0/8")]
    TrustedProxy(String),
    #[error("--smtp-url is no mail server's address, such as smtp://user:password@mail.example.com:587")]
    SmtpUrl,
    #[error("--mail-from {0:?} is no e-mail address")]
    MailFrom(String),
    #[error("cannot read {path}: {source}")]
    SecretFile { path: String, source: std::io::Error },
    #[error("--stripe-api-base is not Stripe's own address: that needs a test key (sk_test_… or rk_test_…)")]
    ForeignStripe,
    #[error("the demo takes only test keys")]
    LiveKeyInDemo,
}

impl Config {
    /// Checks `args`; `bound` is the address that is really listened on.
    ///
    /// # Errors
    /// In words, for stderr.
    pub fn new(args: &ServeArgs, bound: SocketAddr, demo: bool) -> Result<Self, ConfigError> {
        let public_url = match &args.public_url {
            Some(url) => public_url(url)?,
            None => format!("http://{bound}"),
        };
        let trusted_proxies =
            args.trusted_proxies.iter().map(|text| trusted_proxy(text)).collect::<Result<_, _>>()?;
        let config = Self {
            public_url,
            trusted_proxies,
            stripe_api_base: args.stripe_api_base.trim_end_matches('/').to_owned(),
            stripe_secret_key: secret(
                args.stripe_secret_key.as_ref(),
                args.stripe_secret_key_file.as_deref(),
            )?,
            stripe_webhook_secret: secret(
                args.stripe_webhook_secret.as_ref(),
                args.stripe_webhook_secret_file.as_deref(),
            )?,
            smtp_url: args.smtp_url.clone().filter(|url| !url.is_empty()),
            mail_from: args.mail_from.clone().filter(|from| !from.is_empty()),
            web_api_rate: args.web_api_rate,
            demo,
        };
        if let Some(key) = &config.stripe_secret_key {
            config.check_stripe_key(key)?;
        }
        if config.smtp_url.as_deref().is_some_and(|url| mailer::transport(url).is_err()) {
            return Err(ConfigError::SmtpUrl);
        }
        if let Some(from) = config.mail_from.as_deref().filter(|from| !validation::is_email(from)) {
            return Err(ConfigError::MailFrom(from.to_owned()));
        }
        Ok(config)
    }

    /// Refuses keys that must not be used here: live keys in the demo or with another Stripe.
    ///
    /// # Errors
    /// In words.
    pub fn check_stripe_key(&self, key: &str) -> Result<(), ConfigError> {
        let test = is_test_key(key);
        if self.demo && !test {
            return Err(ConfigError::LiveKeyInDemo);
        }
        if self.stripe_api_base != STRIPE_API && !test {
            return Err(ConfigError::ForeignStripe);
        }
        Ok(())
    }

    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// The host of the public address, without a port.
    pub fn host(&self) -> &str {
        let host = self.public_url.rsplit('/').next().unwrap_or_default();
        match host.rsplit_once(':') {
            Some((name, port)) if !port.contains(']') => name,
            _ => host,
        }
    }

    /// A whole address on this Latchkey; `path` begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }
}

/// Whether a key belongs to Stripe's test mode or a sandbox.
pub fn is_test_key(key: &str) -> bool {
    key.starts_with("sk_test_") || key.starts_with("rk_test_")
}

fn public_url(url: &str) -> Result<String, ConfigError> {
    let trimmed = url.trim_end_matches('/');
    let rest = trimmed.strip_prefix("https://").or_else(|| trimmed.strip_prefix("http://"));
    match rest {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']) => Ok(trimmed.to_owned()),
        _ => Err(ConfigError::PublicUrl(url.to_owned())),
    }
}

fn trusted_proxy(text: &str) -> Result<IpNet, ConfigError> {
    let text = text.trim();
    text.parse::<IpNet>()
        .or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from))
        .map_err(|_| ConfigError::TrustedProxy(text.to_owned()))
}

fn secret(value: Option<&String>, file: Option<&Path>) -> Result<Option<String>, ConfigError> {
    let text = match (value, file) {
        (Some(value), _) => value.clone(),
        (None, Some(path)) => std::fs::read_to_string(path)
            .map_err(|source| ConfigError::SecretFile { path: path.display().to_string(), source })?,
        (None, None) => return Ok(None),
    };
    Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_urls() {
        assert_eq!(public_url("https://portal.example.com/").unwrap(), "https://portal.example.com");
        for bad in ["portal.example.com", "https://", "https://a/b", "https://u@a", "ftp://a"] {
            assert!(public_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_host_is_the_address_without_scheme_and_port() {
        let args = |url: &str| ServeArgs {
            public_url: Some(url.to_owned()),
            ..ServeArgs::for_command(DatabaseArgs {
                database: String::new(),
                secret_key_file: PathBuf::new(),
            })
        };
        let bound = SocketAddr::from(([127, 0, 0, 1], 8_080));
        for (url, host) in [
            ("https://portal.example.com", "portal.example.com"),
            ("http://127.0.0.1:8080", "127.0.0.1"),
            ("http://[::1]:8080", "[::1]"),
            ("http://[::1]", "[::1]"),
        ] {
            assert_eq!(Config::new(&args(url), bound, false).unwrap().host(), host);
        }
    }

    #[test]
    fn proxies_are_addresses_or_networks() {
        assert!(trusted_proxy("10.0.0.1").is_ok());
        assert!(trusted_proxy(" fd00::/8 ").is_ok());
        assert!(trusted_proxy("proxy.local").is_err());
    }
}
