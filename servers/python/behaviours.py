"""What the Python servers answer, whatever the library; the same as in contract/behaviours.ts."""

import json
import re
from pathlib import Path
from random import random

PATHS = ("/echo", "/tag", "/json", "/broadcast")

# In the room of a number each message goes to all who are there, as on /broadcast.
ROOM = re.compile("/room/[0-9]{1,9}")

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
    return f"wsmark server {server}: open a WebSocket at {', '.join(PATHS)}, /room/N\n"
