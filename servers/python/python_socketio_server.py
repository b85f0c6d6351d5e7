"""python-socketio on uvicorn; the behaviours are namespaces.

On its own: `python3 servers/python/python_socketio_server.py --port 8765`
"""

import asyncio
import logging

from behaviours import DOCUMENT, MAX_MESSAGE_BYTES, PUSH, ROOM, greeting, send_stream, tag
from standalone import installed, release, standalone

with installed(
    debian="python3-socketio python3-uvicorn python3-websockets",
    pip="python-socketio uvicorn websockets",
):
    import socketio
    from on_uvicorn import UVICORN_NOTES, serve_on_uvicorn
    from refusing_packet import RefusingPacket

# A separate logger, because without one errors are printed.
silent = logging.getLogger("wsmark")

io = socketio.AsyncServer(
    async_handlers=False,
    async_mode="asgi",
    cors_allowed_origins="*",
    engineio_logger=silent,
    http_compression=False,
    logger=silent,
    max_http_buffer_size=MAX_MESSAGE_BYTES,
    ping_interval=24 * 60 * 60,
    serializer=RefusingPacket,
)


def answer(namespace, reply, to_all=False):
    """Has each message of a namespace answered with what a function makes of it."""

    async def handle(connection, message):
        await io.send(reply(message), to=None if to_all else connection, namespace=namespace)

    io.on("message", handle, namespace=namespace)


def itself(message):
    return message


answer("/", itself)
answer("/echo", itself)
answer("/tag", tag)
answer("/json", lambda _: DOCUMENT)
answer("/broadcast", itself, to_all=True)


def push(namespace):
    streams = {}

    def begin(connection, *_):
        async def send(message):
            await io.send(message, to=connection, namespace=namespace)

        streams[connection] = asyncio.create_task(send_stream(namespace, send))

    def end(connection, *_):
        streams.pop(connection).cancel()

    io.on("connect", begin, namespace=namespace)
    io.on("disconnect", end, namespace=namespace)


def open_rooms():
    """
    Has a room broadcast, and a stream begin, as soon as somebody enters: there are no handlers for
    all namespaces in all versions.
    """
    connect = io._handle_connect

    async def connect_to_room(connection, namespace, data):
        if namespace not in io.handlers and ROOM.fullmatch(namespace or ""):
            answer(namespace, itself, to_all=True)
        if namespace not in io.handlers and PUSH.fullmatch(namespace or ""):
            push(namespace)
        await connect(connection, namespace, data)

    io._handle_connect = connect_to_room


open_rooms()


async def plain(scope, _receive, send):
    """Answers what is not for Socket.IO."""
    known = scope["path"] == "/"
    await send({
        "type": "http.response.start",
        "status": 200 if known else 404,
        "headers": [(b"content-type", b"text/plain; charset=utf-8")],
    })
    text = greeting("python-socketio") if known else "Not found\n"
    await send({"type": "http.response.body", "body": text.encode()})


def serve(listener, ready, transport):
    serve_on_uvicorn(socketio.ASGIApp(io, plain), listener, ready, transport)


if __name__ == "__main__":
    standalone(
        "python-socketio",
        f"{release('python-socketio')} on {release('uvicorn')} ({release('websockets')})",
        [
            *UVICORN_NOTES,
            "The heartbeat is sent once a day, so that none falls into a trial.",
            "Handlers run one after another, not in tasks of their own.",
            "Clients may begin with long polling; wsmark's begin with WebSocket.",
            "Replies that the client does not read are queued in memory without limit.",
        ],
        serve,
    )
