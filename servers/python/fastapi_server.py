"""FastAPI on uvicorn. On its own: `python3 servers/python/fastapi_server.py --port 8765`"""

import asyncio
from contextlib import suppress
from http import HTTPStatus
from importlib.util import find_spec

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
from standalone import BACKLOG, end, installed, release, standalone, unmasking

with installed(
    debian="python3-fastapi python3-uvicorn python3-websockets",
    pip="fastapi uvicorn websockets",
):
    import uvicorn
    import websockets
    from fastapi import FastAPI, Response, WebSocket
    from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

app = FastAPI(openapi_url=None)
audiences = Audiences()


@app.websocket("/")
@app.websocket("/echo")
async def echo(websocket: WebSocket):
    async for message in messages(websocket):
        await send(websocket, message)


@app.websocket("/tag")
async def send_tag(websocket: WebSocket):
    async for message in messages(websocket):
        await websocket.send_text(tag(message))


@app.websocket("/json")
async def send_document(websocket: WebSocket):
    async for _ in messages(websocket):
        await websocket.send_text(DOCUMENT)


@app.websocket("/broadcast")
@app.websocket("/room/{number:int}")
async def broadcast(websocket: WebSocket):
    path = websocket.url.path
    audiences.join(path, websocket)
    try:
        async for message in messages(websocket):
            for listener in tuple(audiences.at(path)):
                # Every layer has its own exception for a listener that is just leaving.
                with suppress(Exception):
                    await send(listener, message)
    finally:
        audiences.leave(path, websocket)


@app.websocket("/push/{rate}/{size}")
async def push(websocket: WebSocket):
    path = websocket.url.path
    if not PUSH.fullmatch(path):
        return await refuse(websocket)
    await websocket.accept()
    sending = asyncio.create_task(send_stream(path, websocket.send_text))
    try:
        while (await websocket.receive())["type"] != "websocket.disconnect":
            pass
    finally:
        sending.cancel()


@app.websocket("/{path:path}")
async def refuse(websocket: WebSocket):
    await websocket.send_denial_response(Response("Not found\n", status_code=404))


@app.get("/")
async def greet():
    return Response(greeting("fastapi"), media_type="text/plain")


@app.get("/echo")
@app.get("/tag")
@app.get("/json")
@app.get("/broadcast")
@app.get("/room/{number:int}")
@app.get("/push/{rate:float}/{size:int}")
async def ask_for_upgrade():
    headers = {"Upgrade": "websocket", "Connection": "upgrade"}
    return Response("Open a WebSocket here\n", status_code=426, headers=headers)


async def messages(websocket):
    """Accepts a connection and yields its messages, text or bytes, until it closes."""
    await websocket.accept()
    while (event := await websocket.receive())["type"] != "websocket.disconnect":
        text = event.get("text")
        yield event["bytes"] if text is None else text


async def send(websocket, message):
    if isinstance(message, str):
        await websocket.send_text(message)
    else:
        await websocket.send_bytes(message)


def is_numbered(path):
    return ROOM.fullmatch(path) or PUSH.fullmatch(path)


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


def websocket_protocol(deflate):
    """What carries WebSocket in uvicorn: its own choice if that can do all that is needed."""
    answers_404 = hasattr(WebSocket, "send_denial_response")
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
            # Older versions answer 403, whatever the application says.
            known = path.partition("?")[0]
            if not answers_404 and known not in ("/", *PATHS) and not is_numbered(known):
                return HTTPStatus.NOT_FOUND, [], b"Not found\n"
            return await super().process_request(path, headers)

    return Protocol


def serve(listener, ready, transport):
    config = uvicorn.Config(
        app,
        access_log=False,
        backlog=BACKLOG,
        lifespan="off",
        log_config=None,
        ssl_certfile=transport.certificate,
        ws=websocket_protocol(transport.deflate),
        ws_max_size=MAX_MESSAGE_BYTES,
        ws_per_message_deflate=transport.deflate is not None,
        ws_ping_interval=None,
    )
    Server(config, ready).run(sockets=[listener])


if __name__ == "__main__":
    standalone(
        "fastapi",
        f"{release('fastapi')} on {release('uvicorn')} ({release('websockets')})",
        [
            "One worker; uvicorn carries WebSocket with the package websockets.",
            f"The event loop is {'uvloop' if find_spec('uvloop') else 'that of asyncio'}.",
            "No compression unless a case asks for it, then of every message.",
            "Compression is that of zlib at level 6, in a window of 32 KiB.",
            "No logging, no idle timeout, no pings.",
            "TCP_NODELAY is set on the listening socket and inherited from it.",
            "Messages of up to 64 MiB.",
            unmasking(),
            "A connection whose client does not read its replies is not read any further.",
            "A broadcast waits for a listener that does not read.",
        ],
        serve,
    )
