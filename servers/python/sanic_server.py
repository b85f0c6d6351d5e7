"""Sanic. On its own: `python3 servers/python/sanic_server.py --port 8765`"""

import asyncio
from contextlib import suppress

from behaviours import (
    DOCUMENT,
    MAX_MESSAGE_BYTES,
    PATHS,
    PUSH,
    ROOM,
    Audiences,
    greeting,
    send_stream,
    tag,
)
from standalone import BACKLOG, installed, loop_note, release, standalone, unmasking

with installed(pip="sanic"):
    from sanic import Sanic, response
    from sanic.exceptions import WebsocketClosed
    from sanic.server.protocols.websocket_protocol import WebSocketProtocol

A_DAY = 24 * 60 * 60

app = Sanic("wsmark", configure_logging=False)
app.config.update(
    MOTD=False,
    RESPONSE_TIMEOUT=A_DAY,
    WEBSOCKET_MAX_SIZE=MAX_MESSAGE_BYTES,
    WEBSOCKET_PING_INTERVAL=0,
)
audiences = Audiences()


@app.on_request
async def answer_plain_request(request):
    if "upgrade" in request.headers:
        return None
    if request.path == "/":
        return response.text(greeting("sanic"))
    if request.path in PATHS or ROOM.fullmatch(request.path) or PUSH.fullmatch(request.path):
        headers = {"Upgrade": "websocket", "Connection": "upgrade"}
        return response.text("Open a WebSocket here\n", status=426, headers=headers)
    return None


@app.websocket("/", name="root")
@app.websocket("/echo")
async def echo(_, websocket):
    async for message in websocket:
        await websocket.send(message)


@app.websocket("/tag")
async def send_tag(_, websocket):
    async for message in websocket:
        await websocket.send(tag(message))


@app.websocket("/json")
async def send_document(_, websocket):
    async for _ in websocket:
        await websocket.send(DOCUMENT)


@app.websocket("/broadcast")
@app.websocket("/room/<number:([0-9]{1,9})>", name="room")
async def broadcast(request, websocket, **_):
    audiences.join(request.path, websocket)
    try:
        async for message in websocket:
            for listener in tuple(audiences.at(request.path)):
                with suppress(WebsocketClosed):
                    await listener.send(message)
    finally:
        audiences.leave(request.path, websocket)


@app.websocket(r"/push/<rate:(?P<rate>[0-9]{1,5}(?:\.[0-9]{1,20})?)>/<size:([0-9]{1,7})>")
async def push(request, websocket, **_):
    sending = asyncio.create_task(send_stream(request.path, websocket.send))
    try:
        async for _message in websocket:
            pass
    finally:
        sending.cancel()


async def serve(listener, ready, transport):
    server = await app.create_server(
        access_log=False,
        backlog=BACKLOG,
        protocol=WebSocketProtocol,
        return_asyncio_server=True,
        sock=listener,
        ssl=transport.tls,
    )
    await server.startup()
    await server.start_serving()
    ready()
    await asyncio.Event().wait()


if __name__ == "__main__":
    standalone(
        "sanic",
        release("sanic"),
        [
            "One worker; frames are read and written by the package websockets.",
            loop_note(),
            "It has no compression.",
            "No logging, no idle timeout, no pings.",
            "TCP_NODELAY is set on the listening socket and inherited from it.",
            "Messages of up to 64 MiB.",
            unmasking(),
            "A connection whose client does not read its replies is not read any further.",
            "A broadcast waits for a listener that does not read.",
        ],
        serve,
        lacks={"deflate": "it asks for no extension of the package websockets"},
        on_uvloop=True,
    )
