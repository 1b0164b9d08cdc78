//! `latchkey public-key`: the binary itself, on a database that it makes.

use std::process::{Command, Output};

fn public_key(folder: &std::path::Path, format: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_latchkey"))
        .args(["public-key", "--format", format])
        .env("LATCHKEY_DATABASE", format!("sqlite://{}", folder.join("test.db").display()))
        .env("LATCHKEY_SECRET_KEY_FILE", folder.join("latchkey.key"))
        .output()
        .unwrap()
}

#[test]
fn it_is_printed_in_both_forms_and_stays_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let xml = public_key(folder.path(), "xml");
    assert!(xml.status.success(), "{}", String::from_utf8_lossy(&xml.stderr));
    let text = String::from_utf8(xml.stdout.clone()).unwrap();
    assert!(text.starts_with("<RSAKeyValue><Modulus>") && text.ends_with("</RSAKeyValue>\n"), "{text}");
    assert!(text.contains("<Exponent>AQAB</Exponent>"), "{text}");
    assert_eq!(public_key(folder.path(), "xml").stdout, xml.stdout);
    let pem = String::from_utf8(public_key(folder.path(), "pem").stdout).unwrap();
    assert!(pem.starts_with("-----BEGIN PUBLIC KEY-----\n") && pem.ends_with("-----END PUBLIC KEY-----\n"));
    assert_eq!(public_key(folder.path(), "jwk").status.code(), Some(2));
}
