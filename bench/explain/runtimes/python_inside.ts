/** Counts inside of a server in Python 3.7 or later, as its module `sitecustomize`: site.html of its documentation. */

import type { Place } from "./hub.ts";

/**
 * The text of the module. A thread waits for what it is told, with functions that gevent and eventlet cannot replace. The
 * module of that name that would have been loaded without it is loaded, too.
 */
export function pythonInside({ port, token }: Place): string {
  return String.raw`
import gc, os, sys
import _socket, _thread
from time import perf_counter

TICK = 0.01


def load_hidden():
    """Imports the sitecustomize that is further down the path."""
    own = os.path.dirname(os.path.abspath(__file__))
    path, this = sys.path[:], sys.modules.pop("sitecustomize", None)
    sys.path[:] = [one for one in path if os.path.abspath(one) != own]
    try:
        import sitecustomize
    except ModuleNotFoundError:
        pass
    finally:
        sys.path[:] = path
        if this is not None:
            sys.modules.setdefault("sitecustomize", this)


class Garbage:
    """Collections of the window; a callback runs on the thread that collects, which stops all others."""

    def __init__(self):
        self.count, self.total, self.longest, self.began = 0, 0.0, 0.0, None

    def __call__(self, phase, _info):
        if phase == "start":
            self.began = perf_counter()
        elif self.began is not None:
            took, self.began = perf_counter() - self.began, None
            self.count += 1
            self.total += took
            self.longest = max(self.longest, took)


class Delays:
    """How much later than it should a timer of an event loop of asyncio fires."""

    def __init__(self, loops):
        self.found, self.going = [], True
        for loop in loops:
            loop.call_soon_threadsafe(self.wait, loop)

    def wait(self, loop):
        if self.going:
            loop.call_later(TICK, self.fired, loop, perf_counter() + TICK)

    def fired(self, loop, due):
        if self.going:
            self.found.append(max(0.0, perf_counter() - due))
            self.wait(loop)

    def end(self):
        self.going = False
        found = sorted(self.found)
        return 1000 * found[-(-len(found) * 99 // 100) - 1] if found else {"absent": "no timer fired in the window"}


def running_loops():
    asyncio = sys.modules.get("asyncio")
    if asyncio is None:
        return []
    found = []
    for one in gc.get_objects():
        try:
            if issubclass(type(one), asyncio.AbstractEventLoop) and one.is_running():
                found.append(one)
        except Exception:
            pass
    return found


def follow(connection):
    import json

    def say(what):
        connection.sendall(json.dumps(what).encode() + b"\n")

    loops, rest, garbage = [], b"", None
    say({"token": ${JSON.stringify(token)}, "pid": os.getpid()})
    while True:
        chunk = connection.recv(256)
        if not chunk:
            return
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            if line == b"ready":
                loops = running_loops()
            elif line == b"start":
                garbage, delays, began = Garbage(), Delays(loops), perf_counter()
                gc.callbacks.append(garbage)
            elif line == b"end" and garbage is not None:
                gc.callbacks.remove(garbage)
                say({
                    "windowMs": 1000 * (perf_counter() - began),
                    "collections": garbage.count,
                    "pausedMs": 1000 * garbage.total,
                    "longestMs": 1000 * garbage.longest,
                    "cpuShare": {"absent": "CPython collects in pauses only"},
                    "allocatedBytes": {"absent": "CPython does not count what it allocates"},
                    "delayMs": delays.end() if loops else {"absent": "no event loop of asyncio runs in it"},
                })


last = None


def connect():
    global last
    # What a fork has inherited is its parent's.
    if last is not None:
        last.close()
    last = connection = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)

    def run():
        try:
            connection.connect(("127.0.0.1", ${port}))
            follow(connection)
        except Exception:
            pass

    start(run, ())


start = _thread.start_new_thread
connect()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=connect)
load_hidden()
`;
}
