use std::fs;
use std::sync::Arc;

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

pub(crate) const HOSTNAME: &str = "127.0.0.1";
const PORT: u16 = 8765;
const PEM: &str = "give a PEM file with the certificate and its private key";

/// Where a server listens, and how connections differ from plain ones.
pub struct Address {
    pub hostname: String,
    pub port: u16,
    pub tls: Option<TlsAcceptor>,
    /// `takeover` or `no-takeover`.
    pub deflate: Option<String>,
}

/// What the options ask for.
pub(crate) enum Options {
    Serve(Address),
    Help,
}

pub(crate) fn option_lines() -> String {
    format!(
        "  --port N       port to listen on; 0 takes a free one (default {PORT})
  --hostname H   host name or address to bind (default {HOSTNAME})
  --tls FILE     encrypt the connections: PEM file of certificate and private key
  --deflate M    compress messages where the client offers it: takeover or no-takeover"
    )
}

/// Reads the options of a server; what is wrong is said in one line.
pub(crate) fn read_options(
    args: impl Iterator<Item = String>,
    id: &str,
    lacks: &[(&str, &str)],
) -> Result<Options, String> {
    let mut address = Address { hostname: HOSTNAME.to_owned(), port: PORT, tls: None, deflate: None };
    let lacking = |what: &str| lacks.iter().find(|(name, _)| *name == what).map(|(_, why)| *why);
    let mut words = args.flat_map(split).collect::<std::collections::VecDeque<_>>();
    while let Some(option) = words.pop_front() {
        match option.as_str() {
            "--help" => return Ok(Options::Help),
            "--port" | "--hostname" | "--tls" | "--deflate" => {}
            _ => {
                return Err(format!(
                    "Unknown option '{option}'; give --port, --hostname, --tls, --deflate or --help"
                ));
            }
        }
        let value = words
            .pop_front()
            .filter(|value| !value.is_empty())
            .ok_or_else(|| format!("{option} needs a value; give one, or leave the option out"))?;
        if let Some(why) = lacking(&option[2..]) {
            return Err(format!("{id} has no {option}, as {why}; leave it out"));
        }
        match option.as_str() {
            "--port" => address.port = read_port(&value)?,
            "--hostname" => address.hostname = value.trim_matches(['[', ']']).to_owned(),
            "--tls" => address.tls = Some(read_certificate(&value)?),
            _ if !["takeover", "no-takeover"].contains(&value.as_str()) => {
                return Err(format!("Unknown --deflate '{value}'; give takeover or no-takeover"));
            }
            _ => {
                if let Some(why) = lacking(&value) {
                    return Err(format!("{id} has no --deflate {value}, as {why}; leave it out"));
                }
                address.deflate = Some(value);
            }
        }
    }
    Ok(Options::Serve(address))
}

/// Splits `--option=value`; a separate value, such as a path, may contain a `=`.
fn split(arg: String) -> Vec<String> {
    match arg.split_once('=') {
        Some((option, value))
            if option.len() > 2
                && option.starts_with("--")
                && option[2..].bytes().all(|byte| byte.is_ascii_alphanumeric()) =>
        {
            vec![option.to_owned(), value.to_owned()]
        }
        _ => vec![arg],
    }
}

fn read_port(value: &str) -> Result<u16, String> {
    let is_number = value.len() <= 5 && value.bytes().all(|byte| byte.is_ascii_digit());
    value.parse().ok().filter(|_| is_number).ok_or_else(|| {
        format!("Cannot listen on port '{value}'; give a --port from 0 to 65535, 0 for a free one")
    })
}

fn read_certificate(path: &str) -> Result<TlsAcceptor, String> {
    let cannot = |reason: &dyn std::fmt::Display| format!("Cannot read --tls '{path}': {reason}; {PEM}");
    let pem = fs::read(path).map_err(|error| cannot(&error))?;
    let lacks = || format!("--tls '{path}' lacks one of the two: {PEM}");
    let chain = CertificateDer::pem_slice_iter(&pem).collect::<Result<Vec<_>, _>>().map_err(|_| lacks())?;
    let key = PrivateKeyDer::from_pem_slice(&pem).map_err(|_| lacks())?;
    if chain.is_empty() {
        return Err(lacks());
    }
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|error| cannot(&error))?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}
