"""socketify, which is uWebSockets for Python. On its own: `python3 servers/python/socketify_server.py --port 8765`"""

import asyncio

from behaviours import DOCUMENT, MAX_MESSAGE_BYTES, PUSH, ROOM, greeting, send_stream, tag
from standalone import installed, release, standalone

with installed(pip="socketify cffi"):
    from socketify import App, AppListenOptions, AppOptions, CompressOptions, OpCode

class Server:
    def __init__(self, transport):
        certificate = transport.certificate
        options = certificate and AppOptions(key_file_name=certificate, cert_file_name=certificate)
        self.app = App(options)
        self.compresses = transport.deflate is not None
        self.compression = CompressOptions.DISABLED
        if self.compresses:
            self.compression = CompressOptions.SHARED_COMPRESSOR | CompressOptions.SHARED_DECOMPRESSOR
        self.streams = {}
        for path in ("/", "/echo"):
            self.add(path, self.echo)
        self.add("/tag", self.send_tag)
        self.add("/json", self.send_document)
        self.add("/broadcast", self.broadcast, open=self.join)
        self.add("/room/:number", self.broadcast, open=self.join)
        self.add("/push/:rate/:size", self.ignore, open=self.begin_push, close=self.end_push)
        self.app.get("/", lambda response, _: response.end(greeting("socketify")))
        self.app.any("/*", lambda response, _: response.write_status(404).end("Not found\n"))

    def add(self, path, message, **handlers):
        behaviour = {
            "upgrade": upgrade,
            "message": message,
            "compression": self.compression,
            "max_payload_length": MAX_MESSAGE_BYTES,
            "max_backpressure": 2**31 - 1,
            "idle_timeout": 0,
            **handlers,
        }
        self.app.ws(path, behaviour)
        if path != "/":
            self.app.get(path, ask_for_upgrade)

    def echo(self, websocket, message, opcode):
        websocket.send(message, opcode, self.compresses)

    def send_tag(self, websocket, message, _):
        websocket.send(tag(message), OpCode.TEXT, self.compresses)

    def send_document(self, websocket, _, __):
        websocket.send(DOCUMENT, OpCode.TEXT, self.compresses)

    def join(self, websocket):
        websocket.subscribe(websocket.get_user_data())

    def broadcast(self, websocket, message, opcode):
        self.app.publish(websocket.get_user_data(), message, opcode, self.compresses)

    def ignore(self, *_):
        pass

    def begin_push(self, websocket):
        kept = websocket.clone()

        async def send(message):
            kept.send(message, OpCode.TEXT, self.compresses)

        path = websocket.get_user_data()
        self.streams[websocket.ws] = asyncio.ensure_future(
            send_stream(path, send), loop=self.app.loop.loop
        )

    def end_push(self, websocket, *_):
        self.streams.pop(websocket.ws).cancel()


def is_numbered(path):
    return ROOM.fullmatch(path) or PUSH.fullmatch(path) or not path.startswith(("/room/", "/push/"))


def upgrade(response, request, context):
    path = request.get_url()
    if not is_numbered(path):
        return response.write_status(404).end("Not found\n")
    response.upgrade(
        request.get_header("sec-websocket-key"),
        request.get_header("sec-websocket-protocol"),
        request.get_header("sec-websocket-extensions"),
        context,
        path,
    )


def ask_for_upgrade(response, request):
    if not is_numbered(request.get_url()):
        return response.write_status(404).end("Not found\n")
    response.write_status(426)
    response.write_header("Upgrade", "websocket")
    response.end("Open a WebSocket here\n")


def serve(listener, ready, transport):
    # uWebSockets opens its own.
    hostname, port = listener.getsockname()[:2]
    listener.close()
    server = Server(transport)
    server.app.listen(AppListenOptions(port=port, host=hostname), lambda _: ready())
    server.app.run()


if __name__ == "__main__":
    standalone(
        "socketify",
        release("socketify"),
        [
            "It is uWebSockets, which it polls from the event loop of asyncio.",
            "No compression unless a case asks for it, then of every message.",
            "Compression is that of the compressor that all its connections share.",
            "No logging, no idle timeout, no pings.",
            "TCP_NODELAY is set on every connection.",
            "Messages of up to 64 MiB.",
            "Replies that the client does not read are queued in memory, up to 2 GiB.",
        ],
        serve,
        lacks={"takeover": "its compressor forgets each message"},
    )
