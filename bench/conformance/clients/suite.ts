/** Runs the cases of the suite on clients: each is a process, which is started again if it ends or hangs. */

import { denoRun } from "../../../servers/launch/deno_run.ts";
import { needsEcho } from "../../../conformance/choice.ts";
import { type Asked, clientPeer } from "../../../conformance/driver/client_opening.ts";
import { answerTo } from "../../../conformance/driver/deflate_answer.ts";
import { patient, resultOf, runCase } from "../../../conformance/driver/run_case.ts";
import type { Transcript } from "../../../conformance/driver/transcript.ts";
import type { Restart, ServerConformance } from "../../../conformance/result.ts";
import type { Case, CaseResult } from "../../../conformance/types.ts";
import { shown } from "../../../measure/text/shown.ts";
import { describeEnd, startChild } from "../../process/child.ts";
import { after } from "../../process/delay.ts";
import { quoted } from "../../process/server_process.ts";
import { listenForClients } from "./listener.ts";
import type { ClientTarget } from "./list.ts";
import type { EchoReady, EchoTask } from "./types.ts";

/** How often a client is started again before it is given up. */
const MOST_RESTARTS = 20;
/** How long a client may take until it is ready: a browser has to start. */
const READY_MS = 60_000;
/** How long it may take until it connects, and until it finds that the connection has ended. */
const PATIENCE_MS = 10_000;
/** The end of a process is told of a little later than that of its connections. */
const END_MS = 1000;

/** Follows what a client does. */
export interface ClientFollower {
  ended?(result: CaseResult): void;
}

/** The client's process, and what it says. */
export interface RunningClient {
  readonly library: string;
  /** How the process has ended, when it has. */
  readonly ended: Promise<string>;
  /**
   * Gives it a task; what it returns resolves to false if it does not end in so many milliseconds, ten seconds by
   * default, or has ended itself.
   */
  start(task: EchoTask): (ms?: number) => Promise<boolean>;
  stop(): Promise<void>;
}

/**
 * Runs all cases on one client.
 *
 * @param finish aborted when no other case is to be run
 */
export async function tryClient(
  target: ClientTarget,
  cases: readonly Case[],
  finish: AbortSignal,
  follower: ClientFollower = {},
): Promise<ServerConformance> {
  const begin = performance.now();
  const { id, title, onlyLayer } = target;
  const results: CaseResult[] = [];
  const restarts: Restart[] = [];
  let givenUp: string | undefined;
  let library: string | undefined;
  let running: RunningClient | undefined;
  let waiting: ((asked: Asked) => void) | undefined;
  using listener = listenForClients((asked) => {
    waiting?.(asked);
    return waiting !== undefined;
  });

  async function again(): Promise<void> {
    await running?.stop();
    running = undefined;
    if (restarts.length > MOST_RESTARTS) throw new Error(`it was started ${MOST_RESTARTS} times`);
    running = await startClient(id);
    library ??= running.library;
  }

  /** The result of a case after which the client had to be started again. */
  async function blamed(result: CaseResult): Promise<CaseResult> {
    using wait = after(END_MS);
    const reason = await Promise.race([running!.ended, wait.over]) ??
      "the client did not notice the end of the connection";
    restarts.push({ id: result.id, reason });
    await again();
    return { ...result, verdict: "failed", came: `${result.came}, then ${reason}` };
  }

  /** Whether the client has offered to compress; undefined before it was asked to. */
  let isDeflating: boolean | undefined;
  let isDone: (() => Promise<boolean>) | undefined;
  const peer = clientPeer({
    async connect(one) {
      const { promise, resolve } = Promise.withResolvers<Asked>();
      waiting = resolve;
      isDone = running!.start(taskOf(one, listener.origin));
      using late = after(PATIENCE_MS);
      const asked = await Promise.race([promise, late.over]);
      waiting = undefined;
      if (asked === undefined) throw new Error("the client did not connect");
      if (one.opening?.deflate !== undefined) isDeflating = offersDeflate(asked);
      return asked;
    },
    ...(onlyLayer !== undefined && { isLayerOnly: true as const }),
  });

  async function attempt(one: Case): Promise<CaseResult> {
    const result = await runCase(one, peer);
    // A client of another protocol waits for what a server of it would say, and does not notice the end: that is no fault.
    const isFine = onlyLayer === undefined ? await isDone!() : !result.isNotOpened;
    return isFine ? result : await blamed(result);
  }

  async function run(one: Case): Promise<CaseResult> {
    // Nothing can be tried of what it does not offer.
    if (isDeflating === false && one.opening?.needsDeflate) return undeflated(one);
    const result = await attempt(one);
    return result.isUnanswered ? await attempt(patient(one)) : result;
  }

  try {
    await again();
    for (const one of casesOf(target, cases)) {
      if (finish.aborted) break;
      const result = await run(one);
      results.push(result);
      follower.ended?.(result);
    }
  } catch (error) {
    givenUp = shown((error as Error).message);
  } finally {
    await running?.stop();
  }
  return {
    ...{ id, title, results, restarts },
    ...(library !== undefined && { library }),
    ...(onlyLayer !== undefined && { onlyLayer }),
    ...(givenUp !== undefined && { givenUp }),
    durationMs: performance.now() - begin,
  };
}

/** The cases that can be run on a client. */
export function casesOf({ onlyLayer }: ClientTarget, cases: readonly Case[]): readonly Case[] {
  return onlyLayer === undefined ? cases : cases.filter((one) => !needsEcho(one));
}

function offersDeflate({ fields }: Asked): boolean {
  return answerTo(fields.get("sec-websocket-extensions")?.join(", ") ?? "") !== undefined;
}

/** The result of a case that needs compression at a client that does not offer it. */
function undeflated(one: Case): CaseResult {
  const transcript: Transcript = {
    ...{ frames: [], answers: [], isDeclined: true },
    disagreement: "the client does not offer it",
  };
  return { ...resultOf(one, transcript), durationMs: 0 };
}

function taskOf({ id, opening }: Case, origin: string): EchoTask {
  const isDeflating = opening?.deflate !== undefined;
  return { url: `${origin}/case/${id}`, ...(isDeflating && { deflate: true as const }) };
}

/**
 * Starts the process of a client.
 *
 * @throws {Error} if it is not ready in time
 */
export async function startClient(id: string): Promise<RunningClient> {
  const program = new URL("./program.ts", import.meta.url).href;
  const child = startChild([...denoRun(program), id], []);
  using late = after(READY_MS);
  const first = await Promise.race([child.lines.next(), late.over]);
  if (first?.value === undefined) {
    const words = child.lastWords();
    await child.stop();
    throw new Error(`the client did not start${quoted(words)}`);
  }
  const { library } = JSON.parse(first.value) as EchoReady;
  return {
    library,
    ended: child.ended.then((status) =>
      shown(`the client ended: ${describeEnd(status)}${quoted(child.lastWords())}`)
    ),
    start(task) {
      void child.tell(JSON.stringify(task)).catch(() => {});
      return async (ms = PATIENCE_MS) => {
        using late = after(ms);
        const line = await Promise.race([child.lines.next(), late.over]);
        return line?.value !== undefined;
      };
    },
    stop: () => child.stop(),
  };
}
