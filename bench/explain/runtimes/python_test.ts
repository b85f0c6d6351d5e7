import assert from "node:assert/strict";
import { needing } from "../../../checks/testing/needs.ts";
import { isMeasured } from "../../../measure/model/result.ts";
import { python } from "./python.ts";
import { watchProgram } from "./testing.ts";

const ASYNCIO = `
import asyncio, gc, sys, time
gc.disable()

async def main():
    loop = asyncio.get_running_loop()
    print("up", flush=True)
    await loop.run_in_executor(None, sys.stdin.readline)
    await asyncio.sleep(0.1)
    for _ in range(3):
        gc.collect()
    time.sleep(0.06)
    await asyncio.sleep(0.05)
    print("done", flush=True)
    await loop.run_in_executor(None, sys.stdin.readline)

asyncio.run(main())
`;

Deno.test(needing("python3", {
  name: "CPython tells of its collections and of a loop of asyncio that was blocked",
  async fn() {
    const report = await watchProgram(python, ["python3", "-c", ASYNCIO]);
    const { windowMs, collections, pausedMs, longestMs, delayMs } = report;
    assert.equal(collections, 3);
    assert(isMeasured(pausedMs) && isMeasured(longestMs) && isMeasured(delayMs));
    assert(pausedMs > 0 && longestMs <= pausedMs && pausedMs < windowMs);
    assert(delayMs > 45, `${delayMs} ms`);
  },
}));

/** Without asyncio, and with a module of which the other sitecustomize makes sure. */
const PLAIN = `
import gc, sys, time, hidden_was_loaded
gc.disable()
print("up", flush=True)
sys.stdin.readline()
time.sleep(0.1)
gc.collect()
print("done", flush=True)
sys.stdin.readline()
`;

Deno.test(needing("python3", {
  name: "CPython without asyncio has no loop; another sitecustomize is still loaded",
  async fn() {
    const folder = await Deno.makeTempDir();
    try {
      await Deno.writeTextFile(
        `${folder}/sitecustomize.py`,
        "import sys, types\nsys.modules['hidden_was_loaded'] = types.ModuleType('m')\n",
      );
      const both = {
        ...python,
        prepare(...where: Parameters<typeof python.prepare>) {
          const [inside, place] = where;
          const { PYTHONPATH } = python.prepare(inside, place);
          return { PYTHONPATH: `${PYTHONPATH}${Deno.build.os === "windows" ? ";" : ":"}${folder}` };
        },
      };
      const report = await watchProgram(both, ["python3", "-c", PLAIN]);
      assert.equal(report.collections, 1);
      assert.deepEqual(report.delayMs, { absent: "no event loop of asyncio runs in it" });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
}));
