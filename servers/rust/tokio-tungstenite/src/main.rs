//! The crate tokio-tungstenite on Tokio. On its own: `cargo run --release --bin tokio-tungstenite -- --port 8765` in
//! servers/rust

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use contract::{Connection, Io, MAX_MESSAGE_BYTES, Rooms, Server, notes};
use futures_util::{SinkExt, StreamExt};
use hyper::service::service_fn;
use hyper::{Request, body::Incoming, header::SEC_WEBSOCKET_KEY};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

const ID: &str = "tokio-tungstenite";

struct Tungstenite(WebSocketStream<Io>);

impl Connection for Tungstenite {
    type Message = Message;

    async fn read(&mut self) -> Option<Message> {
        loop {
            match self.0.next().await?.ok()? {
                message @ (Message::Text(_) | Message::Binary(_)) => return Some(message),
                // It answers pings and closes itself.
                _ => {}
            }
        }
    }

    async fn write(&mut self, message: Message) -> bool {
        self.0.send(message).await.is_ok()
    }

    fn text(text: String) -> Message {
        Message::text(text)
    }

    fn content(message: &Message) -> &[u8] {
        match message {
            Message::Text(text) => text.as_bytes(),
            Message::Binary(bytes) => bytes,
            _ => &[],
        }
    }
}

fn open(mut request: Request<Incoming>, rooms: &Arc<Rooms<Message>>) -> Result<contract::Answer, Infallible> {
    let asked = match contract::answer_to(ID, &request) {
        Ok(asked) => asked,
        Err(answer) => return Ok(answer),
    };
    let key = request.headers().get(SEC_WEBSOCKET_KEY);
    let proof = key.map(|key| derive_accept_key(key.as_bytes()));
    let seat = rooms.take(asked);
    let upgrade = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        if let Some((io, early)) = contract::upgraded(upgrade).await {
            contract::converse(Tungstenite(stream_of(io, &early).await), seat).await;
        }
    });
    Ok(contract::switching_protocols(proof))
}

async fn stream_of(io: Io, early: &Bytes) -> WebSocketStream<Io> {
    let config = WebSocketConfig::default()
        .max_message_size(Some(MAX_MESSAGE_BYTES))
        .max_frame_size(Some(MAX_MESSAGE_BYTES));
    WebSocketStream::from_partially_read(io, early.to_vec(), Role::Server, Some(config)).await
}

fn main() {
    let server = Server {
        id: ID,
        library: "tokio-tungstenite",
        notes: &[
            notes::HYPER,
            "A task for each connection.",
            "Each message is flushed by itself (send).",
            notes::NO_LOGGING,
            notes::NO_DELAY,
            notes::MOST_BYTES,
            notes::BACKPRESSURE,
            notes::UNLIMITED,
        ],
        lacks: &[("deflate", "it knows no extension")],
    };
    contract::run(&server, |listener, address| {
        let rooms = Rooms::new();
        contract::serve(listener, address, move || {
            let rooms = rooms.clone();
            service_fn(move |request| std::future::ready(open(request, &rooms)))
        })
    });
}
