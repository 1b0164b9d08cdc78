//! Runs of neighbouring keys, letters and figures.

/// Walked forwards or backwards.
const TRACKS: [&str; 22] = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "12345678910111213",
    "1234567890-=",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "qwertzuiopü",
    "yxcvbnm,.-",
    "asdfghjklöä",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn,;:",
    "!@#$%^&*()",
    "!\"§$%&/()=",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "1qay2wsx3edc4rfv5tgb6zhn7ujm",
    "zaq12wsxcde34rfvbgt56yhnmju7",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "a1b2c3d4e5f6g7h8i9j0",
];

/// Length of the longest run at the front of `text`, which is in lower case.
pub(super) fn longest(text: &[char]) -> usize {
    TRACKS
        .iter()
        .flat_map(|track| {
            let forwards: Vec<char> = track.chars().collect();
            let backwards: Vec<char> = forwards.iter().rev().copied().collect();
            [along(text, &forwards), along(text, &backwards)]
        })
        .max()
        .unwrap_or(0)
}

/// How far `text` follows the track from any place of it.
fn along(text: &[char], track: &[char]) -> usize {
    (0..track.len())
        .map(|start| text.iter().zip(&track[start..]).take_while(|(typed, key)| typed == key).count())
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_in_both_directions() {
        for (text, len) in
            [("efgh1", 4), ("4321x", 4), ("wertz", 5), ("poiu", 4), ("3e4r5t!", 6), ("hello", 1), ("", 0)]
        {
            let letters: Vec<char> = text.chars().collect();
            assert_eq!(longest(&letters), len, "{text}");
        }
    }
}
