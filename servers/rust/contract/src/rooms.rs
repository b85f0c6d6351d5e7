use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::{Asked, Behaviour};

/// The connections that get what one of them sends to all, by path.
pub struct Rooms<M> {
    by_path: Mutex<HashMap<String, Arc<Audience<M>>>>,
}

struct Audience<M> {
    listeners: Mutex<Vec<UnboundedSender<M>>>,
}

/// The place of a connection in its room; one that is in none has a seat, too.
pub struct Seat<M> {
    pub(crate) asked: Asked,
    pub(crate) room: Option<Place<M>>,
}

/// A place in a room. What is sent there is queued without limit: nobody waits for who does not read.
pub(crate) struct Place<M> {
    rooms: Arc<Rooms<M>>,
    path: String,
    audience: Arc<Audience<M>>,
    own: UnboundedSender<M>,
    pub(crate) queue: Option<UnboundedReceiver<M>>,
}

impl<M: Clone> Rooms<M> {
    #[must_use]
    pub fn new() -> Arc<Self> {
        Arc::new(Self { by_path: Mutex::new(HashMap::new()) })
    }

    /// Takes a seat, before the handshake is answered, so that the client misses nothing that is sent from then on.
    #[must_use]
    pub fn take(self: &Arc<Self>, asked: Asked) -> Seat<M> {
        let room = (asked.behaviour == Behaviour::Broadcast).then(|| {
            let (own, queue) = unbounded_channel();
            let mut by_path = lock(&self.by_path);
            let audience = by_path
                .entry(asked.path.clone())
                .or_insert_with(|| Arc::new(Audience { listeners: Mutex::new(Vec::new()) }))
                .clone();
            lock(&audience.listeners).push(own.clone());
            Place { rooms: self.clone(), path: asked.path.clone(), audience, own, queue: Some(queue) }
        });
        Seat { asked, room }
    }
}

impl<M: Clone> Place<M> {
    /// Sends a message to all in the room, in one order for all.
    pub(crate) fn send(&self, message: &M) {
        for listener in lock(&self.audience.listeners).iter() {
            // Whoever has left a moment ago gets nothing.
            let _ = listener.send(message.clone());
        }
    }
}

impl<M> Drop for Place<M> {
    fn drop(&mut self) {
        let mut by_path = lock(&self.rooms.by_path);
        let mut listeners = lock(&self.audience.listeners);
        listeners.retain(|one| !one.same_channel(&self.own));
        if listeners.is_empty() {
            by_path.remove(&self.path);
        }
    }
}

/// A lock is poisoned only by a panic while it is held, which nothing here can cause.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("nothing panics while it holds this lock")
}
