"""Flask-SocketIO on eventlet; the behaviours are namespaces.

On its own: `python3 servers/python/flask_socketio_server.py --port 8765`
"""

import logging

from behaviours import DOCUMENT, MAX_MESSAGE_BYTES, PUSH, ROOM, greeting, stream, tag
from standalone import installed, release, standalone
from takeover import without_takeover

with installed(
    debian="python3-flask-socketio python3-eventlet",
    pip="flask-socketio eventlet",
):
    import eventlet.debug
    import eventlet.hubs
    import eventlet.wsgi
    from eventlet.greenio import GreenSocket
    from eventlet.websocket import WebSocketWSGI
    from flask import Flask, Response, request
    from flask_socketio import SocketIO, send
    from socketio.packet import CONNECT_ERROR, Packet


class RefusingPacket(Packet):
    """A refusal holds an object (Socket.IO protocol, revision 5), not python-socketio's string."""

    def encode(self):
        if self.packet_type == CONNECT_ERROR and isinstance(self.data, str):
            self.data = {"message": "Invalid namespace"}
        return super().encode()


# A separate logger, because without one errors are printed.
silent = logging.getLogger("wsmark")

app = Flask(__name__, static_folder=None)
io = SocketIO(
    app,
    async_handlers=False,
    async_mode="eventlet",
    cors_allowed_origins="*",
    engineio_logger=silent,
    http_compression=False,
    logger=silent,
    max_http_buffer_size=MAX_MESSAGE_BYTES,
    ping_interval=24 * 60 * 60,
    serializer=RefusingPacket,
)
# It would print a peer's errors in the handshake of TLS, without a logger.
eventlet.debug.hub_exceptions(False)


def forget(descriptor, _):
    """Instead of printing the traceback of a connection that its peer broke off."""
    eventlet.hubs.get_hub().remove_descriptor(descriptor)


eventlet.hubs.get_hub().squelch_exception = forget
# Instead of eventlet's limit of 8 MiB a frame: only newer Engine.IO for Python passes its own on.
WebSocketWSGI.__init__.__defaults__ = (MAX_MESSAGE_BYTES,)


@io.on("message")
@io.on("message", namespace="/echo")
def echo(message):
    send(message)


@io.on("message", namespace="/tag")
def send_tag(message):
    send(tag(message))


@io.on("message", namespace="/json")
def send_document(message):
    send(DOCUMENT)


@io.on("message", namespace="/broadcast")
def broadcast(message):
    send(message, broadcast=True)


streams = set()


def push():
    namespace = request.namespace
    streams.add(request.sid)
    io.start_background_task(push_to, request.sid, namespace)


def push_to(connection, namespace):
    for wait, message in stream(namespace):
        io.sleep(wait)
        if connection not in streams:
            return
        io.send(message(), to=connection, namespace=namespace)


def end_push(*_):
    streams.discard(request.sid)


def open_rooms():
    """
    Has a room broadcast, and a stream begin, as soon as somebody enters: there are no handlers for
    all namespaces in all versions.
    """
    connect = io.server._handle_connect

    def connect_to_room(connection, namespace, data):
        if namespace not in io.server.handlers and ROOM.fullmatch(namespace or ""):
            io.on_event("message", broadcast, namespace=namespace)
        if namespace not in io.server.handlers and PUSH.fullmatch(namespace or ""):
            io.on_event("connect", push, namespace=namespace)
            io.on_event("disconnect", end_push, namespace=namespace)
        connect(connection, namespace, data)

    io.server._handle_connect = connect_to_room


open_rooms()


@app.get("/")
def greet():
    return Response(greeting("flask-socketio"), mimetype="text/plain")


def compressing(deflate):
    """eventlet agrees to compress as the client asks, and has no option for or against it."""

    def application(environ, start_response):
        offers = environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        if deflate is not None and offers is not None:
            environ["HTTP_SEC_WEBSOCKET_EXTENSIONS"] = (
                without_takeover(offers) if deflate == "no-takeover" else offers
            )
        return app(environ, start_response)

    return application


def serve(listener, ready, transport):
    sock = GreenSocket(listener)
    if transport.certificate is not None:
        sock = eventlet.wrap_ssl(sock, certfile=transport.certificate, server_side=True)
    ready()
    eventlet.wsgi.server(
        sock,
        compressing(transport.deflate),
        debug=False,
        log_output=False,
        max_size=1_000_000,
    )


if __name__ == "__main__":
    standalone(
        "flask-socketio",
        f"{release('flask-socketio')} on {release('eventlet')}",
        [
            "No compression unless a case asks for it, then of every message that is not empty.",
            "Compression is that of zlib at level 6, in a window of 32 KiB.",
            "No logging.",
            "TCP_NODELAY is set on the listening socket and inherited from it.",
            "The heartbeat is sent once a day, so that none falls into a trial.",
            "Large messages are slow: eventlet unmasks them in Python, byte by byte.",
            "Handlers run one after another, not in separate green threads.",
            "Clients may begin with long polling; wsmark's begin with WebSocket.",
            "Messages of up to 64 MiB.",
            "Replies that the client does not read are queued in memory without limit.",
        ],
        serve,
    )
