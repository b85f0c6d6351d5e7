import assert from "node:assert/strict";
import { busy } from "../../testing/busy_testdata.ts";
import { recommendations } from "./recommendations.ts";
import { usesOf } from "./uses.ts";
import { vetoes } from "./vetoes.ts";

function vetoed(result: ReturnType<typeof busy>): string[] {
  const { bases } = usesOf(result).find(({ id }) => id === "connections")!;
  return vetoes(result, bases, result.servers).map(({ server, reason }) =>
    `${server.id}: ${reason}`
  );
}

Deno.test("vetoes() names a server whose tail is clearly much longer than another's, and by how much", () => {
  assert.deepEqual(vetoed(busy()), [
    "native: its slowest connection gets 5.00 messages/s, that of ws 30.0 messages/s",
    "socketio: its slowest connection gets 15.0 messages/s, that of ws 30.0 messages/s",
  ]);
  assert.deepEqual(
    vetoed(busy({
      native: [[1, 1, 1], [68_000, 205, 30]],
      ws: [[1, 1, 1], [44_000, 55, 31]],
      socketio: [[1, 1, 1], [21_000, 80, 29]],
    })),
    ["native: its latency p99 is 205 ms, that of ws 55.0 ms"],
  );
});

Deno.test("vetoes() lets a tail pass that is a little longer", () => {
  assert.deepEqual(
    vetoed(busy({
      native: [[1, 1, 1], [68_000, 70, 30]],
      ws: [[1, 1, 1], [44_000, 55, 31]],
      socketio: [[1, 1, 1], [21_000, 75, 29]],
    })),
    [],
  );
});

Deno.test("vetoes() names a server that leaves connections without a reply, if another does not", () => {
  const figures = { native: [[1, 1, 1], [68_000, 50, 0]] } as const;
  assert.deepEqual(
    vetoed(busy({ ...figures, ws: [[1, 1, 1], [44_000, 55, 30]] })),
    ["native: in 7 of 7 rounds 10 to 16 of its 1,024 connections got no reply"],
  );
  assert.deepEqual(vetoed(busy({ ...figures, ws: [[1, 1, 1], [44_000, 55, 0]] })), []);
});

Deno.test("recommendations() takes the best of the servers that nothing speaks against, and says what does", () => {
  const [found] = recommendations(busy()).filter(({ id }) => id === "connections");
  assert.equal(found!.title, "1,024 busy connections");
  assert.deepEqual(found!.servers.map(({ id }) => id), ["ws"]);
  assert.equal(found!.sure, "sure");
  assert.deepEqual(found!.vetoes.map(({ server }) => server.id), ["native"]);
  assert.match(
    found!.reasons[0]!,
    /^Not Deno\.serve: its slowest connection gets 5\.00 messages\/s/,
  );
});

Deno.test("recommendations() is not sure of the only one of equals that nothing speaks against", () => {
  const [found] = recommendations(busy({
    native: [[1, 1, 1], [44_000, 205, 30]],
    ws: [[1, 1, 1], [44_100, 55, 30]],
  })).filter(({ id }) => id === "connections");
  assert.deepEqual(found!.servers.map(({ id }) => id), ["ws"]);
  assert.equal(found!.sure, "probably");
  assert.deepEqual(found!.vetoes.map(({ server }) => server.id), ["native"]);
});

Deno.test("recommendations() says nothing against a server that would not lead", () => {
  const [found] = recommendations(busy({
    native: [[1, 1, 1], [68_000, 50, 30]],
    ws: [[1, 1, 1], [44_000, 205, 30]],
    socketio: [[1, 1, 1], [21_000, 60, 30]],
  })).filter(({ id }) => id === "connections");
  assert.deepEqual(found!.servers.map(({ id }) => id), ["native"]);
  assert.equal(found!.sure, "sure");
  assert.deepEqual(found!.vetoes, []);
});
