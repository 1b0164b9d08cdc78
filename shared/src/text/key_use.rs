//! A licence key's machines, data objects, calls and history.

pub const TABS: &str = "Parts of this licence key";
pub const TAB_OVERVIEW: &str = "Overview";
pub const TAB_MACHINES: &str = "Machines";
pub const TAB_DATA: &str = "Data objects";
pub const TAB_ACTIVITY: &str = "Activity";
pub const TAB_HISTORY: &str = "History";

pub const LICENCE_FILE: &str = "Licence file";
pub const LICENCE_FILE_TITLE: &str = "Download the signed licence (.skm) for a program that has no network";

pub const MACHINE: &str = "Machine";
pub const SEAT: &str = "Seat";
pub const IP: &str = "IP address";
pub const FIRST_SEEN: &str = "First seen";
pub const LAST_SEEN: &str = "Last seen";
pub const ACTIONS: &str = "Actions";
pub const LOCKED: &str = "Node-locked";
pub const FLOATING: &str = "Floating";
pub const OVERDRAFT: &str = "Overdraft";
pub const OVERDRAFT_TITLE: &str = "A seat beyond the limit, which the program allows for a while";
pub const LEASE_OVER: &str = "lease is over";
pub const REMOVE: &str = "Remove";
pub const REMOVE_CONFIRM: &str = "Remove machine";
pub const REMOVE_TEXT: &str = "Its place is free at once. The program stops when it next asks, and takes a place again if it is activated again.";
pub const REMOVE_SEAT_TEXT: &str =
    "The seat is free at once. If the program is still running, it takes a seat again when it next renews.";
pub const MACHINES_EMPTY: &str = "No machine uses this key";
pub const MACHINES_EMPTY_BODY: &str = "Machines appear here when a program activates the key on them: node-locked ones stay, floating seats end with their lease.";
pub const MACHINES_EMPTY_UNLOCKED: &str = "This key is not locked to machines, so that none are kept. Set how many it allows under Overview, and machines appear here.";

pub const DATA_EMPTY: &str = "No data objects on this key";
pub const DATA_EMPTY_BODY: &str =
    "Add one to keep a counter or a setting that programs can read and change for this key.";

pub const NAMED: &str = "Named features";
pub const NAMED_SAVED: &str = "The named features were saved.";
pub const NAMED_FOREIGN: &str = "A program wrote the named features of this key in a form that cannot be shown here. They stand under Data objects, as cryptolens_features.";

pub const AT: &str = "When";
pub const METHOD: &str = "Method";
pub const RESULT: &str = "Result";
pub const TOKEN: &str = "Access token";
pub const DONE: &str = "Done";
pub const REFUSED: &str = "Refused";
pub const ACTIVITY_LATEST: &str = "The latest 100 calls for this key.";
pub const ACTIVITY_ALL: &str = "All of them in the log";
pub const ACTIVITY_EMPTY: &str = "No program has asked for this key yet";
pub const ACTIVITY_EMPTY_BODY: &str = "Each call of the licence Web API that names this key is listed here: what was asked, from where, and what came of it.";

pub const HISTORY_LATEST: &str = "The latest 100 events of this key.";
pub const NO_HISTORY: &str = "Nothing has happened to this key yet";
pub const NO_EXPIRY: &str = "never";
pub const NO_NOTES: &str = "Notes were removed.";

/// `2 of 5 machines`, or how many where there is no limit.
pub fn machines_of(used: i64, most: i64) -> String {
    let word = if most == 1 || most == 0 && used == 1 { "machine" } else { "machines" };
    if most == 0 {
        [&used.to_string(), " ", word].concat()
    } else {
        [&used.to_string(), " of ", &most.to_string(), " ", word].concat()
    }
}

/// `2 floating seats taken`.
pub fn seats_taken(count: usize) -> String {
    let words = if count == 1 { " floating seat taken" } else { " floating seats taken" };
    [&count.to_string(), words].concat()
}

/// Time till a lease ends: `1 h 34 min`, `2 min 05 s`, `45 s`.
pub fn time_left(seconds: i64) -> String {
    let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let two = |number: i64| [if number < 10 { "0" } else { "" }, &number.to_string()].concat();
    if hours > 0 {
        [&hours.to_string(), " h ", &two(minutes), " min"].concat()
    } else if minutes > 0 {
        [&minutes.to_string(), " min ", &two(rest), " s"].concat()
    } else {
        [&rest.to_string(), " s"].concat()
    }
}

/// `1 h 34 min left`.
pub fn left(seconds: i64) -> String {
    [&time_left(seconds), " left"].concat()
}

pub fn remove_question(machine: &str) -> String {
    ["Remove ", machine, "?"].concat()
}

pub fn removed(machine: &str) -> String {
    [machine, " was removed."].concat()
}

/// `Expires: 3 Mar 2026 → 3 Mar 2027`.
pub fn expiry_changed(before: &str, after: &str) -> String {
    ["Expires: ", before, " → ", after].concat()
}

pub fn machines_changed(before: i64, after: i64) -> String {
    ["Machines at most: ", &before.to_string(), " → ", &after.to_string()].concat()
}

pub fn notes_changed(notes: &str) -> String {
    ["Notes: ", notes].concat()
}

pub fn because(reason: &str) -> String {
    ["Reason: ", reason].concat()
}

#[cfg(test)]
mod tests {
    use super::{machines_of, time_left};

    #[test]
    fn the_time_left_says_two_units_at_most() {
        for (seconds, words) in
            [(5_645, "1 h 34 min"), (125, "2 min 05 s"), (45, "45 s"), (3_600, "1 h 00 min")]
        {
            assert_eq!(time_left(seconds), words);
        }
    }

    #[test]
    fn machines_are_counted() {
        assert_eq!(machines_of(0, 1), "0 of 1 machine");
        assert_eq!(machines_of(2, 5), "2 of 5 machines");
        assert_eq!(machines_of(3, 0), "3 machines");
    }
}
