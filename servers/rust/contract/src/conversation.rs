use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::behaviours::{DOCUMENT, tag};
use crate::stream::stream;
use crate::{Behaviour, Seat};

/// A connection of a library.
#[allow(async_fn_in_trait, reason = "the futures' bounds are given")]
pub trait Connection: Sized + Send {
    /// A message of text or bytes, which is cheap to clone.
    type Message: Clone + Send;

    /// Reads the next message; nothing if the connection has ended.
    fn read(&mut self) -> impl Future<Output = Option<Self::Message>> + Send;

    /// Writes a message; false if the connection has ended.
    fn write(&mut self, message: Self::Message) -> impl Future<Output = bool> + Send;

    fn text(text: String) -> Self::Message;

    fn content(message: &Self::Message) -> &[u8];

    /// Hands over each message that is read, and writes what comes from a queue meanwhile. A library whose reads lose
    /// bytes if they are given up half-way must do this in its own way.
    fn exchange(
        mut self,
        mut queue: UnboundedReceiver<Self::Message>,
        mut handle: impl FnMut(Self::Message) + Send,
    ) -> impl Future<Output = ()> + Send {
        async move {
            loop {
                tokio::select! {
                    read = self.read() => match read {
                        Some(message) => handle(message),
                        None => return,
                    },
                    Some(message) = queue.recv() => if !self.write(message).await {
                        return;
                    },
                }
            }
        }
    }
}

/// Does with each message of a connection what was asked for, until the connection ends.
pub async fn converse<C: Connection>(mut connection: C, mut seat: Seat<C::Message>) {
    let document = C::text(DOCUMENT.clone());
    if let Some(place) = &mut seat.room {
        let queue = place.queue.take().expect("nobody else takes it");
        let place = &*place;
        return connection.exchange(queue, |message| place.send(&message)).await;
    }
    if seat.asked.behaviour == Behaviour::Push {
        let (own, queue) = unbounded_channel();
        let sending = stream(&seat.asked.path, own, C::text);
        // What the client says is read, and forgotten.
        return tokio::select! {
            () = connection.exchange(queue, drop) => {},
            () = sending => {},
        };
    }
    while let Some(message) = connection.read().await {
        let answer = match seat.asked.behaviour {
            Behaviour::Tag => C::text(tag(C::content(&message))),
            Behaviour::Json => document.clone(),
            _ => message,
        };
        if !connection.write(answer).await {
            return;
        }
    }
}
