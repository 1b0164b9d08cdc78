//! The group `message`.

use crate::licensing::wire::{
    method::methods,
    params::{Id, Text, UnixTime},
    run::message as run,
};

methods! { "message";
    /// Lists the messages of a channel, the newest first.
    GetMessages, scope ["GetMessages"], runs run::list {
        channel: Text<100> = "Channel", "Channel; all where it is empty.";
        time: UnixTime = "Time", "Only messages after this time.";
    } answers ["messages"]

    /// Puts a message into a channel.
    CreateMessage, scope ["CreateMessage"], runs run::add {
        content: Text<10_000> = "Content", "The message.";
        channel: Text<100> = "Channel", "Channel.";
        time: UnixTime = "Time", "When it was written; 0: now.";
    } answers ["messageId"]

    /// Removes a message.
    RemoveMessage, scope ["RemoveMessage"], runs run::remove {
        id: Id = "Id", "The message.";
    } answers []
}
