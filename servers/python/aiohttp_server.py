"""aiohttp. On its own: `python3 servers/python/aiohttp_server.py --port 8765`"""

import asyncio

from behaviours import DOCUMENT, MAX_MESSAGE_BYTES, Audiences, greeting, send_stream, tag
from standalone import BACKLOG, installed, release, standalone
from takeover import without_takeover

with installed(debian="python3-aiohttp", pip="aiohttp"):
    from aiohttp import WSMsgType, hdrs, web

audiences = Audiences()


async def echo(websocket):
    async for message in websocket:
        await send(websocket, message)


async def send_tag(websocket):
    async for message in websocket:
        if message.type != WSMsgType.ERROR:
            await websocket.send_str(tag(message.data))


async def send_document(websocket):
    async for message in websocket:
        if message.type != WSMsgType.ERROR:
            await websocket.send_str(DOCUMENT)


async def broadcast(websocket):
    path = websocket["path"]
    audiences.join(path, websocket)
    try:
        async for message in websocket:
            for listener in tuple(audiences.at(path)):
                try:
                    await send(listener, message)
                except ConnectionError:
                    pass  # It is leaving, and removes itself from the audience.
    finally:
        audiences.leave(path, websocket)


async def push(websocket):
    sending = asyncio.create_task(send_stream(websocket["path"], websocket.send_str))
    try:
        async for _ in websocket:
            pass
    finally:
        sending.cancel()


async def send(websocket, message):
    if message.type == WSMsgType.TEXT:
        await websocket.send_str(message.data)
    elif message.type == WSMsgType.BINARY:
        await websocket.send_bytes(message.data)


def route(path, behaviour, deflate):
    async def handle(request):
        if request.headers.get("Upgrade", "").lower() != "websocket":
            return answer_plain_request(path)
        # By itself it would answer every close with code 1000.
        websocket = web.WebSocketResponse(
            autoclose=False, compress=deflate is not None, max_msg_size=MAX_MESSAGE_BYTES
        )
        websocket["path"] = request.path
        await websocket.prepare(request)
        await behaviour(websocket)
        code = websocket.close_code or 1000
        # It means that no code came, and must not be sent, but aiohttp lets a client send it.
        await websocket.close(code=1002 if code == 1006 else code)
        return websocket

    return web.get(path, handle)


def answer_plain_request(path):
    if path == "/":
        return web.Response(text=greeting("aiohttp"))
    headers = {"Upgrade": "websocket", "Connection": "upgrade"}
    return web.Response(status=426, headers=headers, text="Open a WebSocket here\n")


@web.middleware
async def refuse_takeover(request, handler):
    offers = request.headers.get(hdrs.SEC_WEBSOCKET_EXTENSIONS)
    if offers is None:
        return await handler(request)
    headers = request.headers.copy()
    headers[hdrs.SEC_WEBSOCKET_EXTENSIONS] = without_takeover(offers)
    return await handler(request.clone(headers=headers))


async def serve(listener, ready, transport):
    deflate = transport.deflate
    app = web.Application(middlewares=[refuse_takeover] if deflate == "no-takeover" else [])
    app.add_routes([
        route("/", echo, deflate),
        route("/echo", echo, deflate),
        route("/tag", send_tag, deflate),
        route("/json", send_document, deflate),
        route("/broadcast", broadcast, deflate),
        route("/room/{number:[0-9]{1,9}}", broadcast, deflate),
        route("/push/{rate:[0-9]{1,5}(?:\\.[0-9]{1,20})?}/{size:[0-9]{1,7}}", push, deflate),
    ])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.SockSite(runner, listener, backlog=BACKLOG, ssl_context=transport.tls)
    await site.start()
    ready()
    await asyncio.Event().wait()


if __name__ == "__main__":
    standalone(
        "aiohttp",
        release("aiohttp"),
        [
            "No compression unless a case asks for it, then of every message.",
            "Compression is that of zlib at level 1, in a window of 32 KiB.",
            "A client may always use context takeover: aiohttp has no option against it.",
            "No logging, no idle timeout, no pings.",
            "TCP_NODELAY is set on the listening socket and inherited from it.",
            "Messages of up to 64 MiB.",
            "A connection whose client does not read its replies is not read any further.",
            "A broadcast waits for a listener that does not read.",
        ],
        serve,
    )
