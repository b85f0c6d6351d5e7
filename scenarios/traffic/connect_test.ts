import assert from "node:assert/strict";
import { connect } from "./connect.ts";
import { fakeLoad, started } from "./testing.ts";

Deno.test("connect() has as many handshakes under way as asked for", () => {
  const load = fakeLoad();
  const traffic = connect(load, { concurrency: 3, limit: 100 });
  assert.equal(traffic.connections, 0);
  assert.deepEqual(started(traffic, load), ["open 0", "open 1", "open 2"]);
});

Deno.test("connect() closes what has opened, and opens again in its place once it is closed", () => {
  const load = fakeLoad();
  const traffic = connect(load, { concurrency: 2, limit: 100 });
  started(traffic, load);
  traffic.opened!(1, 5);
  assert.deepEqual(load.take(), ["close 1"]);
  traffic.closed!(1, 6);
  assert.deepEqual(load.take(), ["open 1"]);
});

Deno.test("connect() opens no more than its limit", () => {
  const load = fakeLoad();
  const traffic = connect(load, { concurrency: 2, limit: 3 });
  started(traffic, load);
  traffic.closed!(0, 1);
  assert.deepEqual(load.take(), ["open 0"]);
  traffic.closed!(0, 2);
  traffic.closed!(1, 2);
  assert.deepEqual(load.take(), []);
});

Deno.test("connect() still closes what opens after it was stopped, and opens nothing", () => {
  const load = fakeLoad();
  const traffic = connect(load, { concurrency: 1, limit: 100 });
  started(traffic, load);
  traffic.stop();
  traffic.opened!(0, 1);
  assert.deepEqual(load.take(), ["close 0"]);
  traffic.closed!(0, 2);
  assert.deepEqual(load.take(), []);
});
