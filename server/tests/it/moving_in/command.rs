//! `latchkey import licences`.

use serde_json::json;

use super::{key, keys, products};
use crate::{in_both_places, util::Place};

in_both_places! {
    async fn files_are_moved_in_after_a_dry_run(place: Place) {
        let mut bad = key();
        bad["globalId"] = json!("none");
        std::fs::write(place.path("products.json"), products().to_string()).unwrap();
        std::fs::write(place.path("keys.json"), keys(&[key(), bad]).to_string()).unwrap();
        let secret = "AY0FNTwmK1qIY3hGlaIxCC8VxMvuYkLHaUyTVLGS";
        std::fs::write(place.path("token"), format!("465:{secret}\n")).unwrap();
        let all = ["import", "licences", "keys.json", "products.json", "--token", "token"];
        let dry = place.run(&[&all[..], &["--dry-run"]].concat());
        assert_eq!(dry.code(), Some(1));
        assert_eq!(dry.out(), "\
products.json: product 1 (product 3349): only keys with F1 are limited in time there; here only those are blocked, but every key past its date is shown as expired
keys.json: key 2 refused: globalId: this is no whole number
                   new     same  changed  refused
products             1        0        0        0
customers            1        0        0        0
keys                 1        0        0        1
data objects         2        0        0        0
token 465: would be moved in
");
        assert!(dry.err().contains("This was a dry run: nothing was changed.\nlatchkey: 1 row is refused; see above"), "{}", dry.err());
        let done = place.run(&all);
        assert!(done.out().contains("keys                 1        0        0        1\n") && done.out().ends_with("token 465: moved in\n"), "{}", done.out());
        let again = place.run(&all);
        assert!(again.out().contains("keys                 0        1        0        1\n") && again.out().ends_with("token 465: the same\n"), "{}", again.out());

        let missing = place.run(&["import", "licences", "missing.json"]);
        assert_eq!(missing.code(), Some(1));
        assert!(missing.err().contains("missing.json: it cannot be read") && missing.err().contains("nothing was changed"), "{}", missing.err());
        assert_eq!(place.run(&["import", "licences"]).code(), Some(2));
        std::fs::write(place.path("token"), "465").unwrap();
        let token = place.run(&["import", "licences", "--token", "token"]);
        assert!(token.err().contains("token holds no token"), "{}", token.err());
    }
}
