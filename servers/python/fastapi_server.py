"""FastAPI on uvicorn. On its own: `python3 servers/python/fastapi_server.py --port 8765`"""

import asyncio
from contextlib import suppress

from behaviours import DOCUMENT, PUSH, Audiences, greeting, send_stream, tag
from standalone import installed, release, standalone

with installed(
    debian="python3-fastapi python3-uvicorn python3-websockets",
    pip="fastapi uvicorn websockets",
):
    from fastapi import FastAPI, Response, WebSocket
    from on_uvicorn import UVICORN_NOTES, serve_on_uvicorn

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


def serve(listener, ready, transport):
    # Older versions answer 403, whatever the application says.
    answers_404 = hasattr(WebSocket, "send_denial_response")
    serve_on_uvicorn(app, listener, ready, transport, answers_404)


if __name__ == "__main__":
    standalone(
        "fastapi",
        f"{release('fastapi')} on {release('uvicorn')} ({release('websockets')})",
        [
            *UVICORN_NOTES,
            "No idle timeout, no pings.",
            "A connection whose client does not read its replies is not read any further.",
            "A broadcast waits for a listener that does not read.",
        ],
        serve,
    )
