/** The servers in Python: a new one is a file and a line here. */

import { optional, programs } from "../launch/entries.ts";
import type { ServerEntry } from "../types.ts";

const { python } = programs;

/** In the order of the tables. */
export const servers: readonly ServerEntry[] = [
  optional("tornado", "Tornado", "websocket", python("tornado", ["tornado"]), {
    "no-takeover": "it reads no parameter of an offer that has no value",
  }),
  optional("websockets", "websockets (Python)", "websocket", python("websockets", ["websockets"])),
  optional(
    "fastapi",
    "FastAPI",
    "websocket",
    python("fastapi", ["fastapi", "uvicorn", "websockets"]),
  ),
  optional("aiohttp", "aiohttp", "websocket", python("aiohttp", ["aiohttp"])),
  optional(
    "granian",
    "Starlette on Granian",
    "websocket",
    python("granian", ["starlette", "granian", "uvloop"]),
    { deflate: "it knows no extension" },
  ),
  optional("sanic", "Sanic", "websocket", python("sanic", ["sanic", "websockets"]), {
    deflate: "it asks for no extension of the package websockets",
  }),
  optional("picows", "picows", "websocket", python("picows", ["picows", "aiofastnet"]), {
    deflate: "it has no compression where it hands over frames",
  }),
  optional("socketify", "socketify", "websocket", python("socketify", ["socketify", "cffi"]), {
    takeover: "its compressor forgets each message",
  }),
  optional(
    "python-socketio",
    "python-socketio",
    "socket.io",
    python(
      "python_socketio",
      ["socketio", "uvicorn", "websockets"],
      ["python-socketio", "uvicorn", "websockets"],
    ),
  ),
  optional(
    "flask-socketio",
    "Flask-SocketIO",
    "socket.io",
    python("flask_socketio", ["flask_socketio", "eventlet"]),
  ),
  optional(
    "flask-socketio-threading",
    "Flask-SocketIO on threads",
    "socket.io",
    python("flask_socketio_threading", ["flask_socketio", "simple_websocket", "gunicorn"]),
  ),
];
