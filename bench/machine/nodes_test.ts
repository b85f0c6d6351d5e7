import assert from "node:assert/strict";
import { nodesOf } from "./nodes.ts";
import { fakeSystem } from "./testing.ts";

const NODES = "/sys/devices/system/node";

Deno.test("nodesOf() lists the CPUs of each node that has any, by the numbers of the nodes", () => {
  const system = fakeSystem({
    [`${NODES}/possible`]: "0-10\n",
    [`${NODES}/node10/cpulist`]: "2-3\n",
    // Memory without CPUs, as of CXL.
    [`${NODES}/node1/cpulist`]: "\n",
    [`${NODES}/node0/cpulist`]: "0-1,4\n",
  });
  assert.deepEqual(nodesOf(system), [[0, 1, 4], [2, 3]]);
});

Deno.test("nodesOf() is empty if nothing is known", () => {
  assert.deepEqual(nodesOf(fakeSystem({})), []);
  const list = (): never => {
    throw new Deno.errors.PermissionDenied("Permission denied");
  };
  assert.deepEqual(nodesOf(fakeSystem({}, { list })), []);
});
