/** Runs the cases of the suite on servers: each is started, and started again if it dies or hangs. */

import { needsEcho } from "../../conformance/choice.ts";
import { openConnection } from "../../conformance/driver/connection.ts";
import { patient, type Peer, runCase } from "../../conformance/driver/run_case.ts";
import { serverPeer } from "../../conformance/driver/server_opening.ts";
import { allCases, groups } from "../../conformance/groups/mod.ts";
import type { ConformanceResult, Restart, ServerConformance } from "../../conformance/result.ts";
import { suiteId } from "../../conformance/suite_id.ts";
import type { Case, CaseResult } from "../../conformance/types.ts";
import { offerOf } from "../../clients/wire/handshake/offer.ts";
import { endpointAt } from "../../clients/wire/transport/endpoint.ts";
import { shown } from "../../measure/text/shown.ts";
import { codecFor } from "../../protocols/mod.ts";
import type { Deflate, ServerEntry } from "../../servers/types.ts";
import { after } from "../process/delay.ts";
import { targetUrl } from "../process/reachability.ts";
import type { Ready, ServerProcess } from "../process/ready.ts";
import { startServer } from "../process/server_process.ts";
import { VERSION } from "../version.ts";
import type { ConformancePlan } from "./plan.ts";

/** How often a server is started again before it is given up. */
const MOST_RESTARTS = 20;
/** How many handshakes in a row a server that is not started here may refuse. */
const MOST_REFUSED = 3;

/** How long a server may take until it is ready, in milliseconds: others are tried at the same time. */
const READY_MS = 30_000;

/** The end of a process is told of a little later than that of its connections, in milliseconds. */
const END_MS = 1000;

const ONLY_LAYER =
  "each of its messages must be a packet of Socket.IO: only cases without messages that come back were run";

/** Follows a run of the suite. */
export interface ConformanceFollower {
  started?(server: ServerEntry, cases: number): void;
  ended?(server: ServerEntry, result: CaseResult): void;
  done?(server: ServerEntry, result: ServerConformance): void;
}

/**
 * Runs all cases on all servers, some of them at a time.
 *
 * @param finish aborted when no other case is to be run
 */
export async function runConformance(
  { servers, cases, leftOut, parallel }: ConformancePlan,
  finish: AbortSignal,
  follower: ConformanceFollower = {},
): Promise<ConformanceResult> {
  const startedAt = new Date().toISOString();
  const results: (ServerConformance | undefined)[] = servers.map(() => undefined);
  const waiting = servers.entries();
  const work = async (): Promise<void> => {
    for (const [place, server] of waiting) {
      if (finish.aborted) return;
      const result = await tryServer(server, cases, finish, follower);
      results[place] = result;
      follower.done?.(server, result);
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  const state = finish.aborted ? "interrupted" : "finished";
  return resultOf({ startedAt, state, cases, results, leftOut });
}

/** Puts what came of a run together; servers that were not begun have no result. */
export function resultOf({ cases, results, ...rest }: {
  readonly startedAt: string;
  readonly state: ConformanceResult["state"];
  readonly cases: readonly Case[];
  readonly results: readonly (ServerConformance | undefined)[];
  readonly leftOut: ConformanceResult["leftOut"];
}): ConformanceResult {
  const chosen = new Set(cases.map(({ id }) => id.split(".")[0]));
  return {
    ...rest,
    wsmark: VERSION,
    suite: suiteId(allCases),
    groups: groups.filter(({ id }) => chosen.has(id)).map(({ id, title }) => ({ id, title })),
    cases: cases.map(({ id, title, section, integrity }) => ({
      ...{ id, title, section },
      ...(integrity !== undefined && { integrity }),
    })),
    servers: results.filter((one) => one !== undefined),
  };
}

/** Runs all cases on one server. */
async function tryServer(
  entry: ServerEntry,
  cases: readonly Case[],
  finish: AbortSignal,
  follower: ConformanceFollower,
): Promise<ServerConformance> {
  const start = performance.now();
  const isLayerOnly = entry.protocol !== "websocket";
  const results: CaseResult[] = [];
  const restarts: Restart[] = [];
  let givenUp: string | undefined;
  let ready: Ready | undefined;
  let running: Running | undefined;
  let refused = 0;
  const due = isLayerOnly ? cases.filter((one) => !needsEcho(one)) : cases;
  follower.started?.(entry, due.length);

  /** The result of the last case, which has made the server end or hang. */
  function blame(reason: string): void {
    const last = results.at(-1);
    restarts.push({ id: last?.id ?? "", reason });
    if (last === undefined) return;
    results[results.length - 1] = {
      ...last,
      verdict: "failed",
      came: `${last.came}, then ${reason}`,
    };
  }

  async function again(): Promise<void> {
    await running?.server.stop();
    running = undefined;
    if (restarts.length > MOST_RESTARTS) throw new Error(`it was started ${MOST_RESTARTS} times`);
    running = await startRunning(entry);
    ready ??= running.server.ready;
  }

  /** The result of a case after its server accepted no handshake: it may have been busy, else it is started again. */
  async function reopened(one: Case, first: CaseResult): Promise<CaseResult> {
    const ending = await endingOf(running!);
    const second = ending === undefined ? await runCase(one, running!.target) : first;
    if (!second.isNotOpened) return second;
    blame(ending ?? "the server accepted no other connection");
    await again();
    const result = await runCase(one, running!.target);
    if (result.isNotOpened) throw new Error(`it accepted no handshake: ${result.came}`);
    return result;
  }

  try {
    await again();
    if (entry.launch.by !== "contract" && !isLayerOnly) await checkEcho(running!.target);
    for (const one of due) {
      if (finish.aborted) break;
      let result = await runCase(one, running!.target);
      if (result.isUnanswered) result = await runCase(patient(one), running!.target);
      if (result.isNotOpened && entry.launch.by === "url") {
        refused++;
        if (refused >= MOST_REFUSED) throw new Error(`it accepted no handshake: ${result.came}`);
      } else if (result.isNotOpened) {
        result = await reopened(one, result);
      } else refused = 0;
      results.push(result);
      if (running!.ending !== undefined) {
        blame(running!.ending);
        await again();
      }
      follower.ended?.(entry, results.at(-1)!);
    }
  } catch (error) {
    givenUp = shown((error as Error).message);
  } finally {
    await running?.server.stop();
  }
  return {
    id: entry.id,
    title: entry.title,
    ...(ready?.library !== undefined && { library: ready.library }),
    ...(ready?.runtime !== undefined && { runtime: ready.runtime }),
    ...(isLayerOnly && { onlyLayer: ONLY_LAYER }),
    results,
    restarts,
    ...(givenUp !== undefined && { givenUp }),
    durationMs: performance.now() - start,
  };
}

/** What each server of the user must do. */
const HELLO: Case = {
  ...{ id: "", title: "a text", section: "RFC 6455 §5.6" },
  steps: [{ send: [{ opcode: 1, payload: "Hello" }] }],
  judgement: { must: [{ answers: [{ text: "Hello" }], ending: { is: "open" } }] },
};

/** @throws {Error} if a server does not return messages as they came */
async function checkEcho(target: Peer): Promise<void> {
  const { verdict, came, isNotOpened } = await runCase(patient(HELLO), target);
  if (verdict === "ok") return;
  const what = isNotOpened ? "accepts no handshake" : "does not return messages as they came";
  throw new Error(`it ${what} (came ${came}): name a path that does by --path`);
}

/** A server that runs, and how its process has ended, if it has. */
interface Running {
  readonly server: ServerProcess;
  readonly target: Peer;
  ending?: string;
}

/** How the process has ended that accepts no connection; undefined if it goes on. */
async function endingOf({ server, ending }: Running): Promise<string | undefined> {
  using wait = after(END_MS);
  return ending ??
    await Promise.race([server.ended.then(endedWords), wait.over.then(() => undefined)]);
}

function endedWords(how: string): string {
  return shown(`the server ended: ${how}`);
}

async function startRunning(entry: ServerEntry): Promise<Running> {
  const deflate = compressionOf(entry);
  const server = await startServer(entry, { patienceMs: READY_MS, transport: { deflate } });
  const running: Running = { server, target: targetOf(entry, server.ready) };
  server.ended.then((how) => running.ending = endedWords(how));
  return running;
}

/** How a server of the list compresses where a case offers it; the others do as they do. */
export function compressionOf({ launch, lacks = {} }: ServerEntry): Deflate | undefined {
  if (launch.by !== "contract" || lacks.deflate !== undefined) return undefined;
  return (["takeover", "no-takeover"] as const).find((mode) => lacks[mode] === undefined);
}

/** Where the cases are sent. */
function targetOf(
  { protocol }: ServerEntry,
  { url, path = "/echo", connect = {} }: Ready,
): Peer {
  const codec = codecFor(protocol, targetUrl(url, path), connect.protocolOptions);
  const endpoint = endpointAt(codec.url, connect.tls);
  return serverPeer({
    url: codec.url.href,
    offer: offerOf(codec, connect),
    connect: () => openConnection(endpoint),
    ...(protocol !== "websocket" && { isLayerOnly: true }),
  });
}
