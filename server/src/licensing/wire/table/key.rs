//! The group `key`: what programs on machines call.

use crate::licensing::wire::{
    method::methods,
    params::{Flag, Id, KeyText, SignMethod, Text, Whole},
    run::activate as run,
};

/// The longest lease: a year of seconds.
const YEAR: i64 = 366 * 86_400;

methods! { "key";
    /// Activates a key on a machine and answers the signed licence.
    Activate, scope ["Activate"], runs run::activate {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        machine: Text<256> = "MachineCode", "What names the machine. Needed where the key has a machine limit.";
        friendly_name: Text<250> = "FriendlyName", "A name for people.";
        fields: Whole<0, { i32::MAX as i64 }> = "FieldsToReturn", "Which fields to hide: a bit for each, in the order in which a licence has them.";
        metadata: Flag = "Metadata", "Whether to add how the licence stands, signed.";
        lease: Whole<0, YEAR> = "FloatingTimeInterval", "Seconds of a floating seat; 0 locks the machine.";
        overdraft: Whole<0, 1_000_000> = "MaxOverdraft", "Floating seats beyond the machine limit.";
        sign: Flag = "Sign", "Whether to sign the licence.";
        sign_method: SignMethod = "SignMethod", "1: the JSON text is signed; 0: the .NET client's first way.";
        model: Whole<0, 100, 1> = "ModelVersion", "Which fields the licence has: 1, 2 or 3.";
        os_info: Text<1_000> = "OSInfo", "What the program says about its system.";
    } answers ["licenseKey", "signature", "metadata"]

    /// Answers the signed licence of a key, blocked or not, and changes nothing.
    GetKey, scope ["GetKey"], runs run::get_key {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        fields: Whole<0, { i32::MAX as i64 }> = "FieldsToReturn", "Which fields to hide: a bit for each, in the order in which a licence has them.";
        metadata: Flag = "Metadata", "Whether to add how the licence stands, signed.";
        lease: Whole<0, YEAR> = "FloatingTimeInterval", "Taken and not used: leases know their own length.";
        sign: Flag = "Sign", "Whether to sign the licence.";
        sign_method: SignMethod = "SignMethod", "1: the JSON text is signed; 0: the .NET client's first way.";
        model: Whole<0, 100, 1> = "ModelVersion", "Which fields the licence has: 1, 2 or 3.";
    } answers ["licenseKey", "signature", "metadata"]

    /// Takes a machine off a key.
    Deactivate, scope ["Deactivate"], runs run::deactivate {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        machine: Text<256> = "MachineCode", "The machine.";
        floating: Flag = "Floating", "Whether to give a floating seat back.";
        os_info: Text<1_000> = "OSInfo", "Taken and not used.";
    } answers []
}
