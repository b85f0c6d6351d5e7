/** Runs the cases of the suite on clients: those of the list, and one that the user connects. */

import { namedCases } from "../../../conformance/choice.ts";
import { type Asked, clientPeer } from "../../../conformance/driver/client_opening.ts";
import { runCase } from "../../../conformance/driver/run_case.ts";
import { allCases, groups } from "../../../conformance/groups/mod.ts";
import type {
  ConformanceResult,
  NotTried,
  ServerConformance,
} from "../../../conformance/result.ts";
import type { Case, CaseResult } from "../../../conformance/types.ts";
import { UsageError, whole } from "../../usage.ts";
import { MOST_PARALLEL } from "../plan.ts";
import { resultOf } from "../suite.ts";
import { chooseTargets, type ClientTarget } from "./list.ts";
import { listenForClients } from "./listener.ts";
import { casesOf, tryClient } from "./suite.ts";

/** What is asked of a run of the suite on clients. */
export interface ClientsOptions {
  /** Ids, or `all`; `own` for one that the user connects. */
  readonly clients: readonly string[];
  /** Patterns of ids; all cases when left out. */
  readonly cases?: readonly string[];
  /** How many clients are tried at the same time. */
  readonly parallel?: number;
}

/** What a run of the suite on clients will do. */
export interface ClientsPlan {
  readonly clients: readonly ClientTarget[];
  readonly leftOut: readonly NotTried[];
  readonly cases: readonly Case[];
  readonly parallel: number;
}

/**
 * Makes the plan.
 *
 * @throws {UsageError} for options that are not possible
 */
export function planClients({ clients, cases = ["*"], parallel }: ClientsOptions): ClientsPlan {
  const all = chooseTargets(clients);
  const leftOut = all.flatMap(({ id, title, missing }) => {
    const reason = missing?.();
    return reason === undefined ? [] : [{ id, title, reason }];
  });
  const forClients = allCases.filter(({ role }) => role !== "server");
  const { chosen, unknown } = namedCases(cases, forClients);
  if (unknown.length > 0 || chosen.length === 0) {
    const known = groups.filter(({ cases }) => cases.some(({ role }) => role !== "server"))
      .map(({ id, title }) => `${id} ${title}`).join(", ");
    throw new UsageError(`No case of clients is called "${unknown[0] ?? ""}". Groups: ${known}`);
  }
  return {
    clients: all.filter(({ id }) => !leftOut.some((one) => one.id === id)),
    leftOut,
    cases: chosen,
    parallel: whole(
      "number of clients at a time (--parallel)",
      parallel ?? Math.min(MOST_PARALLEL, navigator.hardwareConcurrency),
      1,
      64,
    ),
  };
}

/** Follows a run of the suite, whatever is tried. */
export interface TargetFollower {
  /** One is begun, which has so many cases. */
  started?(target: { readonly title: string }, total: number): void;
  ended?(target: { readonly title: string }, result: CaseResult): void;
  done?(target: { readonly title: string }, result: ServerConformance): void;
}

/** Follows a run of the suite on clients. */
export interface ClientsFollower extends TargetFollower {
  /** The user's client may connect: to the URL of a case, or to that of the next one. */
  awaited?(origin: string): void;
}

/**
 * Runs all cases on all clients, some of them at a time.
 *
 * @param finish aborted when no other case is to be run
 */
export async function runClients(
  { clients, cases, leftOut, parallel }: ClientsPlan,
  finish: AbortSignal,
  follower: ClientsFollower = {},
): Promise<ConformanceResult> {
  const startedAt = new Date().toISOString();
  const results: (ServerConformance | undefined)[] = clients.map(() => undefined);
  const waiting = clients.entries();
  const work = async (): Promise<void> => {
    for (const [place, client] of waiting) {
      if (finish.aborted) return;
      follower.started?.(client, casesOf(client, cases).length);
      const ended = (result: CaseResult): void => follower.ended?.(client, result);
      const result = client.isOwn
        ? await tryOwn(client, cases, finish, ended, (origin) => follower.awaited?.(origin))
        : await tryClient(client, cases, finish, { ended });
      results[place] = result;
      follower.done?.(client, result);
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  const state = finish.aborted ? "interrupted" : "finished";
  return { ...resultOf({ startedAt, state, cases, results, leftOut }), role: "client" };
}

/** Waits for the connections of a client that the user starts, until there is a result for each case. */
async function tryOwn(
  { id, title }: ClientTarget,
  cases: readonly Case[],
  finish: AbortSignal,
  ended: (result: CaseResult) => void,
  awaited: (origin: string) => void,
): Promise<ServerConformance> {
  const begin = performance.now();
  const results = new Map<string, CaseResult>();
  const left = new Set(cases);
  const done = Promise.withResolvers<void>();
  let library: string | undefined;

  async function run(one: Case, asked: Asked): Promise<void> {
    left.delete(one);
    library ??= asked.fields.get("user-agent")?.[0];
    const result = await runCase(one, clientPeer({ connect: () => Promise.resolve(asked) }));
    results.set(one.id, result);
    ended(result);
    if (results.size === cases.length) done.resolve();
  }

  using listener = listenForClients((asked) => {
    const path = asked.path.split("?")[0]!;
    const one = path === "/next"
      ? left.values().next().value
      : cases.find(({ id }) => path === `/case/${id}`);
    if (one !== undefined && !finish.aborted) void run(one, asked);
    return one !== undefined && !finish.aborted;
  }, (path) => path === "/" ? howTo(cases) : undefined);
  finish.addEventListener("abort", () => done.resolve());
  awaited(listener.origin);
  if (!finish.aborted) await done.promise;
  return {
    ...{ id, title, restarts: [] },
    ...(library !== undefined && { library }),
    results: cases.flatMap((one) => results.get(one.id) ?? []),
    durationMs: performance.now() - begin,
  };
}

/** What is said to who opens the address in a browser. */
function howTo(cases: readonly Case[]): string {
  return "Connect a WebSocket to /case/ID here, and send back each message as it comes, until the connection ends. " +
    `Or connect to /next, which is the next case without a result, until it is refused with 404.\n\n${
      cases.map(({ id, title }) => `/case/${id} ${title}\n`).join("")
    }`;
}
