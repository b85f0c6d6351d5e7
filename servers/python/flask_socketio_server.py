"""Flask-SocketIO on eventlet; the behaviours are namespaces.

On its own: `python3 servers/python/flask_socketio_server.py --port 8765`
"""

from behaviours import MAX_MESSAGE_BYTES
from flask_socketio_app import App
from standalone import installed, release, standalone

with installed(debian="python3-eventlet", pip="eventlet"):
    import eventlet.debug
    import eventlet.hubs
    import eventlet.wsgi
    from eventlet.greenio import GreenSocket
    from eventlet.websocket import WebSocketWSGI

# It would print a peer's errors in the handshake of TLS, without a logger.
eventlet.debug.hub_exceptions(False)


def forget(descriptor, _):
    """Instead of printing the traceback of a connection that its peer broke off."""
    eventlet.hubs.get_hub().remove_descriptor(descriptor)


eventlet.hubs.get_hub().squelch_exception = forget
# Instead of eventlet's limit of 8 MiB a frame: only newer Engine.IO for Python passes its own on.
WebSocketWSGI.__init__.__defaults__ = (MAX_MESSAGE_BYTES,)


def serve(listener, ready, transport):
    sock = GreenSocket(listener)
    if transport.certificate is not None:
        sock = eventlet.wrap_ssl(sock, certfile=transport.certificate, server_side=True)
    ready()
    eventlet.wsgi.server(
        sock,
        App("eventlet").compressing(transport.deflate),
        debug=False,
        log_output=False,
        max_size=1_000_000,
    )


if __name__ == "__main__":
    standalone(
        "flask-socketio",
        f"{release('flask-socketio')} on {release('eventlet')}",
        [
            "No compression unless a case asks for it, then of every message that is not empty.",
            "Compression is that of zlib at level 6, in a window of 32 KiB.",
            "No logging.",
            "TCP_NODELAY is set on the listening socket and inherited from it.",
            "The heartbeat is sent once a day, so that none falls into a trial.",
            "Large messages are slow: eventlet unmasks them in Python, byte by byte.",
            "Handlers run one after another, not in separate green threads.",
            "Clients may begin with long polling; wsmark's begin with WebSocket.",
            "Messages of up to 64 MiB.",
            "Replies that the client does not read are queued in memory without limit.",
        ],
        serve,
    )
