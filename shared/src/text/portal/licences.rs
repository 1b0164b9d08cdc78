//! Where a licence is used, its file, and a new key for one that got into the wrong hands.

pub const MACHINES: &str = "Machines";
pub const NO_MACHINES: &str = "Not activated on any machine yet.";
pub const LAST_SEEN: &str = "Last seen";
pub const SEAT: &str = "Floating seat";
pub const REMOVE: &str = "Remove";
pub const REMOVE_CONFIRM: &str = "Remove machine";
pub const REMOVE_MEANS: &str = "The program stops working there at its next check, and another machine can take its place. You can activate it again at any time.";
pub const SOME_LEFT_OUT: &str = "Only the 100 machines seen last are listed.";

pub const FILE: &str = "Licence file";
pub const FILE_TITLE: &str = "For a program on a computer without network";
pub const COMPROMISED: &str = "This key got into the wrong hands";
pub const REISSUE_CONFIRM: &str = "Get a new key";
pub const REISSUE_MEANS: &str = "You get a new key with everything that this one allows. The old key stops working at once, wherever it is used.";
pub const REISSUE_KEEPS: &str =
    "Your machines stay activated. Enter the new key in your program on each of them.";
pub const REISSUE_ANEW: &str = "Activate the new key once more on each of your machines.";
pub const REISSUED: &str = "Here is your new key. The old one no longer works.";
pub const REPLACES: &str = "Took the place of";

/// "2 of 5", or "2" where any number may use it.
pub fn machines(used: i64, most: i64) -> String {
    if most > 0 { [&used.to_string(), " of ", &most.to_string()].concat() } else { used.to_string() }
}

pub fn remove_question(machine: &str) -> String {
    ["Remove ", machine, "?"].concat()
}

pub fn removed(machine: &str) -> String {
    [machine, " is removed."].concat()
}

pub fn reissue_question(product: &str) -> String {
    ["Get a new key for ", product, "?"].concat()
}

#[cfg(test)]
mod tests {
    use super::machines;

    #[test]
    fn machines_of_how_many() {
        assert_eq!(machines(2, 5), "2 of 5");
        assert_eq!(machines(2, 0), "2");
    }
}
