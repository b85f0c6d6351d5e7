import assert from "node:assert/strict";
import { endpointAt } from "../../clients/wire/transport/endpoint.ts";
import { createTestClock } from "../testing/clock.ts";
import { connectStrict } from "../testing/strict_peer.ts";
import type { Case } from "../types.ts";
import type { Connection } from "./connection.ts";
import { openConnection } from "./connection.ts";
import { patient, runCase } from "./run_case.ts";
import { serverPeer } from "./server_opening.ts";

const HELLO: Case = {
  ...{ id: "1.1.1", title: "text", section: "RFC 6455 §5.6" },
  steps: [{ send: [{ opcode: 1, payload: "Hello" }] }],
  judgement: { must: [{ answers: [{ text: "Hello" }], ending: { is: "open" } }] },
};

/** A listener that answers each connection with bytes, and leaves it open. */
function listening(answer: string) {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open: Deno.Conn[] = [];
  const serving = (async () => {
    for await (const connection of listener) {
      open.push(connection);
      await connection.write(new TextEncoder().encode(answer));
    }
  })();
  const url = `ws://127.0.0.1:${listener.addr.port}/`;
  return {
    ...serverPeer({ url, connect: () => openConnection(endpointAt(url)) }),
    async [Symbol.asyncDispose]() {
      listener.close();
      for (const connection of open) connection.close();
      await serving;
    },
  };
}

Deno.test("runCase() passes Deno's own server, over TCP", async () => {
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onmessage = ({ data }) => socket.send(data);
    return response;
  });
  const url = `ws://127.0.0.1:${server.addr.port}/`;
  const peer = serverPeer({ url, connect: () => openConnection(endpointAt(url)) });
  const { durationMs, ...result } = await runCase(HELLO, peer);
  assert.ok(durationMs >= 0);
  assert.deepEqual(result, {
    id: "1.1.1",
    verdict: "ok",
    expected: 'text "Hello", then an open connection',
    came: 'text "Hello" [81 05 48 65 6c 6c 6f], then the connection stayed open',
  });
});

for (
  const [what, answer, expected] of [
    ["refuses the handshake", "HTTP/1.1 404 Not Found\r\n\r\n", /^no connection: .*404/],
    ["does not speak HTTP", "220 mail.example\r\n", /^no connection: .*does not speak HTTP/],
  ] as const
) {
  Deno.test(`runCase() fails a server that ${what}`, async () => {
    await using server = listening(answer);
    const { verdict, came } = await runCase(HELLO, server);
    assert.equal(verdict, "failed");
    assert.match(came, expected);
  });
}

Deno.test("runCase() fails a server that answers an early frame before the handshake, and none that refuses it", async () => {
  const early: Case = {
    ...HELLO,
    isEarly: true,
    judgement: { ...HELLO.judgement, may: "anything" },
  };
  await using pong = listening("\x8a\x00HTTP/1.1 101 Switching Protocols\r\n\r\n");
  const { verdict, isNotOpened } = await runCase(early, pong);
  assert.deepEqual([verdict, isNotOpened], ["failed", undefined]);
  await using refusing = listening("HTTP/1.1 400 Bad Request\r\n\r\n");
  assert.equal((await runCase(early, refusing)).verdict, "informational");
});

Deno.test("runCase() fails a server that is not there, with the reason", async () => {
  const connect = () => Promise.reject(new Error("connection refused"));
  const { verdict, came } = await runCase(HELLO, serverPeer({ url: "ws://127.0.0.1/", connect }));
  assert.deepEqual([verdict, came], ["failed", "no connection: connection refused"]);
});

Deno.test("runCase() gives up a server that answers nothing at its deadline", async () => {
  let close = (): void => {};
  const silent: Connection = {
    read: () => new Promise((_, reject) => close = () => reject(new Error("closed"))),
    write: (bytes) => Promise.resolve(bytes.length),
    close: () => close(),
  };
  const clock = createTestClock();
  const server = serverPeer({ url: "ws://silent/", connect: () => Promise.resolve(silent) });
  const { verdict, came, durationMs } = await runCase({ ...HELLO, deadlineMs: 70 }, server, clock);
  assert.deepEqual([verdict, durationMs], ["failed", 70]);
  assert.equal(came, "no connection: no answer to the handshake in time");
});

for (
  const [fault, isUnanswered] of [
    ["answers nothing without content", true],
    ["answers all as binary", undefined],
    ["answers no ping", true],
    ["answers twice", undefined],
  ] as const
) {
  Deno.test(`runCase() ${isUnanswered ? "tells" : "does not tell"} of answers that are missing from a server that ${fault}`, async () => {
    const one: Case = {
      ...HELLO,
      steps: [{ send: [{ opcode: 1 }, { opcode: 9, payload: "a" }] }],
      judgement: {
        must: [{ answers: [{ pong: "a" }, { text: "" }], anyOrder: true, ending: { is: "open" } }],
      },
    };
    const peer = serverPeer({
      url: "ws://strict/",
      connect: () => Promise.resolve(connectStrict(fault)),
    });
    const result = await runCase(one, peer, createTestClock());
    assert.equal(result.verdict, "failed");
    assert.equal(result.isUnanswered, isUnanswered);
  });
}

for (
  const [what, answers, isUnanswered] of [["is silent", false, true], [
    "goes on",
    true,
    undefined,
  ]] as const
) {
  Deno.test(`runCase() ${isUnanswered ? "tells" : "does not tell"} of an end that is missing from a server that ${what}`, async () => {
    const one: Case = {
      ...HELLO,
      steps: [{ send: [{ opcode: 10 }] }],
      judgement: { must: [{ ending: { is: "dropped" } }] },
    };
    const connect = () => Promise.resolve(connectStrict(answers ? undefined : "answers no ping"));
    const peer = serverPeer({ url: "ws://strict/", connect });
    const result = await runCase(one, peer, createTestClock());
    assert.deepEqual([result.verdict, result.isUnanswered], ["failed", isUnanswered]);
  });
}

Deno.test("patient() leaves a case seconds to send and for answers", () => {
  const { deadlineMs, lateMs, ...rest } = patient({ ...HELLO, deadlineMs: 3000 });
  assert.deepEqual([deadlineMs, lateMs, rest], [20_000, 4000, HELLO]);
  assert.equal(patient({ ...HELLO, deadlineMs: 60_000 }).deadlineMs, 60_000);
});

Deno.test("runCase() leaves out what a connection cannot do", async () => {
  const without: Connection = {
    read: () => Promise.reject(new Error("not asked")),
    write: () => Promise.reject(new Error("not asked")),
    close() {},
  };
  const { verdict, came } = await runCase(
    { ...HELLO, steps: [{ end: "sending" }] },
    serverPeer({ url: "ws://half/", connect: () => Promise.resolve(without) }),
  );
  assert.equal(verdict, "informational");
  assert.match(came, /^not tried: /);
});
