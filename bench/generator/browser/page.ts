/**
 * What runs in the page of a browser: the exchange of one trial, from its task to its report.
 *
 * It is a separate program, which `bundle.ts` bundles. It speaks with the generator by HTTP at its own
 * address, and while the window is open it says nothing.
 */

import { connectIn } from "../../../clients/browser_connect.ts";
import { ClientExchange } from "../exchange/client_exchange.ts";
import { drive, type Moment, PATIENCE } from "../drive.ts";
import { exchangeOptions, reportOf } from "../exchange/task.ts";
import type { GeneratorTask } from "../messages.ts";

/** What the page has and Deno's types do not know. */
declare const XMLHttpRequest: {
  new (): { open(method: string, url: string, isAsync: boolean): void; send(): void };
};
declare const crossOriginIsolated: boolean;

/** A browser opens its connections one after another, with pauses: 255 in 5 s, on a busy machine in 15. */
const CONNECT_MS = 35_000;

/** Lets the generator take its samples; the page stands still meanwhile, so that this is not inside the window. */
function at(moment: Moment): void {
  const request = new XMLHttpRequest();
  request.open("POST", `/at?moment=${encodeURIComponent(moment)}`, false);
  request.send();
}

async function post(path: string, body: string): Promise<string> {
  return await (await fetch(path, { method: "POST", body })).text();
}

async function run(): Promise<void> {
  if (!crossOriginIsolated) {
    throw new Error("The page is not isolated: its clock would go in steps of 0.1 ms");
  }
  const task: GeneratorTask = await (await fetch("/task")).json();
  const client = { connect: connectIn[task.protocol]! };
  const outcome = await drive(new ClientExchange(client, exchangeOptions(task)), {
    warmupMs: task.warmupMs,
    durationMs: task.durationMs,
    patience: { ...PATIENCE, connectMs: CONNECT_MS },
    at,
    connected: async () => Number(await post("/connected", "")),
  });
  await post("/report", JSON.stringify(reportOf(outcome)));
}

try {
  await run();
} catch (error) {
  await post("/failed", error instanceof Error ? error.message : String(error));
}
