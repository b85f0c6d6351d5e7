import assert from "node:assert/strict";
import { endpointAt } from "../../clients/wire/transport/endpoint.ts";
import { connectStrict } from "../testing/strict_peer.ts";
import type { Case, Opening } from "../types.ts";
import { openConnection } from "./connection.ts";
import { runCase } from "./run_case.ts";
import { serverPeer } from "./server_opening.ts";

const caseWith = (opening: Opening): Case => ({
  ...{ id: "1.1.1", title: "text", section: "RFC 6455 §4.2.1", opening },
  steps: [{ send: [{ opcode: 1, payload: "Hello" }] }],
  judgement: {
    must: [{ answers: [{ text: "Hello" }], ending: { is: "open" } }, {
      ending: { is: "refused" },
    }],
  },
});

/** What a case's opening comes to at a server of Deno. */
async function outcomeOf(opening: Opening): Promise<string> {
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    if (request.headers.get("x-unwanted") !== null) return new Response("No", { status: 403 });
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.onmessage = ({ data }) => socket.send(data);
    return response;
  });
  const url = `ws://127.0.0.1:${server.addr.port}/a?b=1`;
  const { verdict, came } = await runCase(
    caseWith(opening),
    serverPeer({
      url,
      connect: () => openConnection(endpointAt(url)),
      offer: { headers: [["X-Own", "1"]] },
    }),
  );
  return `${verdict}: ${came}`;
}

const HEAD = [
  "GET {path} HTTP/1.1",
  "host: {host}",
  "upgrade: websocket",
  "connection: upgrade",
  "sec-websocket-key: {key}",
  "sec-websocket-version: 13",
];

Deno.test("runCase() sends an unusual request, and goes on when it is accepted", async () => {
  const open = 'ok: text "Hello" [81 05 48 65 6c 6c 6f], then the connection stayed open';
  assert.equal(await outcomeOf({ head: HEAD }), open);
  assert.equal(await outcomeOf({ head: HEAD, pieceBytes: 20 }), open);
});

Deno.test("runCase() tells with which status an unusual request is refused", async () => {
  assert.equal(await outcomeOf({ head: [...HEAD, "x-unwanted: 1"] }), "ok: the answer 403");
});

Deno.test("runCase() does no step of a case that needs compression if that is declined", async () => {
  assert.equal(
    await outcomeOf({ deflate: "permessage-deflate", needsDeflate: true }),
    "failed: the request was accepted without the extension",
  );
});

for (
  const [isAbout, opening, expected] of [
    [
      "messages",
      { needsDeflate: true },
      /^unimplemented: the extension was not agreed on: .* not offered: received "permessage-deflate;/,
    ],
    [
      "the answer",
      { needsDeflate: true, isAboutAnswer: true },
      /^failed: what is not allowed: The server agreed with a window of the client/,
    ],
  ] as const
) {
  Deno.test(`runCase() takes a wrong answer to an offer as it should if the case is about ${isAbout}`, async () => {
    const peer = serverPeer({
      url: "ws://strict/",
      connect: () => Promise.resolve(connectStrict("gives the client a window unasked")),
    });
    const { verdict, came } = await runCase({
      ...caseWith({ deflate: "permessage-deflate", ...opening }),
      judgement: { ...caseWith({}).judgement, lacks: [{ ending: { is: "declined" } }] },
    }, peer);
    assert.match(`${verdict}: ${came}`, expected);
  });
}
