"""Starlette on Granian. On its own: `python3 servers/python/granian_server.py --port 8765`"""

import multiprocessing
import threading
from pathlib import Path

from behaviours import greeting
from standalone import BACKLOG, end, installed, loop_note, release, standalone, when_answered

with installed(pip="starlette granian uvloop"):
    from granian.constants import Interfaces
    from granian.net import SocketHolder
    from granian.server import Server
    from starlette.applications import Starlette
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route, WebSocketRoute
    from starlette_behaviours import ONLY_WEBSOCKETS, WEBSOCKETS, ask_for_upgrade


async def greet(_):
    return PlainTextResponse(greeting("granian"))


def application():
    """What Granian's worker serves; it ends when the process does that started it."""
    threading.Thread(target=follow, daemon=True).start()
    return Starlette(
        routes=[
            Route("/", greet),
            *(Route(path, ask_for_upgrade) for path in ONLY_WEBSOCKETS),
            *(WebSocketRoute(path, behaviour) for path, behaviour in WEBSOCKETS.items()),
        ]
    )


def follow():
    multiprocessing.parent_process().join()
    end()


class Granian(Server):
    """Granian, except that it serves a socket that listens already, and ends like every server here."""

    def __init__(self, listener, *args, **settings):
        super().__init__(*args, **settings)
        self.listener = listener

    def _init_shared_socket(self):
        self._shd = SocketHolder(self.listener.fileno(), False, BACKLOG)
        self._sfd, self._sso = self.listener.fileno(), None

    def signal_handler_interrupt(self, *_):
        end()


def serve(listener, ready, transport):
    when_answered(listener, ready)
    certificate = transport.certificate and Path(transport.certificate)
    Granian(
        listener,
        "granian_server:application",
        backlog=BACKLOG,
        factory=True,
        interface=Interfaces.ASGINL,
        log_enabled=False,
        ssl_cert=certificate,
        ssl_key=certificate,
    ).serve()


if __name__ == "__main__":
    standalone(
        "granian",
        f"{release('starlette')} on {release('granian')}",
        [
            "One worker of Granian, in a process of its own; the one that started it only watches.",
            loop_note(),
            "Granian carries WebSocket with the Rust crate tungstenite, in one thread of Tokio.",
            "It has no compression.",
            "No logging, no idle timeout, no pings.",
            "TCP_NODELAY is set on the listening socket and inherited from it.",
            "A broadcast waits for a listener that does not read.",
        ],
        serve,
        lacks={"deflate": "it knows no extension"},
    )
