/** Replies that come many in a read: each of them is looked at, whichever way it is wrong. */

import assert from "node:assert/strict";
import { needing } from "../../../checks/testing/needs.ts";
import type { IntegrityCounts } from "../../../measure/model/result.ts";
import { json, numbered, numberedText, type Payload } from "../../../scenarios/payload/payload.ts";
import { closedLoop } from "../../../scenarios/traffic/closed_loop.ts";
import { engines } from "../../testing/engines.ts";
import { PatientExchange } from "../../testing/patient.ts";
import type { Engine } from "./exchange.ts";

/** Replies that are sent in one write. */
const BATCH = 64;

async function drive(
  engine: Engine,
  payload: Payload,
  isCut = false,
): Promise<Found> {
  const program = import.meta.resolve("../../testing/flipping_server.ts");
  const worker = new Worker(
    `${program}?batch=${BATCH}&size=${payload.size}${isCut ? "&cut" : ""}`,
    { type: "module" },
  );
  const told = (): Promise<number> =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
  try {
    const port = await told();
    using exchange = new PatientExchange(engine, "websocket", {
      url: `ws://127.0.0.1:${port}/`,
      payload,
      timeline: "replies",
      traffic: (load) => closedLoop(load, { connections: 1, inFlight: BATCH }),
    }, { hostname: "127.0.0.1", port });
    const faults = told();
    const { ledger } = await exchange.drive({
      warmupMs: 1,
      durationMs: 1,
      enough: () => exchange.ledger.expected(0) > BATCH * (BATCH * payload.size + 1),
    });
    return { counts: ledger.counts(), faults: await faults };
  } finally {
    worker.terminate();
  }
}

interface Found {
  counts: IntegrityCounts;
  faults: number;
}

/** What was found. How many were sent depends on when the window ended. */
function found(
  { counts: { sent, answered, ...rest } }: Found,
): Omit<IntegrityCounts, "sent" | "answered"> & { unanswered: number } {
  return { ...rest, unanswered: sent - answered };
}

const payloads = { binary: numbered(16), text: numberedText(16), JSON: json(64) };

for (const { engine, needs } of engines) {
  for (const [kind, payload] of Object.entries(payloads)) {
    Deno.test(needing(needs, {
      name: `WireExchange over ${engine} finds a changed bit in every byte of a read of 64 ` +
        `replies, and names it as one by one: ${kind}`,
      async fn() {
        const { reply: _, ...oneByOne } = payload;
        const whole = await drive(engine, payload);
        const single = await drive(engine, oneByOne);
        assert.equal(whole.faults, BATCH * payload.size);
        assert.equal(whole.counts.corrupted, whole.faults);
        assert.deepEqual(found(whole), found(single));
      },
    }));
  }

  Deno.test(needing(needs, {
    name: `WireExchange over ${engine} finds each of them where a reply is cut, too`,
    async fn() {
      const { reply: _, ...oneByOne } = payloads.text;
      const cut = await drive(engine, payloads.text, true);
      const single = await drive(engine, oneByOne, true);
      assert.equal(cut.faults, BATCH * payloads.text.size);
      assert.equal(cut.counts.corrupted, cut.faults);
      assert.deepEqual(found(cut), found(single));
    },
  }));
}
