//! A call that shows a new token at work.

use latchkey_shared::ids::{KeyGlobalId, ProductId};

/// Reads of `/api/v1` that a sample may call, by the scope that they need.
const READS: [(&str, &str); 6] = [
    ("customers_read", "customers"),
    ("keys_read", "keys"),
    ("products_read", "products"),
    ("subscriptions_read", "subscriptions"),
    ("communications_read", "communications"),
    ("stripe_read", "stripe"),
];

/// What the sample of a token depends on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sample {
    pub scopes: Vec<String>,
    /// The first method that was chosen.
    pub method: Option<String>,
    pub product: Option<ProductId>,
    pub key: Option<KeyGlobalId>,
}

/// A licence key to fill in.
#[derive(Clone, Copy)]
pub struct SampleKey<'k> {
    pub product: i64,
    pub key: &'k str,
}

impl Sample {
    fn holds(&self, scope: &str) -> bool {
        self.scopes.iter().any(|held| held == "*" || held == scope)
    }

    /// Whether the sample has a licence key in it.
    pub fn needs_key(&self) -> bool {
        self.holds("GetKey") || self.holds("Activate")
    }

    /// The filter that finds a key that the token works for.
    pub fn key_filter(&self) -> String {
        match (self.key.filter(|key| key.0 > 0), self.product) {
            (Some(key), _) => ["global_id = ", &key.to_string()].concat(),
            (None, Some(product)) => ["product.id = ", &product.to_string()].concat(),
            (None, None) => String::new(),
        }
    }

    /// The method of the licence Web API that the sample calls.
    pub fn path(&self) -> Option<&str> {
        if self.key.is_some_and(|key| key.0 < 0) {
            return Some("auth/KeyLock");
        }
        if self.holds("GetKey") {
            return Some("key/GetKey");
        }
        if self.holds("Activate") {
            return Some("key/Activate");
        }
        self.method.as_deref()
    }

    /// The call, for a shell.
    pub fn command(&self, origin: &str, token: &str, key: SampleKey<'_>) -> String {
        let Some(path) = self.path() else { return self.read(origin, token) };
        let mut lines = vec![
            ["curl ", origin, "/api/", path].concat(),
            ["--data-urlencode 'token=", token, "'"].concat(),
        ];
        if matches!(path, "key/GetKey" | "key/Activate" | "auth/KeyLock") {
            lines.push(["-d ProductId=", &key.product.to_string()].concat());
            lines.push(["-d Key=", key.key].concat());
        }
        if path == "key/Activate" {
            lines.push("-d MachineCode=my-machine".to_owned());
        }
        lines.join(" \\\n  ")
    }

    fn read(&self, origin: &str, token: &str) -> String {
        let read = READS.iter().find(|(scope, _)| self.holds(scope)).map_or("session", |(_, path)| path);
        ["curl ", origin, "/api/v1/", read, " \\\n  -H 'Authorization: Bearer ", token, "'"].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::{Sample, SampleKey};

    fn sample(scopes: &[&str]) -> Sample {
        Sample { scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(), ..Sample::default() }
    }

    const KEY: SampleKey<'_> = SampleKey { product: 3, key: "AAAAA-BBBBB-CCCCC-DDDDD" };

    #[test]
    fn a_program_that_is_shipped_checks_a_key() {
        let command = sample(&["Activate", "GetKey"]).command("https://l.example", "WyI=", KEY);
        assert_eq!(
            command,
            "curl https://l.example/api/key/GetKey \\\n  --data-urlencode 'token=WyI=' \\\n  -d ProductId=3 \\\n  \
             -d Key=AAAAA-BBBBB-CCCCC-DDDDD"
        );
        assert!(sample(&["Activate"]).command("o", "t", KEY).ends_with("-d MachineCode=my-machine"));
    }

    #[test]
    fn other_tokens_call_what_they_may() {
        let method = Sample { method: Some("product/GetProducts".to_owned()), ..sample(&["GetProducts"]) };
        assert_eq!(
            method.command("o", "t", KEY),
            "curl o/api/product/GetProducts \\\n  --data-urlencode 'token=t'"
        );
        let read = sample(&["keys_read"]).command("o", "t", KEY);
        assert_eq!(read, "curl o/api/v1/keys \\\n  -H 'Authorization: Bearer t'");
        let exchange = Sample { key: Some((-1).into()), ..sample(&["Activate"]) };
        assert_eq!(exchange.path(), Some("auth/KeyLock"));
    }

    #[test]
    fn the_key_to_fill_in_is_one_that_the_token_works_for() {
        assert_eq!(sample(&["*"]).key_filter(), "");
        assert_eq!(Sample { product: Some(4.into()), ..sample(&["*"]) }.key_filter(), "product.id = 4");
        let one = Sample { product: Some(4.into()), key: Some(9.into()), ..sample(&["*"]) };
        assert_eq!(one.key_filter(), "global_id = 9");
        assert_eq!(Sample { key: Some((-1).into()), ..sample(&["*"]) }.key_filter(), "");
    }
}
