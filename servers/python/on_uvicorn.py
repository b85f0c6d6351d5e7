"""Serves an application of ASGI on uvicorn, which carries WebSocket with the package websockets."""

from http import HTTPStatus

import uvicorn
from behaviours import MAX_MESSAGE_BYTES, PATHS, PUSH, ROOM
from standalone import BACKLOG, end, loop_note, unmasking
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

UVICORN_NOTES = (
    "One worker; uvicorn carries WebSocket with the package websockets.",
    loop_note(),
    "No compression unless a case asks for it, then of every message.",
    "Compression is that of zlib at level 6, in a window of 32 KiB.",
    "No logging.",
    "TCP_NODELAY is set on the listening socket and inherited from it.",
    "Messages of up to 64 MiB.",
    unmasking(),
)


class Server(uvicorn.Server):
    """uvicorn, except that it says when it is ready, and ends like every server here."""

    def __init__(self, config, ready):
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets=None):
        await super().startup(sockets)
        self.ready()

    def handle_exit(self, sig, frame):
        end()


def is_known(path):
    return path in ("/", *PATHS) or ROOM.fullmatch(path) or PUSH.fullmatch(path)


def websocket_protocol(answers_404, deflate):
    """What carries WebSocket in uvicorn: its own choice if that can do all that is needed."""
    if answers_404 and deflate != "no-takeover":
        return "auto"

    from uvicorn.protocols.websockets.websockets_impl import WebSocketProtocol

    class Protocol(WebSocketProtocol):
        def __init__(self, *args, **settings):
            super().__init__(*args, **settings)
            if deflate == "no-takeover":
                # uvicorn's setting has no parameters: it agrees to what the client asks for.
                self.available_extensions = [
                    ServerPerMessageDeflateFactory(
                        server_no_context_takeover=True, client_no_context_takeover=True
                    )
                ]

        async def process_request(self, path, headers):
            if not answers_404 and not is_known(path.partition("?")[0]):
                return HTTPStatus.NOT_FOUND, [], b"Not found\n"
            return await super().process_request(path, headers)

    return Protocol


def serve_on_uvicorn(app, listener, ready, transport, answers_404=True):
    """
    Serves until the process ends.

    `answers_404` is unset if `app` cannot refuse a WebSocket with 404, which uvicorn then does.
    """
    config = uvicorn.Config(
        app,
        access_log=False,
        backlog=BACKLOG,
        lifespan="off",
        log_config=None,
        ssl_certfile=transport.certificate,
        ws=websocket_protocol(answers_404, transport.deflate),
        ws_max_size=MAX_MESSAGE_BYTES,
        ws_per_message_deflate=transport.deflate is not None,
        ws_ping_interval=None,
    )
    Server(config, ready).run(sockets=[listener])
