"""The package websockets on asyncio.

On its own: `python3 servers/python/websockets_server.py --port 8765`
"""

import asyncio
from contextlib import suppress
from http import HTTPStatus

from behaviours import (
    DOCUMENT,
    MAX_MESSAGE_BYTES,
    PUSH,
    ROOM,
    Audiences,
    greeting,
    send_stream,
    tag,
)
from standalone import BACKLOG, installed, loop_note, release, standalone, unmasking

with installed(debian="python3-websockets", pip="websockets"):
    import websockets
    from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

audiences = Audiences()


async def handler(websocket):
    await behaviour_at(path_of_connection(websocket))(websocket)


def path_of_connection(websocket):
    # Older versions have only the path, newer ones the whole request.
    return path_of(getattr(websocket, "request", websocket))


async def echo(websocket):
    async for message in websocket:
        await websocket.send(message)


async def send_tag(websocket):
    async for message in websocket:
        await websocket.send(tag(message))


async def send_document(websocket):
    async for _ in websocket:
        await websocket.send(DOCUMENT)


async def broadcast(websocket):
    path = path_of_connection(websocket)
    audiences.join(path, websocket)
    try:
        async for message in websocket:
            websockets.broadcast(audiences.at(path), message)
    finally:
        audiences.leave(path, websocket)


async def push(websocket):
    with suppress(websockets.ConnectionClosed):
        await send_stream(path_of_connection(websocket), websocket.send)


behaviours = {
    "/": echo,
    "/echo": echo,
    "/tag": send_tag,
    "/json": send_document,
    "/broadcast": broadcast,
}


def behaviour_at(path):
    if PUSH.fullmatch(path):
        return push
    return broadcast if ROOM.fullmatch(path) else behaviours.get(path)


def path_of(request):
    return request.path.partition("?")[0]


def process_request(connection, request):
    """Answers other requests; websockets itself answers 426 if a known path gets no handshake."""
    return answer(path_of(request), request.headers, connection.respond)


async def process_request_before_14(path, headers):
    """Like process_request, with the arguments that websockets passed before version 14."""
    return answer(
        path.partition("?")[0], headers, lambda status, text: (status, [], text.encode())
    )


def answer(path, headers, respond):
    if behaviour_at(path) is None:
        return respond(HTTPStatus.NOT_FOUND, "Not found\n")
    if path == "/" and "Upgrade" not in headers:
        return respond(HTTPStatus.OK, greeting("websockets"))
    return None


def extensions(deflate):
    if deflate is None:
        return None
    return [
        ServerPerMessageDeflateFactory(
            server_no_context_takeover=deflate == "no-takeover",
            client_no_context_takeover=deflate == "no-takeover",
            # The defaults of websockets.
            server_max_window_bits=12,
            client_max_window_bits=12,
            compress_settings={"memLevel": 5},
        )
    ]


async def serve(listener, ready, transport):
    legacy = "legacy" in websockets.serve.__module__
    async with websockets.serve(
        handler,
        sock=listener,
        backlog=BACKLOG,
        compression=None,
        extensions=extensions(transport.deflate),
        max_size=MAX_MESSAGE_BYTES,
        ping_interval=None,
        process_request=process_request_before_14 if legacy else process_request,
        ssl=transport.tls,
    ):
        ready()
        await asyncio.Event().wait()


if __name__ == "__main__":
    standalone(
        "websockets",
        release("websockets"),
        [
            loop_note(),
            "No compression unless a case asks for it, then of every message.",
            "Compression is that of zlib at level 6, in a window of 4 KiB, its defaults.",
            "No logging, no idle timeout, no pings.",
            "TCP_NODELAY is set on the listening socket and inherited from it.",
            "Messages of up to 64 MiB.",
            unmasking(),
            "A connection whose client does not read its replies is not read any further.",
            "What is broadcast and not read is queued in memory without limit.",
        ],
        serve,
        on_uvloop=True,
    )
