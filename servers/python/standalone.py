"""
The main of every Python server: the listening socket, the ready line, and the ways to end. It
behaves like contract/standalone.ts.

The servers are called tornado_server.py and so on, not tornado.py: the folder of a script comes
first on Python's path, so tornado.py would hide the library that it imports.
"""

import asyncio
import errno
import inspect
import json
import logging
import os
import platform
import select
import signal
import socket
import stat
import sys
import threading
import time
import warnings
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any, NoReturn

from options import HOSTNAME, OPTION_LINES, Transport, fail, parse_options

# As many as Linux allows by default: thousands of clients connect at once. The libraries call
# listen() again, most with a default of about 100, so they get it, too.
BACKLOG = 4096

# Variable of the environment that says how many processes share the port.
WORKERS = "WSMARK_WORKERS"

Serve = Callable[[socket.socket, Callable[[], None], Transport], Coroutine[Any, Any, None] | None]

# Only the ready line is printed: libraries would log peers that break the protocol, and warn of
# what is deprecated.
logging.disable()
warnings.simplefilter("ignore")


@contextmanager
def installed(pip: str, debian: str = "") -> Iterator[None]:
    """Turns a failing import within it into one line, with the packages to install if they are not there."""
    try:
        yield
    except OSError as error:
        fail(f"Cannot load {pip}: {error}; there may be none for this kind of machine")
    except ModuleNotFoundError as error:
        packages = f"'apt-get install {debian}' or " if debian else ""
        remedy = f"{packages}'{sys.executable} -m pip install {pip}'"
        fail(f"Cannot find the Python module {error.name}; run {remedy}")


def release(package: str) -> str:
    """A package with its version, as `tornado 6.2`."""
    return f"{package} {version(package)}"


def loop_note() -> str:
    """The note of the servers that run on uvloop if it is there."""
    return f"The event loop is {'uvloop' if find_spec('uvloop') else 'that of asyncio'}."


def unmasking() -> str:
    """The note of the servers on the package websockets, whose C extension is optional."""
    if find_spec("websockets.speedups"):
        return "The C extension of websockets unmasks frames."
    return "Frames are unmasked in Python: websockets came without its C extension."


def standalone(
    server: str,
    library: str,
    notes: list[str],
    serve: Serve,
    lacks: dict[str, str] | None = None,
    on_uvloop: bool = False,
) -> None:
    """
    Runs a server as a separate process until SIGINT, SIGTERM, or the end of a stdin that is a pipe
    or a socket; then its exit code is 0. Wrong options, or an address that is not available, end it
    with one line on stderr and exit code 2.

    `server` is its id in the list of servers, `library` what it runs on with versions, `notes`
    what was set differently from the defaults and what its limits are, a sentence each. `serve`,
    which may be a coroutine function, is given a socket that listens, a function to call once it
    accepts connections, and what these are to be; it does not return. `lacks` is for
    parse_options; the list of servers says the same. `on_uvloop` is set where the authors of the
    library recommend uvloop: a coroutine function runs on it if it is there.
    """
    usage = help_text(server, library, notes)
    hostname, port, transport = parse_options(sys.argv[1:], server, lacks or {}, usage)
    listener = listen(hostname, port)
    # Asked now: under TLS another socket may replace this one.
    port = listener.getsockname()[1]
    url = url_of("ws" if transport.tls is None else "wss", hostname, port)
    is_first = share(listener)

    def ready() -> None:
        if not is_first:
            return
        announce(server, library, notes, url)
        threading.Thread(target=end_with_stdin, daemon=True).start()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    serving = serve(listener, ready, transport)
    if inspect.iscoroutine(serving):
        run(serving, on_uvloop)


def run(serving: Coroutine[Any, Any, None], on_uvloop: bool) -> None:
    if on_uvloop and find_spec("uvloop"):
        import uvloop

        uvloop.run(serving)
    else:
        asyncio.run(serving)


def share(listener: socket.socket) -> bool:
    """
    Forks as many processes as WSMARK_WORKERS says, this one included, which all accept connections
    of a socket that listens; true in the first of them.
    """
    for _ in range(int(os.environ.get(WORKERS, "1")) - 1):
        if os.fork() == 0:
            # The first one has the pipe, and what it ends with reaches this one.
            threading.Thread(target=end_with_parent, args=(os.getppid(),), daemon=True).start()
            return False
    return True


def end_with_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.2)
    end()


def end(*_: object) -> NoReturn:
    """Ends the process at once: no library waits for its connections or reports them."""
    os._exit(0)


def when_answered(listener: socket.socket, ready: Callable[[], None]) -> None:
    """
    Calls a function as soon as anything answers at a listening socket: what accepts there is
    another process, which takes its time to start.
    """
    address = listener.getsockname()

    def ask() -> None:
        with socket.create_connection(address[:2]) as connection:
            # Under TLS it is refused.
            connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
            connection.recv(1)
        ready()

    threading.Thread(target=ask, daemon=True).start()


def help_text(server: str, library: str, notes: list[str]) -> str:
    return "\n".join([
        f"The wsmark server {server} ({library})",
        "",
        *OPTION_LINES,
        "  --help         this text",
        "",
        *notes,
    ])


def listen(hostname: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            hostname, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
        )[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # Its connections inherit it, so no server depends on its library for that.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
        listener.setblocking(False)
        return listener
    except OSError as error:
        fail(explain(error, hostname, port))


def explain(error: OSError, hostname: str, port: int) -> str:
    where = f"Cannot listen on {hostname}, port {port}"
    if error.errno == errno.EADDRINUSE:
        return f"{where}: it is taken; give another --port, or --port 0 for a free one"
    if error.errno == errno.EACCES:
        return f"{where}: permission denied; give a --port above 1023"
    if error.errno == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
        return (
            f"{where}: not an address of this machine; "
            f"give another --hostname, such as {HOSTNAME}"
        )
    return f"{where}: {error.strerror}; check --hostname and --port"


def url_of(scheme: str, hostname: str, port: int) -> str:
    return f"{scheme}://{f'[{hostname}]' if ':' in hostname else hostname}:{port}/"


def announce(server: str, library: str, notes: list[str], url: str) -> None:
    runtime = f"python {platform.python_version()}"
    if sys.stdout.isatty():
        line = f"{server} at {url} ({library}, {runtime}); Ctrl-C stops it"
    else:
        line = json.dumps({
            "ready": True,
            "url": url,
            "pid": os.getpid(),
            "server": server,
            "runtime": runtime,
            "library": library,
            "notes": notes,
        })
    try:
        print(line, flush=True)
    except BrokenPipeError:
        pass  # A reader that went away must not take the server with it.


def end_with_stdin() -> None:
    """A runner that was killed cannot send a signal any more, but its end of the pipe closes."""
    try:
        mode = os.fstat(0).st_mode
        # A terminal, a file and /dev/null are left alone: `server &`, nohup and systemd give one.
        if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
            return
        # Waits for the end even if the pipe was made non-blocking by the parent.
        while select.select([0], [], []) and os.read(0, 65536):
            pass
    except OSError:
        pass
    end()
