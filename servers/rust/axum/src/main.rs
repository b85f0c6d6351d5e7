//! The crate axum on hyper and Tokio. On its own: `cargo run --release --bin axum -- --port 8765` in servers/rust

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{FromRequestParts, Request, State};
use axum::response::{IntoResponse, Response};
use contract::{Connection, MAX_MESSAGE_BYTES, Rooms, Server, notes};
use hyper_util::service::TowerToHyperService;

const ID: &str = "axum";

struct Axum(WebSocket);

impl Connection for Axum {
    type Message = Message;

    async fn read(&mut self) -> Option<Message> {
        loop {
            match self.0.recv().await?.ok()? {
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

async fn open(State(rooms): State<Arc<Rooms<Message>>>, request: Request) -> Response {
    let asked = match contract::answer_to(ID, &request) {
        Ok(asked) => asked,
        Err(answer) => return answer.map(Body::new),
    };
    let (mut parts, _) = request.into_parts();
    let upgrade = match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade,
        Err(refusal) => return refusal.into_response(),
    };
    let seat = rooms.take(asked);
    upgrade
        .max_message_size(MAX_MESSAGE_BYTES)
        .max_frame_size(MAX_MESSAGE_BYTES)
        .on_upgrade(move |socket| contract::converse(Axum(socket), seat))
}

fn main() {
    let server = Server {
        id: ID,
        library: "axum",
        notes: &[
            "A task for each connection; axum has tungstenite for its WebSockets.",
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
        let app = Router::new().fallback(open).with_state(Rooms::new());
        contract::serve(listener, address, move || TowerToHyperService::new(app.clone()))
    });
}
