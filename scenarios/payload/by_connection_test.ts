import assert from "node:assert/strict";
import { writerOf } from "../../protocols/parts/composer.ts";
import { byConnection } from "./by_connection.ts";
import { altered, json, numbered, numberedText, UNREADABLE } from "./payload.ts";

const shares = [
  { connections: 2, payload: numberedText(16) },
  { connections: 3, payload: json(200) },
  { connections: 1, payload: json(70_000) },
];
const payload = byConnection(shares);

/** The message with a number on a connection. */
function message(connection: number, sequence: number): Uint8Array {
  const target = new Uint8Array(payload.size + 5);
  return target.slice(5, payload.write(target, 5, connection, sequence));
}

Deno.test("byConnection() writes the payload of each connection's share, and is as large as the largest", () => {
  assert.deepEqual([payload.isText, payload.size], [true, 70_000]);
  const sizes = [0, 1, 2, 4, 5, 6, 100].map((connection) => message(connection, 7).length);
  assert.deepEqual(sizes, [16, 16, 200, 200, 70_000, 70_000, 70_000]);
});

Deno.test("byConnection() checks a reply as the payload of its connection does", () => {
  const check = (reply: Uint8Array, connection: number): number =>
    payload.check(reply, 0, reply.length, connection, 7);
  for (const connection of [0, 1, 2, 4, 5]) {
    assert.equal(check(message(connection, 7), connection), 7);
  }
  const changed = message(4, 7);
  changed[150]! ^= 1;
  assert.equal(check(changed, 4), altered(7));
  assert.equal(check(message(4, 7), 3), UNREADABLE);
  assert.equal(check(message(4, 7), 5), UNREADABLE);
});

Deno.test("byConnection() makes its messages of the same parts", () => {
  assert.deepEqual(payload.parts, shares.flatMap(({ payload }) => payload.parts));
  for (const [connection, sequence] of [[0, 7], [1, 8], [2, 9], [5, 500], [9, 3]] as const) {
    const whole = new Uint8Array(payload.size);
    const end = writerOf(payload)(whole, 0, connection, sequence);
    assert.deepEqual(whole.subarray(0, end), message(connection, sequence));
  }
});

Deno.test("byConnection() refuses an empty list, and text together with bytes", () => {
  assert.throws(() => byConnection([]), RangeError);
  assert.throws(
    () => byConnection([shares[0]!, { connections: 1, payload: numbered(16) }]),
    { name: "TypeError", message: /some are text and others are bytes/ },
  );
});
