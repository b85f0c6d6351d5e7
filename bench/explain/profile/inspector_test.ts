import assert from "node:assert/strict";
import { profileOfV8, type V8Profile } from "./inspector.ts";

const node = (id: number, functionName: string, url: string, children: number[] = []) => ({
  id,
  callFrame: { functionName, url, lineNumber: 4 },
  children,
});

const PROFILE: V8Profile = {
  nodes: [
    node(1, "(root)", "", [2, 5, 6]),
    node(2, "onread", "node:internal/stream", [3]),
    node(3, "send", "file:///a/node_modules/ws/lib/sender.js", [4]),
    node(4, "", "file:///a/server.ts", [7]),
    node(5, "(idle)", ""),
    node(6, "(garbage collector)", ""),
    node(7, "webSocketFrameSent", "ext:deno_websocket/01.js"),
  ],
  samples: [3, 5, 4, 6, 3, 7, 7],
  timeDeltas: [0, 500, 9000, 500, 100, 500, 900],
};

Deno.test("profileOfV8() gives a sample the time after it, without waiting and without the inspector's own work", () => {
  const { stacks, by, noKernel } = profileOfV8(PROFILE);
  assert.deepEqual(stacks.map(({ frames, us }) => [frames.map(({ name }) => name), us]), [
    [["onread", "send"], 1000],
    [["onread", "send", "(anonymous in a/server.ts:5)"], 500],
    [["(garbage collector)"], 100],
  ]);
  assert.deepEqual(stacks[1]!.frames.map(({ kind }) => kind), ["runtime", "library", "user"]);
  assert.match(by, /without 36 % that Deno's inspector took/);
  assert.match(noKernel!, /does not see the kernel/);
});
