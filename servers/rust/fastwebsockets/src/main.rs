//! The crate fastwebsockets on hyper and Tokio. On its own: `cargo run --release --bin fastwebsockets -- --port 8765` in
//! servers/rust

use std::convert::Infallible;
use std::future::ready;
use std::sync::Arc;

use bytes::Bytes;
use contract::{Answer, Connection, MAX_MESSAGE_BYTES, Rooms, Server, notes};
use fastwebsockets::upgrade::upgrade;
use fastwebsockets::{FragmentCollectorRead, Frame, OpCode, Payload, WebSocket, WebSocketError};
use http_body_util::Full;
use hyper::service::service_fn;
use hyper::upgrade::Upgraded;
use hyper::{Request, body::Incoming};
use hyper_util::rt::TokioIo;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

const ID: &str = "fastwebsockets";

type Io = TokioIo<Upgraded>;

/// It refuses a message of exactly its limit.
const MOST_BYTES: usize = MAX_MESSAGE_BYTES + 1;

#[derive(Clone)]
struct Message {
    opcode: OpCode,
    content: Bytes,
}

impl From<Frame<'_>> for Message {
    fn from(frame: Frame<'_>) -> Self {
        let content = match frame.payload {
            Payload::Bytes(bytes) => bytes.freeze(),
            other => Bytes::from(Vec::from(other)),
        };
        Self { opcode: frame.opcode, content }
    }
}

impl Message {
    fn frame(&self) -> Frame<'_> {
        Frame::new(true, self.opcode, None, Payload::Borrowed(&self.content))
    }
}

/// Its own FragmentCollector cannot flush, and over TLS what is not flushed may stay where it is.
struct Fast {
    socket: WebSocket<Io>,
    /// The beginning of a message that comes in fragments.
    begun: Option<(OpCode, Vec<u8>)>,
}

impl Fast {
    fn new(socket: WebSocket<Io>) -> Self {
        Self { socket, begun: None }
    }

    /// Puts a frame of data to those before it; the message if it is whole, an error if it is none.
    fn collect(&mut self, frame: Frame<'static>) -> Result<Option<Message>, WebSocketError> {
        let (fin, opcode) = (frame.fin, frame.opcode);
        match (opcode, self.begun.take()) {
            (OpCode::Continuation, Some((opcode, mut content))) => {
                content.extend_from_slice(&frame.payload);
                if content.len() > MAX_MESSAGE_BYTES {
                    return Err(WebSocketError::FrameTooLarge);
                }
                if !fin {
                    self.begun = Some((opcode, content));
                    return Ok(None);
                }
                if opcode == OpCode::Text && str::from_utf8(&content).is_err() {
                    return Err(WebSocketError::InvalidUTF8);
                }
                Ok(Some(Message { opcode, content: content.into() }))
            }
            (OpCode::Continuation, None) | (_, Some(_)) => Err(WebSocketError::InvalidFragment),
            (_, None) if fin => Ok(Some(frame.into())),
            (_, None) => {
                self.begun = Some((opcode, frame.payload.into()));
                Ok(None)
            }
        }
    }
}

impl Connection for Fast {
    type Message = Message;

    async fn read(&mut self) -> Option<Message> {
        loop {
            let frame = self.socket.read_frame().await.ok()?;
            match frame.opcode {
                OpCode::Text | OpCode::Binary | OpCode::Continuation => {
                    if let Some(message) = self.collect(frame).ok()? {
                        return Some(message);
                    }
                }
                // It has answered the close already.
                OpCode::Close => {
                    let _ = self.socket.flush().await;
                    return None;
                }
                OpCode::Ping | OpCode::Pong => {}
            }
        }
    }

    async fn write(&mut self, message: Message) -> bool {
        // Over TLS the rest of a frame would stay where it is.
        self.socket.write_frame(message.frame()).await.is_ok() && self.socket.flush().await.is_ok()
    }

    fn text(text: String) -> Message {
        Message { opcode: OpCode::Text, content: text.into() }
    }

    fn content(message: &Message) -> &[u8] {
        &message.content
    }

    /// Reads and writes apart, as a read that is given up half-way would lose bytes.
    async fn exchange(self, mut queue: UnboundedReceiver<Message>, mut handle: impl FnMut(Message) + Send) {
        let (reader, mut writer) = self.socket.split(tokio::io::split);
        let mut reader = FragmentCollectorRead::new(reader);
        let (controls, mut answers) = unbounded_channel::<Message>();
        let reading = async move {
            let mut answer = |frame: Frame<'_>| {
                let _ = controls.send(frame.into());
                ready(Ok::<_, WebSocketError>(()))
            };
            while let Ok(frame) = reader.read_frame(&mut answer).await {
                match frame.opcode {
                    OpCode::Text | OpCode::Binary => handle(frame.into()),
                    OpCode::Close => break,
                    _ => {}
                }
            }
        };
        let writing = async move {
            loop {
                let message = tokio::select! {
                    answer = answers.recv() => answer,
                    message = queue.recv() => message,
                };
                let Some(message) = message else { return };
                let written = writer.write_frame(message.frame()).await;
                if written.is_err() || writer.flush().await.is_err() {
                    return;
                }
            }
        };
        tokio::join!(reading, writing);
    }
}

fn open(mut request: Request<Incoming>, rooms: &Arc<Rooms<Message>>) -> Result<Answer, Infallible> {
    let asked = match contract::answer_to(ID, &request) {
        Ok(asked) => asked,
        Err(answer) => return Ok(answer),
    };
    let seat = rooms.take(asked);
    let Ok((response, socket)) = upgrade(&mut request) else {
        return Ok(contract::switching_protocols(None));
    };
    tokio::spawn(async move {
        if let Ok(mut socket) = socket.await {
            socket.set_max_message_size(MOST_BYTES);
            contract::converse(Fast::new(socket), seat).await;
        }
    });
    Ok(response.map(|_| Full::default()))
}

fn main() {
    let server = Server {
        id: ID,
        library: "fastwebsockets",
        notes: &[
            "A task for each connection, on hyper's upgrade, as in its examples.",
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
            service_fn(move |request| ready(open(request, &rooms)))
        })
    });
}
