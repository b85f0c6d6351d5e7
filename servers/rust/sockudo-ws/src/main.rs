//! The crate sockudo-ws on Tokio. On its own: `cargo run --release --bin sockudo-ws -- --port 8765` in servers/rust

use std::convert::Infallible;
use std::sync::Arc;

use contract::{Answer, Connection, Io, MAX_MESSAGE_BYTES, Rooms, Server, notes};
use futures_util::{SinkExt, StreamExt};
use hyper::service::service_fn;
use hyper::{Request, body::Incoming, header::SEC_WEBSOCKET_KEY};
use sockudo_ws::handshake::generate_accept_key;
use sockudo_ws::{Config, Message, Role, WebSocketStream};

const ID: &str = "sockudo-ws";

struct Sockudo(WebSocketStream<Io>);

impl Connection for Sockudo {
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
        message.as_bytes()
    }
}

fn open(mut request: Request<Incoming>, rooms: &Arc<Rooms<Message>>) -> Result<Answer, Infallible> {
    let asked = match contract::answer_to(ID, &request) {
        Ok(asked) => asked,
        Err(answer) => return Ok(answer),
    };
    let key = request.headers().get(SEC_WEBSOCKET_KEY).and_then(|key| key.to_str().ok());
    let proof = key.map(generate_accept_key);
    let seat = rooms.take(asked);
    let upgrade = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        if let Some((io, early)) = contract::upgraded(upgrade).await {
            let stream = WebSocketStream::from_raw_with_leftover(io, Role::Server, config(), Some(early));
            contract::converse(Sockudo(stream), seat).await;
        }
    });
    Ok(contract::switching_protocols(proof))
}

fn config() -> Config {
    Config::builder().max_payload_length(MAX_MESSAGE_BYTES).idle_timeout(0).auto_ping(false).build()
}

fn main() {
    let server = Server {
        id: ID,
        library: "sockudo-ws",
        notes: &[
            notes::HYPER,
            "A task for each connection.",
            "Each message is flushed by itself (send).",
            "It sends no pings of its own (auto_ping).",
            notes::NO_LOGGING,
            notes::NO_DELAY,
            notes::MOST_BYTES,
            notes::BACKPRESSURE,
            notes::UNLIMITED,
        ],
        lacks: &[("deflate", "it leaves a message as it is that would not become shorter")],
    };
    contract::run(&server, |listener, address| {
        let rooms = Rooms::new();
        contract::serve(listener, address, move || {
            let rooms = rooms.clone();
            service_fn(move |request| std::future::ready(open(request, &rooms)))
        })
    });
}
