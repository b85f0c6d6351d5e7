//! What all servers in Rust share: what they answer, whatever library carries it, their options, and how they start and
//! end. It is the same as behaviours.ts, options.ts and standalone.ts of servers/contract.

mod behaviours;
mod conversation;
mod http;
pub mod notes;
mod options;
mod rooms;
mod standalone;
mod stream;

pub use behaviours::{Asked, Behaviour, MAX_MESSAGE_BYTES};
pub use conversation::{Connection, converse};
pub use http::{Answer, Io, answer_to, serve, switching_protocols, upgraded};
pub use options::Address;
pub use rooms::{Rooms, Seat};
pub use standalone::{Server, run};
