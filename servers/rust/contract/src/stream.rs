use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::mpsc::UnboundedSender;
use tokio::time::{Instant, sleep_until};

/// The messages per second and the bytes of each of `/push/RATE/SIZE`; nothing for another path.
pub(crate) fn read_push(path: &str) -> Option<(f64, usize)> {
    let (rate, size) = path.strip_prefix("/push/")?.split_once('/')?;
    let (whole, part) = rate.split_once('.').unwrap_or((rate, "0"));
    let is_right = is_number(whole, 5) && is_number(part, 20) && is_number(size, 7);
    is_right.then(|| Some((rate.parse().ok()?, size.parse().ok()?)))?
}

/// Whether a text has only digits, at least one and at most so many.
pub(crate) fn is_number(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit())
}

/// Puts the messages of a path into a queue, from now on, evenly, until nobody takes them; those that are late are made up
/// for.
pub(crate) async fn stream<M>(path: &str, queue: UnboundedSender<M>, text: impl Fn(String) -> M) {
    let (rate, size) = read_push(path).expect("it is the path of a stream");
    let start = Instant::now();
    for sequence in 0_u32.. {
        let Ok(after) = Duration::try_from_secs_f64(f64::from(sequence) / rate) else {
            // A rate of 0 sends nothing.
            return queue.closed().await;
        };
        sleep_until(start + after).await;
        if queue.send(text(stream_message(sequence, size))).is_err() {
            return;
        }
    }
}

/// JSON with its number, and the time at which it is made in whole microseconds since 1970.
fn stream_message(sequence: u32, size: usize) -> String {
    let time = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_micros());
    let head = format!("{{\"sequence\":{sequence},\"time\":{time},\"fill\":\"");
    let fill = "x".repeat(size.saturating_sub(head.len() + 2));
    head + &fill + "\"}"
}
