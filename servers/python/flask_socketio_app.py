"""The application of Flask-SocketIO, whatever runs it; the behaviours are namespaces."""

import logging
import os

from behaviours import DOCUMENT, MAX_MESSAGE_BYTES, PUSH, ROOM, greeting, stream, tag
from standalone import installed
from takeover import without_takeover

with installed(debian="python3-flask-socketio", pip="flask-socketio"):
    from flask import Flask, Response, request
    from flask_socketio import SocketIO, send
    from refusing_packet import RefusingPacket


# A separate logger, because without one errors are printed.
silent = logging.getLogger("wsmark")

# Where servers print what peers did wrong.
nowhere = open(os.devnull, "w")  # noqa: SIM115 -- as long as the process


class App:
    """The behaviours in one of Flask-SocketIO's modes: "eventlet" or "threading"."""

    def __init__(self, async_mode: str):
        self.flask = Flask(__name__, static_folder=None)
        self.io = SocketIO(
            self.flask,
            async_handlers=False,
            async_mode=async_mode,
            cors_allowed_origins="*",
            engineio_logger=silent,
            http_compression=False,
            logger=silent,
            max_http_buffer_size=MAX_MESSAGE_BYTES,
            ping_interval=24 * 60 * 60,
            serializer=RefusingPacket,
        )
        self.streams = set()
        self.flask.get("/")(greet)
        for namespace in ("/", "/echo"):
            self.io.on_event("message", send, namespace=namespace)
        self.io.on_event("message", send_tag, namespace="/tag")
        self.io.on_event("message", send_document, namespace="/json")
        self.io.on_event("message", broadcast, namespace="/broadcast")
        self.open_rooms()

    def push(self):
        namespace = request.namespace
        self.streams.add(request.sid)
        self.io.start_background_task(self.push_to, request.sid, namespace)

    def push_to(self, connection, namespace):
        for wait, message in stream(namespace):
            self.io.sleep(wait)
            if connection not in self.streams:
                return
            self.io.send(message(), to=connection, namespace=namespace)

    def end_push(self, *_):
        self.streams.discard(request.sid)

    def open_rooms(self):
        """
        Has a room broadcast, and a stream begin, as soon as somebody enters: there are no handlers
        for all namespaces in all versions.
        """
        connect = self.io.server._handle_connect

        def connect_to_room(connection, namespace, data):
            if namespace not in self.io.server.handlers and ROOM.fullmatch(namespace or ""):
                self.io.on_event("message", broadcast, namespace=namespace)
            if namespace not in self.io.server.handlers and PUSH.fullmatch(namespace or ""):
                self.io.on_event("connect", self.push, namespace=namespace)
                self.io.on_event("disconnect", self.end_push, namespace=namespace)
            connect(connection, namespace, data)

        self.io.server._handle_connect = connect_to_room

    def compressing(self, deflate):
        """
        The application for WSGI. What carries WebSocket agrees to compress as the client asks, and
        has no option for or against it.
        """

        def application(environ, start_response):
            environ["wsgi.errors"] = nowhere
            offers = environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
            if deflate is not None and offers is not None:
                environ["HTTP_SEC_WEBSOCKET_EXTENSIONS"] = (
                    without_takeover(offers) if deflate == "no-takeover" else offers
                )
            return self.flask(environ, start_response)

        return application


def greet():
    return Response(greeting("flask-socketio"), mimetype="text/plain")


def send_tag(message):
    send(tag(message))


def send_document(message):
    send(DOCUMENT)


def broadcast(message):
    send(message, broadcast=True)
