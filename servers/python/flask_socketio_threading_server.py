"""Flask-SocketIO on threads of gunicorn; the behaviours are namespaces.

On its own: `python3 servers/python/flask_socketio_threading_server.py --port 8765`
"""

import os
import signal
import threading

from flask_socketio_app import App
from standalone import BACKLOG, end, installed, release, standalone, when_answered

with installed(pip="simple-websocket gunicorn"):
    import simple_websocket  # noqa: F401 -- Flask-SocketIO takes it by itself
    from gunicorn.app.base import BaseApplication

# Each connection has a thread of these as long as it lives.
MOST_CONNECTIONS = 10_000


class Gunicorn(BaseApplication):
    """gunicorn with one worker, which ends together with it."""

    def __init__(self, listener, transport):
        self.listener, self.transport = listener, transport
        self.lives, self.ends = os.pipe()
        super().__init__()

    def load_config(self):
        settings = {
            "backlog": BACKLOG,
            "bind": f"fd://{self.listener.fileno()}",
            "certfile": self.transport.certificate,
            "errorlog": os.devnull,
            "keyfile": self.transport.certificate,
            "post_worker_init": self.follow,
            "threads": MOST_CONNECTIONS,
            "when_ready": take_signals_back,
            "worker_class": "gthread",
            "worker_connections": MOST_CONNECTIONS,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self):
        return App("threading").compressing(self.transport.deflate)

    def follow(self, _worker):
        """Has a worker end when the process does that started it, whatever ended that."""
        os.close(self.ends)

        def wait():
            os.read(self.lives, 1)
            end()

        threading.Thread(target=wait, daemon=True).start()


def take_signals_back(_):
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, end)


def serve(listener, ready, transport):
    when_answered(listener, ready)
    Gunicorn(listener, transport).run()


if __name__ == "__main__":
    standalone(
        "flask-socketio-threading",
        f"{release('flask-socketio')} on {release('gunicorn')} ({release('simple-websocket')})",
        [
            "One worker of gunicorn, in a process of its own; the one that started it only watches.",
            f"A thread for each connection, {MOST_CONNECTIONS:,} at most, and two more of its own.",
            "No compression unless a case asks for it, then of every message.",
            "Compression is that of zlib at level 6, in a window of 32 KiB.",
            "No logging.",
            "TCP_NODELAY is set on the listening socket and inherited from it.",
            "The heartbeat is sent once a day, so that none falls into a trial.",
            "Frames are read in Python, by wsproto.",
            "Handlers run in the thread of their connection.",
            "Clients may begin with long polling; wsmark's begin with WebSocket.",
            "Messages of up to 64 MiB.",
            "Replies that the client does not read are queued in memory without limit.",
        ],
        serve,
    )
