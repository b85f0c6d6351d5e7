"""picows. On its own: `python3 servers/python/picows_server.py --port 8765`"""

import asyncio
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
from standalone import BACKLOG, installed, loop_note, release, standalone

with installed(pip="picows aiofastnet"):
    import aiofastnet  # noqa: F401 -- picows takes it by itself
    from picows import (
        WSCloseCode,
        WSListener,
        WSMsgType,
        WSUpgradeResponse,
        WSUpgradeResponseWithListener,
        ws_create_server,
    )

DOCUMENT_BYTES = DOCUMENT.encode()

# Codes that a close must not carry, though picows lets them pass.
UNSENDABLE = (WSCloseCode.NO_INFO, WSCloseCode.ABNORMAL_CLOSURE)


class Connection(WSListener):
    """
    Puts messages together from the frames that picows hands over, and checks what it leaves to its
    user: the reserved bits, the order of fragments, the length, that text is UTF-8, and that
    nothing comes after a close.
    """

    def __init__(self, path):
        self.path = path
        self.is_closed = False
        self.kind = None
        self.parts = bytearray()

    def on_ws_connected(self, transport):
        self.transport = transport

    def on_ws_frame(self, _, frame):
        kind = frame.msg_type
        if self.is_closed:
            return
        if frame.rsv1 or frame.rsv2 or frame.rsv3:
            self.fail(WSCloseCode.PROTOCOL_ERROR)
        elif kind in (WSMsgType.TEXT, WSMsgType.BINARY, WSMsgType.CONTINUATION):
            if (kind == WSMsgType.CONTINUATION) == (self.kind is None):
                self.fail(WSCloseCode.PROTOCOL_ERROR)
            elif frame.fin and self.kind is None:
                self.take(kind, frame.get_payload_as_bytes())
            else:
                self.gather(kind, frame)
        elif kind == WSMsgType.PING:
            self.send(WSMsgType.PONG, frame.get_payload_as_bytes())
        elif kind == WSMsgType.CLOSE:
            self.answer_close(frame)

    def answer_close(self, frame):
        payload = frame.get_payload_as_bytes()
        if payload and frame.get_close_code() in UNSENDABLE:
            return self.fail(WSCloseCode.PROTOCOL_ERROR)
        self.send(WSMsgType.CLOSE, payload)
        self.end()

    def gather(self, kind, frame):
        self.kind = kind if self.kind is None else self.kind
        self.parts += frame.get_payload_as_memoryview()
        if len(self.parts) > MAX_MESSAGE_BYTES:
            self.fail(WSCloseCode.MESSAGE_TOO_BIG)
        elif frame.fin:
            kind, message = self.kind, bytes(self.parts)
            self.kind = None
            self.parts.clear()
            self.take(kind, message)

    def take(self, kind, message):
        if kind == WSMsgType.TEXT:
            try:
                message.decode()
            except UnicodeDecodeError:
                return self.fail(WSCloseCode.INVALID_TEXT)
        self.on_message(kind, message)

    def fail(self, code):
        self.transport.send_close(code)
        self.end()

    def end(self):
        self.is_closed = True
        self.transport.disconnect()

    def send(self, kind, message):
        if not self.is_closed:
            self.transport.send(kind, message)


class Echo(Connection):
    def on_message(self, kind, message):
        self.send(kind, message)


class Tag(Connection):
    def on_message(self, kind, message):
        self.send(WSMsgType.TEXT, tag(message).encode())


class Json(Connection):
    def on_message(self, kind, message):
        self.send(WSMsgType.TEXT, DOCUMENT_BYTES)


class Broadcast(Connection):
    audiences = Audiences()

    def on_ws_connected(self, transport):
        super().on_ws_connected(transport)
        self.audiences.join(self.path, self)

    def on_ws_disconnected(self, transport):
        self.audiences.leave(self.path, self)

    def on_message(self, kind, message):
        for listener in self.audiences.at(self.path):
            listener.send(kind, message)


class Push(Connection):
    def on_ws_connected(self, transport):
        super().on_ws_connected(transport)
        self.sending = asyncio.create_task(send_stream(self.path, self.send_text))

    def on_ws_disconnected(self, transport):
        self.sending.cancel()

    async def send_text(self, message):
        self.send(WSMsgType.TEXT, message.encode())

    def on_message(self, kind, message):
        pass


behaviours = {"/": Echo, "/echo": Echo, "/tag": Tag, "/json": Json, "/broadcast": Broadcast}


def behaviour_at(path):
    if PUSH.fullmatch(path):
        return Push
    return Broadcast if ROOM.fullmatch(path) else behaviours.get(path)


def route(request):
    """A behaviour for a handshake; what is none, and an unknown path, gets an answer of HTTP."""
    path = request.path.decode("latin-1").partition("?")[0]
    behaviour = behaviour_at(path)
    if behaviour is None:
        return answer(WSUpgradeResponse.create_error_response(HTTPStatus.NOT_FOUND, b"Not found\n"))
    if "Upgrade" in request.headers:
        return behaviour(path)
    if path == "/":
        return answer(WSUpgradeResponse.create_ok_response(greeting("picows").encode()))
    return answer(
        WSUpgradeResponse.create_error_response(
            HTTPStatus.UPGRADE_REQUIRED, b"Open a WebSocket here\n", {"Upgrade": "websocket"}
        )
    )


def answer(response):
    return WSUpgradeResponseWithListener(response, None)


async def serve(listener, ready, transport):
    await ws_create_server(
        route,
        sock=listener,
        backlog=BACKLOG,
        enable_auto_pong=False,
        max_frame_size=MAX_MESSAGE_BYTES,
        ssl=transport.tls,
    )
    ready()
    await asyncio.Event().wait()


if __name__ == "__main__":
    standalone(
        "picows",
        f"{release('picows')} on {release('aiofastnet')}",
        [
            loop_note(),
            "Messages are put together here, and pings answered: picows hands over frames.",
            "It has no compression where it hands over frames.",
            "No logging, no idle timeout, no pings.",
            "TCP_NODELAY is set on the listening socket and inherited from it.",
            "Messages of up to 64 MiB.",
            "Replies that the client does not read are queued in memory without limit.",
        ],
        serve,
        lacks={"deflate": "it has no compression where it hands over frames"},
        on_uvloop=True,
    )
