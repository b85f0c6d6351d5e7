use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::{Body, Incoming};
use hyper::header::{
    CONNECTION, CONTENT_TYPE, HeaderValue, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION,
    UPGRADE,
};
use hyper::service::HttpService;
use hyper::upgrade::{OnUpgrade, Parts};
use hyper::{Method, Request, Response, StatusCode, Version};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::server::TlsStream;
use tokio_util::either::Either;

use crate::behaviours::asked_at;
use crate::{Address, Asked};

/// A connection, plain or encrypted.
pub type Io = Either<TcpStream, TlsStream<TcpStream>>;

/// An answer of hyper.
pub type Answer = Response<Full<Bytes>>;

/// What a request asks for that opens a WebSocket, or the answer to another one.
///
/// # Errors
///
/// It is no error that a request opens no WebSocket: its answer is in the place of one.
pub fn answer_to<B>(id: &str, request: &Request<B>) -> Result<Asked, Answer> {
    let path = request.uri().path();
    let Some(asked) = asked_at(path) else {
        return Err(text(StatusCode::NOT_FOUND, "Not found\n".to_owned()));
    };
    let upgrade = request.headers().get(UPGRADE);
    if upgrade.is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"websocket")) {
        return refusal_of(request).map_or(Ok(asked), Err);
    }
    if path == "/" {
        let hint = "open a WebSocket at /echo, /tag, /json, /broadcast, /room/N, /push/RATE/SIZE";
        return Err(text(StatusCode::OK, format!("wsmark server {id}: {hint}\n")));
    }
    let mut answer = text(StatusCode::UPGRADE_REQUIRED, "Open a WebSocket here\n".to_owned());
    answer.headers_mut().insert(UPGRADE, "websocket".parse().expect("it is a token"));
    answer.headers_mut().insert(CONNECTION, "upgrade".parse().expect("it is a token"));
    Err(answer)
}

/// The answer to a handshake that RFC 6455, section 4.2.1, does not allow; none if it does.
fn refusal_of<B>(request: &Request<B>) -> Option<Answer> {
    let headers = request.headers();
    let is_upgrade = headers.get_all(CONNECTION).iter().any(|value| {
        value
            .as_bytes()
            .split(|&byte| byte == b',')
            .any(|token| token.trim_ascii().eq_ignore_ascii_case(b"upgrade"))
    });
    let mut keys = headers.get_all(SEC_WEBSOCKET_KEY).iter();
    let has_key = keys.next().is_some_and(|key| is_key(key.as_bytes())) && keys.next().is_none();
    if request.method() != Method::GET || request.version() != Version::HTTP_11 || !is_upgrade || !has_key {
        return Some(text(StatusCode::BAD_REQUEST, "Not a WebSocket handshake\n".to_owned()));
    }
    if headers.get(SEC_WEBSOCKET_VERSION).is_some_and(|version| version == VERSION) {
        return None;
    }
    let mut answer = text(StatusCode::UPGRADE_REQUIRED, "Only version 13 of WebSocket is known\n".to_owned());
    answer.headers_mut().insert(SEC_WEBSOCKET_VERSION, HeaderValue::from_static(VERSION));
    Some(answer)
}

/// The version of RFC 6455.
const VERSION: &str = "13";

/// Whether it is the base64 of 16 bytes.
fn is_key(key: &[u8]) -> bool {
    let (digits, padding) = key.split_at(key.len().min(22));
    digits.len() == 22
        && padding == b"=="
        && digits.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}

fn text(status: StatusCode, text: String) -> Answer {
    Response::builder()
        .status(status)
        .header(CONTENT_TYPE, "text/plain; charset=utf-8")
        .body(Full::new(Bytes::from(text)))
        .expect("its parts are right")
}

/// The answer that opens a WebSocket, with the proof for the client's key; 400 without a key.
pub fn switching_protocols(proof: Option<String>) -> Answer {
    let Some(proof) = proof else {
        return text(StatusCode::BAD_REQUEST, "Not a WebSocket handshake\n".to_owned());
    };
    Response::builder()
        .status(StatusCode::SWITCHING_PROTOCOLS)
        .header(CONNECTION, "upgrade")
        .header(UPGRADE, "websocket")
        .header(SEC_WEBSOCKET_ACCEPT, proof)
        .body(Full::default())
        .expect("its parts are right")
}

/// The bare connection once the answer has been sent, and what the client has sent already.
pub async fn upgraded(upgrade: OnUpgrade) -> Option<(Io, Bytes)> {
    let Parts { io, read_buf, .. } = upgrade.await.ok()?.downcast::<TokioIo<Io>>().ok()?;
    Some((io.into_inner(), read_buf))
}

/// Accepts connections for ever, each with a service of its own.
pub async fn serve<S>(listener: TcpListener, address: Arc<Address>, service: impl Fn() -> S)
where
    S: HttpService<Incoming, Error = Infallible> + Send + 'static,
    S::Future: Send,
    S::ResBody: Body<Data: Send, Error: Into<Box<dyn std::error::Error + Send + Sync>>> + Send + 'static,
{
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Descriptors have run out: others must be closed first.
            tokio::task::yield_now().await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let (tls, service) = (address.tls.clone(), service());
        tokio::spawn(async move {
            let io = match tls {
                None => Either::Left(stream),
                Some(tls) => match tls.accept(stream).await {
                    Ok(stream) => Either::Right(stream),
                    Err(_) => return,
                },
            };
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(io), service)
                .with_upgrades()
                .await;
        });
    }
}
