"""Tornado. On its own: `python3 servers/python/tornado_server.py --port 8765`"""

import asyncio

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
from standalone import installed, release, standalone

with installed(debian="python3-tornado", pip="tornado"):
    from tornado.httpserver import HTTPServer
    from tornado.web import Application
    from tornado.websocket import WebSocketClosedError, WebSocketHandler


class Handler(WebSocketHandler):
    def prepare(self):
        if self.request.headers.get("Upgrade", "").lower() != "websocket":
            self.answer_plain_request()

    def get_compression_options(self):
        return {} if self.settings["deflate"] else None

    def answer_plain_request(self):
        if self.request.path == "/":
            self.set_header("Content-Type", "text/plain; charset=utf-8")
            self.finish(greeting("tornado"))
        else:
            self.set_status(426)
            self.set_header("Upgrade", "websocket")
            self.set_header("Connection", "upgrade")
            self.finish("Open a WebSocket here\n")

    def check_origin(self, origin):
        return True

    def open(self):
        # Tornado turns Nagle's algorithm on after the handshake, which ends an HTTP request.
        self.set_nodelay(True)


class Echo(Handler):
    def on_message(self, message):
        self.write_message(message, binary=isinstance(message, bytes))


class Tag(Handler):
    def on_message(self, message):
        self.write_message(tag(message))


class Json(Handler):
    def on_message(self, message):
        self.write_message(DOCUMENT)


class Broadcast(Handler):
    audiences = Audiences()

    def open(self):
        super().open()
        self.audiences.join(self.request.path, self)

    def on_close(self):
        self.audiences.leave(self.request.path, self)

    def on_message(self, message):
        for listener in self.audiences.at(self.request.path):
            try:
                listener.write_message(message, binary=isinstance(message, bytes))
            except WebSocketClosedError:
                pass  # It is leaving: on_close() comes next.


class Push(Handler):
    def open(self, *_):
        super().open()
        self.sending = asyncio.create_task(send_stream(self.request.path, self.write_message))

    def on_close(self):
        self.sending.cancel()

    def on_message(self, message):
        pass


async def serve(listener, ready, transport):
    application = Application(
        [
            ("/", Echo),
            ("/echo", Echo),
            ("/tag", Tag),
            ("/json", Json),
            ("/broadcast", Broadcast),
            (ROOM.pattern, Broadcast),
            (PUSH.pattern, Push),
        ],
        deflate=transport.deflate,
        websocket_max_message_size=MAX_MESSAGE_BYTES,
    )
    HTTPServer(application, ssl_options=transport.tls).add_socket(listener)
    ready()
    await asyncio.Event().wait()


if __name__ == "__main__":
    standalone(
        "tornado",
        release("tornado"),
        [
            "No compression unless a case asks for it, then of every message.",
            "Compression is that of zlib at level 6, in a window of 32 KiB.",
            "A client that asks for no context takeover is ignored: the parameter has no value.",
            "No logging, no idle timeout, no pings.",
            "TCP_NODELAY is set on every connection.",
            "Messages of up to 64 MiB.",
            "Replies that the client does not read are queued in memory without limit.",
        ],
        serve,
        lacks={"no-takeover": "it reads no parameter of an offer that has no value"},
    )
