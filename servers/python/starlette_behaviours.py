"""What the servers on Starlette answer, FastAPI among them, as functions for its routes."""

import asyncio
from contextlib import suppress

from behaviours import DOCUMENT, PUSH, Audiences, send_stream, tag
from starlette.responses import Response
from starlette.websockets import WebSocket

audiences = Audiences()


async def echo(websocket: WebSocket):
    async for message in messages(websocket):
        await send(websocket, message)


async def send_tag(websocket: WebSocket):
    async for message in messages(websocket):
        await websocket.send_text(tag(message))


async def send_document(websocket: WebSocket):
    async for _ in messages(websocket):
        await websocket.send_text(DOCUMENT)


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


async def refuse(websocket: WebSocket):
    await websocket.send_denial_response(Response("Not found\n", status_code=404))


WEBSOCKETS = {
    "/": echo,
    "/echo": echo,
    "/tag": send_tag,
    "/json": send_document,
    "/broadcast": broadcast,
    "/room/{number:int}": broadcast,
    "/push/{rate}/{size}": push,
    "/{path:path}": refuse,
}

# Where a request that opens no WebSocket is told to.
ONLY_WEBSOCKETS = (
    "/echo",
    "/tag",
    "/json",
    "/broadcast",
    "/room/{number:int}",
    "/push/{rate:float}/{size:int}",
)


async def ask_for_upgrade(_):
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
