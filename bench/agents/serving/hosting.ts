/** The servers that an agent starts, in the states that `messages.ts` lists: servers of the list, by their ids. */

import { reference, servers } from "../../../servers/mod.ts";
import type { ServerEntry } from "../../../servers/types.ts";
import { shown } from "../../../measure/text/shown.ts";
import { isMeasured } from "../../../measure/model/result.ts";
import { after } from "../../process/delay.ts";
import {
  sampleServer,
  type ServerSampler,
  type ServerSamples,
} from "../../generator/together/server_samples.ts";
import { fileLimit } from "../../process/file_limit.ts";
import { startServer } from "../../process/server_process.ts";
import { isProcess } from "../../plan/own_servers/custom_server.ts";
import { accountable, type ServerProcess } from "../../process/ready.ts";
import { certificateOf, makeCertificate } from "../../process/tls/certificate.ts";
import type { Answer, Order } from "../messages.ts";
import type { Tell } from "../work.ts";

type ServeOrder = Extract<Order, { order: "serve" }>;
type WatchOrder = Extract<Order, { order: "watch" }>;

/** A server that an agent has. */
export interface Hosted {
  /** Takes the sample before the first connection of a window. Nothing if that was asked before. */
  sample(window: number): void;
  /** Samples it at both ends of a window, whose begin is a time of the agent's clock. Nothing if that was asked before. */
  window(window: number, startMs: number, lengthMs: number): void;
  /** Takes the last sample of a window, once; null if that was not over, or there is nothing to sample. */
  sampled(window: number): Promise<ServerSamples | null>;
  /** Ends it, if it was started here. */
  stop(signal?: "SIGTERM" | "SIGKILL"): Promise<void>;
}

/** What starts servers on the machine of an agent; disposing removes what it made. */
export interface Hosting extends Disposable {
  /** Where they listen. */
  readonly address: string;
  /** What can be started, and the certificate that is shown. */
  readonly offer: Extract<Answer, { answer: "offer" }>;
  /** Starts a server; what comes of it is told. */
  serve(order: ServeOrder, tell: Tell): Hosted;
  /**
   * Looks at a server that runs already.
   *
   * @throws {Error} if that process does not listen there
   */
  watch(order: WatchOrder): Hosted;
}

/** A machine whose clock is behind by less than this believes the certificate, in milliseconds. */
const BEHIND_MS = 24 * 60 * 60 * 1000;

/**
 * Prepares for servers at an address of this machine. What starts them is looked for now, and bundles that they need are made:
 * later that would keep the agent from its coordinator.
 */
export async function hostServers(address: string): Promise<Hosting> {
  const missing = Object.fromEntries([...servers, reference].flatMap(missingOf));
  const pem = await makeCertificate("wsmark agent", [address], Date.now() - BEHIND_MS);
  // Nobody else can read it.
  const certificate = await Deno.makeTempFile({ prefix: "wsmark-agent-", suffix: ".pem" });
  await Deno.writeTextFile(certificate, pem);
  return {
    address,
    offer: { answer: "offer", certificate: certificateOf(pem), missing },
    serve: (order, tell) => beginServer(order, address, certificate, tell),
    watch: ({ pid, port }) => {
      if (!isProcess(pid)) throw new Error(`there is no process ${pid} on its machine (--pid)`);
      const ready = accountable({ url: `ws://127.0.0.1:${port}/`, pid });
      if (!isMeasured(ready.pid)) throw new Error(ready.pid.absent);
      return { ...samplingOf(() => pid), stop: () => Promise.resolve() };
    },
    [Symbol.dispose]: () => Deno.removeSync(certificate),
  };
}

function missingOf({ id, launch }: ServerEntry): [string, string][] {
  if (launch.by !== "contract") return [];
  const command = launch.command();
  return "missing" in command ? [[id, shown(command.missing)]] : [];
}

function beginServer(
  { server: id, port, isSecure, deflate, patienceMs }: ServeOrder,
  hostname: string,
  certificate: string,
  tell: Tell,
): Hosted {
  const entry = [...servers, reference].find((one) => one.id === id)!;
  const noLonger = new AbortController();
  let running: ServerProcess | undefined;
  let stopping: Promise<void> | undefined;

  async function start(): Promise<void> {
    const transport = { tls: isSecure ? certificate : undefined, deflate };
    const { signal } = noLonger;
    running = await startServer(entry, { hostname, port, patienceMs, signal, transport });
    const { url, runtime = "", library = "", notes = [], pid } = running.ready;
    running.ended.then((reason) => spread({ kind: "ended", reason: shown(reason) }));
    const descriptors = isMeasured(pid) ? fileLimit(pid) ?? null : null;
    await tell({ kind: "ready", url, runtime, library, notes: [...notes], descriptors });
  }

  /** Whoever does not hear of it has gone, which is noticed otherwise. */
  function spread(news: Parameters<Tell>[0]): void {
    if (stopping === undefined) tell(news).catch(() => {});
  }

  const starting = start().catch((error: Error) =>
    spread({ kind: "failed", reason: shown(error.message) })
  );
  const pidOf = (): number | undefined => {
    const pid = running?.ready.pid;
    return isMeasured(pid) ? pid : undefined;
  };
  return {
    ...samplingOf(pidOf),
    stop: (signal) =>
      stopping ??= (async () => {
        noLonger.abort();
        await starting;
        await running?.stop(signal);
      })(),
  };
}

/** The samples of a process, each order of which may come twice. */
function samplingOf(pidOf: () => number | undefined): Omit<Hosted, "stop"> {
  let current = 0;
  let sampler: ServerSampler | undefined;
  let last: Promise<ServerSamples | null> | undefined;
  let isTimed = false;
  return {
    sample(window) {
      if (window <= current) return;
      current = window;
      sampler?.[Symbol.dispose]();
      const pid = pidOf();
      sampler = pid === undefined ? undefined : sampleServer(pid);
      last = undefined;
      isTimed = false;
    },
    window(window, startMs, lengthMs) {
      if (isTimed || window !== current) return;
      isTimed = true;
      sampler?.during(startMs, lengthMs);
    },
    async sampled(window) {
      if (window !== current) return null;
      return await (last ??= (async () => {
        // Its timers may be due.
        using turn = after(0);
        await turn.over;
        using ended = sampler;
        return await ended?.finish() ?? null;
      })());
    },
  };
}
