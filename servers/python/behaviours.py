"""What the Python servers answer, whatever the library; the same as in contract/behaviours.ts."""

import asyncio
import itertools
import json
import re
import time
from functools import partial
from pathlib import Path
from random import random

PATHS = ("/echo", "/tag", "/json", "/broadcast")

# In the room of a number each message goes to all who are there, as on /broadcast.
ROOM = re.compile("/room/[0-9]{1,9}")

# At its path a server sends so many messages per second of so many bytes by itself.
PUSH = re.compile(r"/push/([0-9]{1,5}(?:\.[0-9]{1,20})?)/([0-9]{1,7})")

MAX_MESSAGE_BYTES = 64 * 1024 * 1024

# In its shortest form, as JSON.stringify gives it: 1,024 bytes of UTF-8.
DOCUMENT = json.dumps(
    json.loads((Path(__file__).parent.parent / "document.json").read_text("utf-8")),
    ensure_ascii=False,
    separators=(",", ":"),
)


def tag(message: str | bytes) -> str:
    """The text received with ` - N` appended, N random in 0…999."""
    text = message if isinstance(message, str) else message.decode()
    return f"{text} - {int(random() * 1000)}"


def stream_message(sequence: int, size: int) -> str:
    """JSON with its number, and the time at which it is made in whole microseconds since 1970."""
    head = f'{{"sequence":{sequence},"time":{time.time_ns() // 1000},"fill":"'
    return f'{head}{"x" * (size - len(head) - 2)}"}}'


def stream(path: str):
    """The messages of a path of PUSH, each with the seconds until it is due; the late are made up for."""
    rate, size = PUSH.fullmatch(path).groups()
    start = time.monotonic()
    for sequence in itertools.count():
        wait = start + sequence / float(rate) - time.monotonic()
        yield max(0.0, wait), partial(stream_message, sequence, int(size))


async def send_stream(path: str, send):
    """Sends the messages of a path of PUSH until it is cancelled, or sending fails."""
    for wait, message in stream(path):
        await asyncio.sleep(wait)
        await send(message())


class Audiences:
    """Who listens at which path: what one of them sends goes to all at the same one."""

    def __init__(self):
        self.by_path = {}

    def at(self, path):
        return self.by_path.get(path, ())

    def join(self, path, listener):
        self.by_path.setdefault(path, set()).add(listener)

    def leave(self, path, listener):
        """Removes a listener, and the room with the last one."""
        audience = self.by_path.get(path, set())
        audience.discard(listener)
        if not audience:
            self.by_path.pop(path, None)


def greeting(server: str) -> str:
    """What a plain GET of / answers."""
    return f"wsmark server {server}: open a WebSocket at {', '.join(PATHS)}, /room/N, /push/RATE/SIZE\n"
