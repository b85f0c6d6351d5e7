/** Streams of servers by the libraries that people take for them, and with a relay between that makes faults. */

import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { needing } from "../../../checks/testing/needs.ts";
import { countsOf } from "../../../measure/record/accounts/mod.ts";
import type { PushRule } from "../../../protocols/messages/push.ts";
import type { OptionValues } from "../../../protocols/types.ts";
import { messageOf } from "../../../scenarios/payload/payload.ts";
import { push } from "../../../scenarios/traffic/push.ts";
import { PatientExchange } from "../../testing/patient.ts";
import type { Fault } from "../../../checks/testing/network/spoil.ts";
import { type Program, startProgram } from "../../testing/speaking_program.ts";
import { STREAM } from "../../testing/stream.ts";
import type { DriveOutcome } from "../drive.ts";

/** A server and what it sends by itself. */
interface Case {
  readonly speaks: string;
  readonly protocol: string;
  readonly path?: string;
  readonly options?: OptionValues;
  readonly rule: PushRule;
  /** A text that only the messages of the stream have. */
  readonly only: string;
  /** How many others the server sends. */
  readonly unasked: number;
}

const cases: Readonly<Record<string, Case>> = {
  "messages after a subscription": {
    ...{ speaks: "stream", protocol: "messages", only: "tick", unasked: 0 },
    options: { open: [{ send: "subscribe", expect: "hello" }] },
    rule: { sequence: "/seq", time: "/at", unit: "ms" },
  },
  "messages by a pattern": {
    ...{ speaks: "stream", protocol: "messages", only: "tick", unasked: 1 },
    options: { open: [{ send: "subscribe" }], ignore: ["hello"] },
    rule: { pattern: '"seq":(?<sequence>\\d+),"at":(?<time>\\d+)', unit: "ms" },
  },
  "a subscription of GraphQL": {
    ...{ speaks: "graphql-transport-ws", protocol: "graphql-transport-ws", only: "next" },
    options: { subscription: "subscription { numbers }" },
    rule: { sequence: "/payload/data/numbers" },
    unasked: 0,
  },
  "events of Socket.IO": {
    ...{ speaks: "socket.io", protocol: "socket.io", path: "/stream", only: "tick", unasked: 0 },
    options: { path: "/rt/" },
    rule: { sequence: "/1/seq", time: "/1/at", unit: "ms" },
  },
};

const EVERY = 50;
/** So many of the messages are divided by that. */
const FAULTS = Math.floor(STREAM / EVERY);

async function drive(
  program: Program,
  { speaks, protocol, path = "/", options = {}, rule, only }: Case,
  fault: Fault,
): Promise<DriveOutcome & { readonly faults: number; readonly unasked: number }> {
  const port = await program.ask({ speaks, fault, only, every: EVERY });
  using exchange = new PatientExchange("epoll", protocol, {
    ...{ url: `ws://127.0.0.1:${port}${path}`, payload: messageOf(64), timeline: "replies" },
    connect: { protocolOptions: options },
    streams: { rule, isHere: true },
    traffic: (load) => push(load, { connections: 1 }),
  }, { hostname: "127.0.0.1", port });
  const outcome = await exchange.drive({
    ...{ warmupMs: 0, durationMs: 30, drainMs: 1500 },
    enough: () => exchange.ledger.sent(0) === STREAM,
  });
  return { ...outcome, unasked: exchange.ledger.unasked, faults: await program.ask(port) };
}

const names: Readonly<Record<Exclude<Fault, "change">, string>> = {
  none: "none",
  drop: "lost",
  duplicate: "duplicated",
  reorder: "reordered",
};

Deno.test(needing(["Linux"], {
  name: "WireExchange counts exactly what of a stream is lost, sent twice or overtaken",
  async fn(test) {
    await using program = startProgram();
    for (const [name, one] of Object.entries(cases)) {
      for (const fault of ["none", "drop", "duplicate", "reorder"] as const) {
        await test.step(`${name}: ${fault}`, async () => {
          const { ledger, recorder, unasked, faults } = await drive(program, one, fault);
          const { sent, answered, ...wrong } = ledger.counts();
          equal(faults, fault === "none" ? 0 : FAULTS);
          const expected = { lost: 0, duplicated: 0, reordered: 0, corrupted: 0 };
          deepEqual(wrong, fault === "none" ? expected : { ...expected, [names[fault]]: FAULTS });
          deepEqual([sent, answered], [STREAM, STREAM - (fault === "drop" ? FAULTS : 0)]);
          equal(unasked, one.unasked);
          const { pushes } = countsOf(recorder.accounts);
          const { age, gap } = recorder.histograms;
          ok(gap!.count > 0);
          if (one.rule.unit === undefined) ok(pushes!.untimed > 0 && age!.count === 0);
          else ok(pushes!.untimed === 0 && pushes!.foreign === 0 && age!.count > 0);
        });
      }
    }
  },
}));

Deno.test(needing(["Linux"], {
  name: "WireExchange fails when a server completes a subscription whose stream is measured",
  async fn() {
    await using program = startProgram();
    const ending = { ...cases["a subscription of GraphQL"]! };
    const options = { subscription: "subscription { ticks }" };
    const rule = { sequence: "/payload/data/ticks" };
    await rejects(
      drive(program, { ...ending, options, rule }, "none"),
      /closed connection 1 of 1: the server completed the subscription/,
    );
  },
}));
