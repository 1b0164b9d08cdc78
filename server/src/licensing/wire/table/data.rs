//! The group `data`: data objects of anything, of keys and of machines.

use crate::licensing::wire::{
    method::methods,
    params::{Flag, Id, KeyText, MaybeId, Needed, Text, Whole},
    run::data as run,
};

/// What 32 bits hold.
const LEAST: i64 = i32::MIN as i64;
const MOST: i64 = i32::MAX as i64;

methods! { "data";
    /// Adds a data object to anything.
    AddDataObject, scope ["AddDataObject"], runs run::add {
        kind: Whole<0, 2> = "ReferencerType", "0 the vendor, 1 a product, 2 a key.";
        reference: MaybeId = "ReferencerId", "The product, or the key's global id.";
        name: Text<100> = "Name", "Its name.";
        number: Whole<LEAST, MOST> = "IntValue", "A number.";
        text: Text<10_000> = "StringValue", "A text.";
        unique: Flag = "CheckForDuplicates", "Whether to refuse a name that is there already.";
    } answers ["id"]

    /// Lists the data objects of anything.
    ListDataObjects, scope ["ListDataObjects"], runs run::list {
        kind: Whole<0, 2> = "ReferencerType", "0 the vendor, 1 a product, 2 a key.";
        reference: MaybeId = "ReferencerId", "The product, or the key's global id.";
        contains: Text<100> = "Contains", "Part of the name.";
        all: Flag = "ShowAll", "Whether to list those of everything.";
    } answers ["dataObjects"]

    /// Sets the text of a data object of anything.
    SetStringValue, scope ["SetStringValue"], runs run::set_text {
        id: Id = "Id", "The object.";
        text: Text<10_000> = "StringValue", "The text.";
    } answers []

    /// Sets the number of a data object of anything.
    SetIntValue, scope ["SetIntValue"], runs run::set_number {
        id: Id = "Id", "The object.";
        number: Needed<LEAST, MOST> = "IntValue", "The number.";
    } answers []

    /// Counts a data object of anything up.
    IncrementIntValue, scope ["IncrementIntValue"], runs run::count_up {
        id: Id = "Id", "The object.";
        number: Needed<LEAST, MOST> = "IntValue", "By how much; a sign means nothing.";
        bounded: Flag = "EnableBound", "Whether there is a bound.";
        bound: Whole<LEAST, MOST> = "Bound", "The bound, which may be reached.";
    } answers []

    /// Counts a data object of anything down.
    DecrementIntValue, scope ["DecrementIntValue"], runs run::count_down {
        id: Id = "Id", "The object.";
        number: Needed<LEAST, MOST> = "IntValue", "By how much; a sign means nothing.";
        bounded: Flag = "EnableBound", "Whether there is a bound.";
        bound: Whole<LEAST, MOST> = "Bound", "The bound, which may be reached.";
    } answers []

    /// Removes a data object of anything.
    RemoveDataObject, scope ["RemoveDataObject"], runs run::remove {
        id: Id = "Id", "The object.";
    } answers []

    /// Adds a data object to a key.
    AddDataObjectToKey, scope ["AddDataObject"], runs run::add_of_key {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        name: Text<100> = "Name", "Its name.";
        number: Whole<LEAST, MOST> = "IntValue", "A number.";
        text: Text<10_000> = "StringValue", "A text.";
        unique: Flag = "CheckForDuplicates", "Whether to refuse a name that is there already.";
    } answers ["id"]

    /// Lists the data objects of a key.
    ListDataObjectsToKey, scope ["ListDataObjects"], runs run::list_of_key {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        contains: Text<100> = "Contains", "Part of the name.";
    } answers ["dataObjects"]

    /// Sets the text of a data object of a key.
    SetStringValueToKey, scope ["SetStringValue"], runs run::set_text_of_key {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        id: MaybeId = "Id", "The object, unless it is named.";
        name: Text<100> = "Name", "The object's name, unless it has an id.";
        text: Text<10_000> = "StringValue", "The text.";
    } answers []

    /// Sets the number of a data object of a key.
    SetIntValueToKey, scope ["SetIntValue"], runs run::set_number_of_key {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        id: MaybeId = "Id", "The object, unless it is named.";
        name: Text<100> = "Name", "The object's name, unless it has an id.";
        number: Needed<LEAST, MOST> = "IntValue", "The number.";
    } answers []

    /// Counts a data object of a key up.
    IncrementIntValueToKey, scope ["IncrementIntValue"], runs run::count_up_of_key {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        id: MaybeId = "Id", "The object, unless it is named.";
        name: Text<100> = "Name", "The object's name, unless it has an id.";
        number: Needed<LEAST, MOST> = "IntValue", "By how much; a sign means nothing.";
        bounded: Flag = "EnableBound", "Whether there is a bound.";
        bound: Whole<LEAST, MOST> = "Bound", "The bound, which may be reached.";
    } answers []

    /// Counts a data object of a key down.
    DecrementIntValueToKey, scope ["DecrementIntValue"], runs run::count_down_of_key {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        id: MaybeId = "Id", "The object, unless it is named.";
        name: Text<100> = "Name", "The object's name, unless it has an id.";
        number: Needed<LEAST, MOST> = "IntValue", "By how much; a sign means nothing.";
        bounded: Flag = "EnableBound", "Whether there is a bound.";
        bound: Whole<LEAST, MOST> = "Bound", "The bound, which may be reached.";
    } answers []

    /// Counts what a licence server without network wrote down: data objects of a key, up or down, each step once.
    UploadValuesToKey, scope ["IncrementIntValue", "DecrementIntValue"], runs run::upload_of_key {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        log: Text<480_000> = "Data", "The log, in base64; at most 1,000 steps that were not uploaded before.";
    } answers []

    /// Removes a data object of a key.
    RemoveDataObjectToKey, scope ["RemoveDataObject"], runs run::remove_of_key {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        id: MaybeId = "Id", "The object, unless it is named.";
        name: Text<100> = "Name", "The object's name, unless it has an id.";
    } answers []

    /// Adds a data object to a machine of a key.
    AddDataObjectToMachineCode, scope ["AddDataObject"], runs run::add_of_machine {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        machine: Text<256> = "MachineCode", "The machine.";
        name: Text<100> = "Name", "Its name.";
        number: Whole<LEAST, MOST> = "IntValue", "A number.";
        text: Text<10_000> = "StringValue", "A text.";
        unique: Flag = "CheckForDuplicates", "Whether to refuse a name that is there already.";
    } answers ["id"]

    /// Lists the data objects of a machine of a key.
    ListDataObjectsToMachineCode, scope ["ListDataObjects"], runs run::list_of_machine {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        machine: Text<256> = "MachineCode", "The machine.";
        contains: Text<100> = "Contains", "Part of the name.";
    } answers ["dataObjects"]

    /// Sets the text of a data object of a machine of a key.
    SetStringValueToMachineCode, scope ["SetStringValue"], runs run::set_text_of_machine {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        machine: Text<256> = "MachineCode", "The machine.";
        id: MaybeId = "Id", "The object, unless it is named.";
        name: Text<100> = "Name", "The object's name, unless it has an id.";
        text: Text<10_000> = "StringValue", "The text.";
    } answers []

    /// Sets the number of a data object of a machine of a key.
    SetIntValueToMachineCode, scope ["SetIntValue"], runs run::set_number_of_machine {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        machine: Text<256> = "MachineCode", "The machine.";
        id: MaybeId = "Id", "The object, unless it is named.";
        name: Text<100> = "Name", "The object's name, unless it has an id.";
        number: Needed<LEAST, MOST> = "IntValue", "The number.";
    } answers []

    /// Counts a data object of a machine of a key up.
    IncrementIntValueToMachineCode, scope ["IncrementIntValue"], runs run::count_up_of_machine {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        machine: Text<256> = "MachineCode", "The machine.";
        id: MaybeId = "Id", "The object, unless it is named.";
        name: Text<100> = "Name", "The object's name, unless it has an id.";
        number: Needed<LEAST, MOST> = "IntValue", "By how much; a sign means nothing.";
        bounded: Flag = "EnableBound", "Whether there is a bound.";
        bound: Whole<LEAST, MOST> = "Bound", "The bound, which may be reached.";
    } answers []

    /// Counts a data object of a machine of a key down.
    DecrementIntValueToMachineCode, scope ["DecrementIntValue"], runs run::count_down_of_machine {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        machine: Text<256> = "MachineCode", "The machine.";
        id: MaybeId = "Id", "The object, unless it is named.";
        name: Text<100> = "Name", "The object's name, unless it has an id.";
        number: Needed<LEAST, MOST> = "IntValue", "By how much; a sign means nothing.";
        bounded: Flag = "EnableBound", "Whether there is a bound.";
        bound: Whole<LEAST, MOST> = "Bound", "The bound, which may be reached.";
    } answers []

    /// Removes a data object of a machine of a key.
    RemoveDataObjectToMachineCode, scope ["RemoveDataObject"], runs run::remove_of_machine {
        product: Id = "ProductId", "Product.";
        key: KeyText = "Key", "Licence key.";
        machine: Text<256> = "MachineCode", "The machine.";
        id: MaybeId = "Id", "The object, unless it is named.";
        name: Text<100> = "Name", "The object's name, unless it has an id.";
    } answers []
}
