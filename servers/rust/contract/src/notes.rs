//! What several servers say of themselves.

pub const NO_LOGGING: &str = "No logging, no idle timeout.";
pub const NO_DELAY: &str = "TCP_NODELAY is set on every connection.";
pub const MOST_BYTES: &str = "Messages of up to 64 MiB.";
pub const BACKPRESSURE: &str = "A connection whose client does not read its replies is not read any further.";
pub const UNLIMITED: &str =
    "What is broadcast, or sent by itself, and not read is queued in memory without limit.";
pub const HYPER: &str = "The handshake is hyper's, as in its examples; then it has the bare connection.";
