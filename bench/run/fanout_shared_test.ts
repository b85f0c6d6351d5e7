/** Fan-out and rooms whose members several generators have, with a server that knows what it did wrong. */

import assert from "node:assert/strict";
import type { CompletedTrial } from "../../measure/model/result.ts";
import { fanout } from "../../scenarios/fanout.ts";
import type { CaseParameters } from "../../scenarios/parameters.ts";
import { rooms } from "../../scenarios/rooms.ts";
import type { Scenario } from "../../scenarios/types.ts";
import { plannedTrial } from "../testing/plans.ts";
import { runTrial } from "./trial.ts";

const NOTHING = { lost: 0, duplicated: 0, reordered: 0, corrupted: 0 };

/** What was done wrong on purpose, by kind. */
type Wrong = typeof NOTHING;

/** Who gets which messages how. */
interface Receiver {
  readonly socket: WebSocket;
  readonly number: number;
  last: number;
  /** A message that is sent again just before the next, or after others. */
  kept?: { readonly message: number; readonly bytes: Uint8Array<ArrayBuffer> };
}

/**
 * A server whose connections at one path get what any of them says; with faults it spoils some of it.
 *
 * Nothing wrong is sent after the message that it belongs to: what comes last could meet a closed connection.
 */
function startServer(hasFaults: boolean) {
  const wrong = { ...NOTHING };
  const rooms = new Map<string, Receiver[]>();
  const counts = new Map<WebSocket, number>();

  function pass(to: Receiver, message: number, bytes: Uint8Array<ArrayBuffer>): void {
    if (message < to.last) wrong.reordered++;
    to.last = Math.max(to.last, message);
    to.socket.send(bytes);
  }

  function say(to: Receiver, message: number, bytes: Uint8Array<ArrayBuffer>): void {
    if (to.socket.readyState !== WebSocket.OPEN) return;
    const kind = hasFaults ? (message + to.number) % 9 : 0;
    switch (kind) {
      case 1:
        return void wrong.lost++;
      case 3:
        to.kept = { message, bytes };
        return void wrong.lost++;
      case 5: {
        wrong.corrupted++;
        const spoilt = bytes.slice();
        spoilt[spoilt.length - 1]! ^= 1;
        return pass(to, message, spoilt);
      }
      case 6:
        if (to.kept === undefined) break;
        wrong.lost--;
        pass(to, to.kept.message, to.kept.bytes);
        break;
      case 7:
        to.kept = { message, bytes };
        break;
      case 8:
        if (to.kept === undefined) break;
        wrong.duplicated++;
        pass(to, to.kept.message, to.kept.bytes);
    }
    pass(to, message, bytes);
  }

  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    const { pathname } = new URL(request.url);
    const room = rooms.get(pathname) ?? [];
    rooms.set(pathname, room);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => room.push({ socket, number: room.length, last: -1 });
    socket.onmessage = ({ data }) => {
      const message = counts.get(socket) ?? 0;
      counts.set(socket, message + 1);
      for (const one of room) say(one, message, new Uint8Array(data));
    };
    return response;
  });
  return {
    url: `ws://127.0.0.1:${server.addr.port}/`,
    wrong: wrong as Wrong,
    rooms,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

async function trialOf(
  url: string,
  scenario: Scenario,
  path: string,
  parameters: CaseParameters,
): Promise<CompletedTrial> {
  const launch = { by: "url", url } as const;
  const mine = { id: "mine", title: "mine", protocol: "websocket", path, launch };
  const plan = plannedTrial(mine, scenario, { payload: "binary", size: 64, ...parameters });
  const settings = {
    warmupMs: 50,
    durationMs: 300,
    pinning: { absent: "this is a test" },
    engine: { id: Deno.build.os === "linux" ? "epoll" : "tcp" },
    generators: 3,
    samples: 0,
  } as const;
  const trial = await runTrial({ ...plan, client: "wire" }, settings, new AbortController().signal);
  if (trial.state !== "completed") throw new Error(trial.reason);
  return trial;
}

Deno.test("fan-out over three generators: all that each receiver was sent is accounted for exactly", async () => {
  await using server = startServer(true);
  const { integrity, sharing, counts, arrivals } = await trialOf(
    server.url,
    fanout,
    "/room/{group}",
    { connections: 8, arrivals: "constant", rate: 200 },
  );
  const { sent, answered, ...wrong } = integrity;
  assert.deepEqual(wrong, server.wrong);
  assert.ok(Object.values(wrong).every((count) => count > 0), JSON.stringify(wrong));
  assert.equal(answered + wrong.lost + wrong.corrupted, sent);
  assert.equal(sent % 8, 0);
  const { generators } = sharing!;
  assert.deepEqual(generators.map(({ connections }) => connections), [3, 3, 2]);
  // The first connection speaks, and nobody else.
  assert.deepEqual(generators.slice(1).map((one) => one.sent), [0, 0]);
  assert.ok(generators.every(({ replies }) => replies > 0));
  assert.equal(generators[0]!.sent, counts.sent);
  assert.equal(arrivals!.sent, counts.sent);
});

Deno.test("fan-out over three generators in a closed loop: all get everything", async () => {
  await using server = startServer(false);
  const { integrity: { sent, answered, ...wrong }, histograms } = await trialOf(
    server.url,
    fanout,
    "/room/{group}",
    { connections: 5, inFlight: 1 },
  );
  assert.deepEqual([wrong, answered, sent % 5], [NOTHING, sent, 0]);
  assert.ok(sent > 0);
  assert.ok(histograms.lastReceiver !== undefined);
});

Deno.test("rooms over three generators: each room is at one of them, and no two have the same", async () => {
  await using server = startServer(false);
  const { integrity: { sent, answered, ...wrong }, sharing } = await trialOf(
    server.url,
    rooms,
    "/room/{group}",
    { rooms: 4, members: 3, speakers: 2, arrivals: "poisson", rate: 200 },
  );
  assert.deepEqual([wrong, answered], [NOTHING, sent]);
  assert.deepEqual(sharing!.generators.map(({ connections }) => connections), [6, 3, 3]);
  assert.deepEqual([...server.rooms.keys()].sort(), [0, 1, 2, 3].map((room) => `/room/${room}`));
});
