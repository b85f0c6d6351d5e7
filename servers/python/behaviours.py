"""What the Python servers answer, whatever the library; the same as in behaviours.ts."""

import json
from pathlib import Path
from random import random

PATHS = ("/echo", "/tag", "/json", "/broadcast")

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


def greeting(server: str) -> str:
    """What a plain GET of / answers."""
    return f"wsmark server {server}: open a WebSocket at {', '.join(PATHS)}\n"
