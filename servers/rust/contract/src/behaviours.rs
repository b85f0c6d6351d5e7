use std::sync::LazyLock;

use crate::stream::{is_number, read_push};

/// What a server does with a message; it is chosen by path.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    Echo,
    Tag,
    Json,
    Broadcast,
    /// It sends by itself.
    Push,
}

/// What a path asks for.
#[derive(Clone, PartialEq, Eq)]
pub struct Asked {
    pub behaviour: Behaviour,
    /// The one without a query: those at the same one get what is sent to all.
    pub path: String,
}

/// The largest message that a server is set to accept.
pub const MAX_MESSAGE_BYTES: usize = 64 * 1024 * 1024;

/// What a path without a query asks for; nothing if it is unknown.
pub(crate) fn asked_at(path: &str) -> Option<Asked> {
    let behaviour = match path {
        "/" | "/echo" => Behaviour::Echo,
        "/tag" => Behaviour::Tag,
        "/json" => Behaviour::Json,
        "/broadcast" => Behaviour::Broadcast,
        _ if is_room(path) => Behaviour::Broadcast,
        _ if read_push(path).is_some() => Behaviour::Push,
        _ => return None,
    };
    Some(Asked { behaviour, path: path.to_owned() })
}

fn is_room(path: &str) -> bool {
    path.strip_prefix("/room/").is_some_and(|number| is_number(number, 9))
}

/// What /json answers with: document.json in its shortest form, 1,024 bytes of UTF-8.
pub(crate) static DOCUMENT: LazyLock<String> = LazyLock::new(|| {
    let order: serde_json::Value =
        serde_json::from_str(include_str!("../../../document.json")).expect("it is JSON");
    order.to_string()
});

/// What /tag answers: the text received with " - N" appended, N random in 0…999.
pub(crate) fn tag(content: &[u8]) -> String {
    format!("{} - {}", String::from_utf8_lossy(content), fastrand::u16(0..1000))
}
