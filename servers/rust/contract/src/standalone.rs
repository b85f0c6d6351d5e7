use std::io::{self, ErrorKind, IsTerminal, Read, Write};
use std::sync::Arc;
use std::{env, mem, process, thread};

use serde_json::json;
use tokio::net::{TcpListener, TcpSocket, lookup_host};
use tokio::signal::unix::{SignalKind, signal};

use crate::Address;
use crate::options::{HOSTNAME, Options, option_lines, read_options};

/// As many as Linux allows by default: thousands of clients connect at once.
const BACKLOG: u32 = 4096;

/// The lock file, which says the versions that were built in.
const LOCK: &str = include_str!("../../Cargo.lock");

/// A server as its file describes it.
pub struct Server {
    /// Its id in the list of servers.
    pub id: &'static str,
    /// The crate that it runs on.
    pub library: &'static str,
    /// What was set differently from the defaults and what its limits are, a sentence each.
    pub notes: &'static [&'static str],
    /// What it cannot do, each with the reason as a phrase; the list of servers says the same.
    pub lacks: &'static [(&'static str, &'static str)],
}

/// Runs a server as a program until SIGINT, SIGTERM, or the end of a stdin that is a pipe or a socket; then its exit code
/// is 0. Wrong options, or an address that is not available, end it with one line on stderr and exit code 2.
pub fn run<F>(server: &Server, serve: impl FnOnce(TcpListener, Arc<Address>) -> F)
where
    F: Future<Output = ()>,
{
    // The variable of Tokio itself, which goes by it where no number is set.
    let wanted = env::var("TOKIO_WORKER_THREADS").ok().and_then(|count| count.parse().ok());
    let threads = wanted.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from));
    let why = if wanted.is_some() { "TOKIO_WORKER_THREADS says" } else { "CPUs that it may use" };
    let mut notes = vec![format!("Tokio has {threads} threads for tasks: as many as {why}.")];
    notes.extend(server.notes.iter().map(|&note| note.to_owned()));
    let library = format!("{} {}", server.library, version_of(server.library));
    let address = match read_options(env::args().skip(1), server.id, server.lacks) {
        Err(wrong) => fail(&wrong),
        Ok(Options::Help) => {
            let (id, notes) = (server.id, notes.join("\n"));
            let options = option_lines();
            return print(&format!(
                "The wsmark server {id} ({library})\n\n{options}\n  --help         this text\n\n{notes}"
            ));
        }
        Ok(Options::Serve(address)) => address,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads)
        .enable_all()
        .build()
        .unwrap_or_else(|error| fail(&format!("Cannot start Tokio: {error}; check its limits")));
    runtime.block_on(async {
        let listener = match listen(&address).await {
            Ok(listener) => listener,
            Err(error) => fail(&explain(&error, &address)),
        };
        let port = listener.local_addr().map_or(address.port, |own| own.port());
        for kind in [SignalKind::interrupt(), SignalKind::terminate()] {
            let mut signals = signal(kind).expect("these can be handled");
            tokio::spawn(async move {
                signals.recv().await;
                process::exit(0);
            });
        }
        announce(server.id, &library, &notes, &url_of(&address, port));
        thread::spawn(end_with_stdin);
        serve(listener, Arc::new(address)).await;
    });
}

/// The version of a crate in the lock file.
fn version_of(name: &str) -> &'static str {
    LOCK.split_once(&format!("\nname = \"{name}\"\nversion = \""))
        .and_then(|(_, rest)| rest.split('"').next())
        .expect("a server depends on its library")
}

async fn listen(address: &Address) -> io::Result<TcpListener> {
    let place = lookup_host((address.hostname.as_str(), address.port))
        .await
        .map_err(|_| ErrorKind::AddrNotAvailable)?
        .next()
        .ok_or(ErrorKind::AddrNotAvailable)?;
    let socket = if place.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    socket.set_reuseaddr(true)?;
    socket.bind(place)?;
    socket.listen(BACKLOG)
}

fn explain(error: &io::Error, Address { hostname, port, .. }: &Address) -> String {
    let what = match error.kind() {
        ErrorKind::AddrInUse => "it is taken; give another --port, or --port 0 for a free one".into(),
        ErrorKind::PermissionDenied => "permission denied; give a --port above 1023".into(),
        ErrorKind::AddrNotAvailable => {
            format!("not an address of this machine; give another --hostname, such as {HOSTNAME}")
        }
        _ => format!("{error}; check --hostname and --port"),
    };
    format!("Cannot listen on {hostname}, port {port}: {what}")
}

fn url_of(Address { hostname, tls, .. }: &Address, port: u16) -> String {
    let scheme = if tls.is_some() { "wss" } else { "ws" };
    if hostname.contains(':') {
        format!("{scheme}://[{hostname}]:{port}/")
    } else {
        format!("{scheme}://{hostname}:{port}/")
    }
}

fn announce(id: &str, library: &str, notes: &[String], url: &str) {
    let runtime = concat!("rust ", env!("RUSTC_VERSION"));
    if io::stdout().is_terminal() {
        return print(&format!("{id} at {url} ({library}, {runtime}); Ctrl-C stops it"));
    }
    let line = json!({
        "ready": true, "url": url, "pid": process::id(), "server": id, "runtime": runtime,
        "library": library, "notes": notes,
    });
    print(&line.to_string());
}

/// A reader that went away must not take the server with it.
fn print(text: &str) {
    let mut out = io::stdout();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// A runner that was killed cannot send a signal any more, but its end of the pipe closes. A terminal, a file and /dev/null
/// are left alone: `server &`, nohup and systemd give one of them.
fn end_with_stdin() {
    // SAFETY: the structure is valid if it is all zeros, and fstat fills it.
    let kind = unsafe {
        let mut state: libc::stat = mem::zeroed();
        if libc::fstat(0, &raw mut state) != 0 {
            return;
        }
        state.st_mode & libc::S_IFMT
    };
    if kind != libc::S_IFIFO && kind != libc::S_IFSOCK {
        return;
    }
    let mut bytes = [0; 4096];
    while io::stdin().read(&mut bytes).is_ok_and(|count| count > 0) {}
    process::exit(0);
}

/// Ends the process with one line on stderr and exit code 2.
fn fail(message: &str) -> ! {
    let _ = writeln!(io::stderr(), "{message}");
    process::exit(2)
}
