import assert from "node:assert/strict";
import { json, numbered, UNREADABLE } from "./payload.ts";
import { byConnection } from "./payload_by_connection.ts";

Deno.test("byConnection() writes and checks the messages of each kind of connection", () => {
  const payload = byConnection(json(64), 2, json(200));
  assert.equal(payload.size, 200);
  assert.equal(payload.isText, true);
  const target = new Uint8Array(400);
  for (const [connection, size] of [[0, 64], [1, 64], [2, 200], [9, 200]] as const) {
    const end = payload.write(target, 5, connection, 17);
    assert.equal(end - 5, size);
    assert.equal(payload.check(target, 5, end, connection, 17), 17);
    assert.equal(payload.check(target, 5, end - 1, connection, 17), UNREADABLE);
    assert.equal(payload.check(target, 5, end, connection === 1 ? 2 : 1, 17), UNREADABLE);
  }
});

Deno.test("byConnection() refuses text beside bytes", () => {
  assert.throws(() => byConnection(json(64), 1, numbered(64)), TypeError);
});
