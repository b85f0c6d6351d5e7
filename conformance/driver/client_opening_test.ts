import assert from "node:assert/strict";
import { createTestClock } from "../testing/clock.ts";
import { connectStrict } from "../testing/strict_peer.ts";
import type { Case, Opening } from "../types.ts";
import { clientPeer, readRequest } from "./client_opening.ts";
import type { Connection } from "./connection.ts";
import { runCase } from "./run_case.ts";

const caseWith = (opening: Opening): Case => ({
  ...{ id: "1.1.1", title: "text", section: "RFC 6455 §4.1", opening },
  steps: [{ send: [{ opcode: 1, payload: "Hello" }] }],
  judgement: { must: [{ answers: [{ text: "Hello" }], ending: { is: "open" } }] },
});

/** What comes of a case at a client. */
async function outcomeOf(opening: Opening, client = connectStrict(undefined, "client")) {
  const clock = createTestClock();
  const connect = () => readRequest(client, clock, 1000);
  const { verdict, came } = await runCase(caseWith(opening), clientPeer({ connect }), clock);
  return `${verdict}: ${came}`;
}

/** A client that says this, and then nothing. */
function saying(text: string): Connection {
  let rest: string | undefined = text;
  return {
    read(target) {
      if (rest === undefined) return new Promise(() => {});
      const { written } = new TextEncoder().encodeInto(rest, target);
      rest = undefined;
      return Promise.resolve(written);
    },
    write: (bytes) => Promise.resolve(bytes.length),
    close() {},
  };
}

Deno.test("runCase() answers a client, and goes on", async () => {
  const open = 'ok: text "Hello" [81 05 48 65 6c 6c 6f], then the connection stayed open';
  assert.equal(await outcomeOf({}), open);
});

Deno.test("runCase() agrees to compress as the client offers it", async () => {
  assert.match(await outcomeOf({ deflate: "permessage-deflate" }), /^ok: text \(compressed\)/);
});

Deno.test("runCase() gives a wrong answer", async () => {
  const head = ["HTTP/1.1 101 Switching Protocols", "Sec-WebSocket-Accept: {key}"];
  assert.equal(await outcomeOf({ head }), "failed: the connection ended");
});

Deno.test("runCase() fails a client whose request is not right, and says why", async () => {
  const client = saying("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n");
  assert.match(
    await outcomeOf({}, client),
    /^failed: what is not allowed: The client does not ask/,
  );
});

Deno.test("runCase() fails a client that does not speak HTTP", async () => {
  assert.match(await outcomeOf({}, saying("\0")), /^failed: no connection: .*does not speak HTTP/);
});
