import { deepEqual, equal } from "node:assert/strict";
import { push } from "./push.ts";
import { fakeLoad, started } from "./testing.ts";

Deno.test("push() opens its connections before it starts, and sends nothing", () => {
  const load = fakeLoad();
  const traffic = push(load, { connections: 3 });
  deepEqual([traffic.connections, traffic.slots, traffic.hasStreams], [3, 3, true]);
  deepEqual(started(traffic, load), []);
  traffic.stop();
  equal(traffic.pending ?? 0, 0);
  deepEqual(load.take(), []);
});
