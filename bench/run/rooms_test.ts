/** Rooms: under a clock that is computed, and with real servers. */

import { deepEqual, equal, ok } from "node:assert/strict";
import type { CompletedTrial } from "../../measure/model/result.ts";
import { fixedText } from "../../scenarios/payload/payload.ts";
import type { CaseParameters } from "../../scenarios/parameters.ts";
import { rooms } from "../../scenarios/rooms.ts";
import { rooms as speaking } from "../../scenarios/traffic/rooms.ts";
import { servers } from "../../servers/mod.ts";
import { drive } from "../generator/drive.ts";
import { startServer } from "../process/server_process.ts";
import { plannedTrial } from "../testing/plans.ts";
import { SimulatedExchange } from "../testing/simulated.ts";
import { runTrial } from "./trial.ts";

const WRONG = { lost: 0, duplicated: 0, reordered: 0, corrupted: 0 };
const SIZE = { rooms: 3, members: 4, speakers: 2 };

Deno.test("rooms in a closed loop: each message is one for the server, and four that it sends", async () => {
  let freeMs = 0;
  const exchange = new SimulatedExchange(
    {
      url: "ws://simulated/",
      traffic: (load) => speaking(load, { ...SIZE, inFlight: 1 }),
      payload: fixedText("hi"),
      timeline: "replies",
    },
    // One copy after another, each in half a millisecond.
    (arrivedMs) => freeMs = Math.max(arrivedMs, freeMs) + 0.5,
  );
  const { recorder, ledger } = await drive(exchange, {
    warmupMs: 100,
    durationMs: 1200,
    at: () => {},
  });
  const { sent, replies } = recorder.counts(12);
  // Six messages are on their way at any time: 12 ms for each, and from its first copy to its last 1.5 ms.
  ok(Math.abs(sent - 600) <= 6 && Math.abs(replies - 2400) <= 24, `${sent} ${replies}`);
  const inMs = (ns: number): number => Number((ns / 1e6).toPrecision(3));
  equal(inMs(recorder.histograms.lastReceiver!.percentile(50)), 12);
  equal(inMs(recorder.histograms.skew!.percentile(50)), 1.5);
  const { sent: due, answered, ...wrong } = ledger.counts();
  deepEqual([wrong, answered, due % 4], [WRONG, due, 0]);
});

const settings = {
  warmupMs: 100,
  durationMs: 300,
  pinning: { absent: "this is a test" },
  engine: { id: Deno.build.os === "linux" ? "epoll" : "tcp" },
  generators: 2,
  samples: 10,
} as const;

async function trialOf(
  server: string,
  client: string,
  parameters: CaseParameters,
): Promise<CompletedTrial> {
  const entry = servers.find(({ id }) => id === server)!;
  const plan = { ...plannedTrial(entry, rooms, { ...SIZE, size: 64, ...parameters }), client };
  const trial = await runTrial(plan, settings, new AbortController().signal);
  if (trial.state !== "completed") throw new Error(trial.reason);
  const { sent, answered, ...wrong } = trial.integrity;
  // The account has each message once for each of its members.
  deepEqual([wrong, answered, sent % SIZE.members], [WRONG, sent, 0]);
  ok(sent > 0);
  equal(trial.metrics["delivered"], 100);
  equal(trial.counts.connections, 12);
  return trial;
}

for (
  const [server, client] of [
    ["native", "wire"],
    ["ws", "wire"],
    ["ws", "ws"],
    ["socketio", "socketio"],
    ["socketio", "wire"],
  ] as const
) {
  Deno.test(`rooms: all members have all messages over ${client} from ${server}, and nobody else has`, async () => {
    const closed = await trialOf(server, client, {});
    const { sent, replies } = closed.counts;
    // At the ends of the window messages of six speakers are on their way.
    ok(Math.abs(replies - sent * SIZE.members) <= 6 * SIZE.members, `${replies} of ${sent}`);
    ok(closed.histograms.skew !== undefined);

    const open = await trialOf(server, client, { rate: 100, arrivals: "constant" });
    equal(open.arrivals!.answered, open.arrivals!.sent);
    deepEqual(
      Object.entries(open.metrics).filter(([, figure]) => typeof figure !== "number")
        .map(([name]) => name).sort(),
      ["deliveries", "in"],
    );
  });
}

Deno.test("rooms of a server of one's own: the path says which, and what comes to another room is corrupted", async () => {
  const [native] = servers;
  const server = await startServer(native!);
  await using _stop = { [Symbol.asyncDispose]: () => server.stop() };
  const counts = async (path: string): Promise<CompletedTrial["integrity"]> => {
    const launch = { by: "url", url: server.ready.url } as const;
    const mine = { id: "mine", title: "mine", protocol: "websocket", path, launch };
    const plan = { ...plannedTrial(mine, rooms, { ...SIZE, size: 64 }), client: "wire" };
    const trial = await runTrial(plan, settings, new AbortController().signal);
    if (trial.state !== "completed") throw new Error(trial.reason);
    return trial.integrity;
  };
  const { sent, answered, ...wrong } = await counts("/room/{group}");
  deepEqual([wrong, answered], [WRONG, sent]);
  const everybody = await counts("/broadcast?room={group}");
  ok(everybody.corrupted > 0, JSON.stringify(everybody));
});
