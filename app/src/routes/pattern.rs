//! Matching a path against a pattern.

/// The named parts of a path, decoded.
pub type Params = Vec<(&'static str, String)>;

/// The named parts of `path` if it is of the form of `pattern`. Slashes at the end do not count, nor does the case of
/// the fixed parts.
pub fn matches(pattern: &'static str, path: &str, decode: impl Fn(&str) -> String) -> Option<Params> {
    let mut params = Params::new();
    let mut parts = path.trim_matches('/').split('/').filter(|part| !part.is_empty());
    for wanted in pattern.trim_matches('/').split('/').filter(|part| !part.is_empty()) {
        let (wanted, optional) = wanted.strip_suffix('?').map_or((wanted, false), |wanted| (wanted, true));
        let Some(part) = parts.next() else {
            if optional {
                break;
            }
            return None;
        };
        match wanted.split_once(['#', ':']) {
            None if wanted.eq_ignore_ascii_case(part) => {}
            None => return None,
            Some((before, name)) => {
                let value = decode(part).strip_prefix(before)?.to_owned();
                let number = wanted.as_bytes().get(before.len()) == Some(&b'#');
                if value.is_empty() || (number && value.parse::<i64>().is_err()) {
                    return None;
                }
                params.push((name, value));
            }
        }
    }
    parts.next().is_none().then_some(params)
}

#[cfg(test)]
mod tests {
    use super::matches;

    fn found(pattern: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
        matches(pattern, path, |text| text.replace("%20", " "))
    }

    #[test]
    fn fixed_parts() {
        assert_eq!(found("/", "/"), Some(vec![]));
        assert_eq!(found("/Customers", "/Customers/"), Some(vec![]));
        assert_eq!(found("/Customers", "/customers"), Some(vec![]));
        assert_eq!(found("/Customers", "/Customers/7"), None);
        assert_eq!(found("/Staff/SignIn", "/Staff"), None);
        assert_eq!(found("/", "/x"), None);
    }

    #[test]
    fn numbers_texts_and_what_may_be_missing() {
        let pattern = "/Customers/#id/:tab?";
        assert_eq!(found(pattern, "/Customers/7"), Some(vec![("id", "7".to_owned())]));
        assert_eq!(
            found(pattern, "/Customers/7/history"),
            Some(vec![("id", "7".to_owned()), ("tab", "history".to_owned())])
        );
        assert_eq!(found(pattern, "/Customers/New"), None);
        assert_eq!(found(pattern, "/Customers/7/history/more"), None);
    }

    #[test]
    fn a_part_with_a_beginning_of_its_own() {
        let pattern = "/Portal/@:domain/Associate";
        assert_eq!(
            found(pattern, "/Portal/@a%20b.co/Associate"),
            Some(vec![("domain", "a b.co".to_owned())])
        );
        assert_eq!(found(pattern, "/Portal/example.com/Associate"), None);
        assert_eq!(found(pattern, "/Portal/@/Associate"), None);
    }
}
