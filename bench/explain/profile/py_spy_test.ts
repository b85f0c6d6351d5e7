import assert from "node:assert/strict";
import { readRaw } from "./py_spy.ts";

Deno.test("readRaw() reads py-spy's stacks from the outermost function, without threads", () => {
  const text = "thread (0x7F): MainThread;run (/usr/lib/python3.11/asyncio/runners.py:118);" +
    "send (/v/lib/python3.11/site-packages/aiohttp/ws.py:20);echo (/a/servers/echo.py:3) 7\n\n";
  assert.deepEqual(readRaw(text), [{
    us: 70_000,
    frames: [
      { name: "run", kind: "runtime", file: "asyncio/runners.py" },
      { name: "send", kind: "library", file: "aiohttp/ws.py" },
      { name: "echo", kind: "user", file: "servers/echo.py" },
    ],
  }]);
});
