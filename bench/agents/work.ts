/** One work of an agent: the generator of one trial, in the states that `messages.ts` lists. */

import { findScenario } from "../generator/exchange/task.ts";
import type { GeneratorReport, GeneratorTask } from "../generator/messages.ts";
import type { GeneratorProcess } from "../generator/process.ts";
import { clockMs, type ClockReading, compareClock, oursOf } from "../generator/together/clock.ts";
import { unlessStopped, watchStandstill } from "../process/standstill.ts";
import type { ServerProcess } from "../process/ready.ts";
import { ownUrl } from "./own_reference.ts";
import { encode, type News } from "./messages.ts";

/** News of a work, without what all news have. */
export type WorkNews = News["news"];

/** Tells news. Resolves once they have arrived, rejects if that is not possible. */
export type Tell = (news: WorkNews) => Promise<void>;

/** A work of an agent. */
export interface Work {
  /** What it is about. */
  readonly title: string;
  /** Whether it drives a reference server of its own, whatever its task names. */
  readonly hasReference: boolean;
  /**
   * Opens the connections of a window, which are numbered from 1; what comes of it is told. Nothing if that was asked
   * before.
   */
  connect(window: number, task: GeneratorTask): void;
  /** Starts its traffic when the clock of this process shows `startMs`. Nothing if that was asked before. */
  run(window: number, startMs: number): void;
  /** Passes on how many messages another agent has sent to each of its connections. */
  learn(window: number, messages: number): void;
  /** A part of the report of a window; undefined if there is none. */
  part(window: number, from: number, mostBytes: number): Uint8Array | undefined;
  /** Ends its generator, in whatever state it is. */
  stop(): Promise<void>;
}

/** What a work needs. */
export interface WorkOptions {
  readonly title: string;
  readonly generator: GeneratorProcess;
  readonly tell: Tell;
  /** The server that it drives in place of what its task names; it ends with the work. */
  readonly reference?: Promise<ServerProcess>;
  /** Called with one line when it is over. */
  readonly ended: (line: string) => void;
  /** Ends what it has made for the generator. */
  readonly dispose?: () => void;
}

/** What a work has measured, in all of its windows. */
interface Measured {
  windows: number;
  /** Those of the last window. */
  connections: number;
  /** Messages of all phases, warm-up and drain as well, so that what is answered was sent. */
  sent: number;
  answered: number;
  handshakes: number;
}

function add(measured: Measured, { integrity, counts }: GeneratorReport): void {
  measured.windows++;
  measured.connections = counts.connections;
  measured.sent += integrity.sent;
  measured.answered += integrity.answered;
  measured.handshakes += counts.handshakes;
}

function inWords({ windows, connections, sent, answered, handshakes }: Measured): string {
  const done = sent > 0
    ? `${answered} of ${sent} messages answered`
    : `${handshakes} connections opened`;
  const often = windows > 1 ? ` in ${windows} windows` : "";
  return connections > 0 ? `${connections} connections, ${done}${often}` : `${done}${often}`;
}

/** Begins a work, with a generator that has been started. */
export function beginWork(
  { title, generator, tell, reference, ended, dispose }: WorkOptions,
): Work {
  let state: "started" | "connecting" | "connected" | "running" | "over" = "started";
  let clock: ClockReading | undefined;
  let task: GeneratorTask | undefined;
  /** The window whose connections were asked for last. */
  let current = 0;
  const measured: Measured = { windows: 0, connections: 0, sent: 0, answered: 0, handshakes: 0 };
  /** That of the last window, until somebody wants another one. */
  let reported: Uint8Array | undefined;
  let stopping: Promise<void> | undefined;
  const suspects = [{ who: "The generator", pid: generator.pid }];

  async function fail(reason: string): Promise<void> {
    if (state === "over") return;
    state = "over";
    ended(`failed: ${reason}`);
    await tell({ kind: "failed", reason: reason.slice(0, 1000) });
  }

  async function connect(given: GeneratorTask): Promise<void> {
    const server = await reference;
    task = server === undefined ? given : { ...given, url: ownUrl(given.url, server) };
    using watch = watchStandstill(suspects, 0);
    const answer = await unlessStopped(generator.connect(task), watch);
    if (answer.state === "failed") return await fail(answer.reason);
    clock = await compareClock(() => generator.clock());
    state = "connected";
    await tell({ kind: "connected", clockErrorMs: clock.errorMs });
  }

  async function run(startMs: number): Promise<void> {
    const { warmupMs, durationMs } = task!;
    using watch = watchStandstill(
      suspects,
      warmupMs + durationMs + Math.max(0, startMs - clockMs()),
    );
    const report = await unlessStopped(
      generator.run({
        drained: () => spread({ kind: "drained" }),
        said: (messages) => spread({ kind: "said", messages }),
        restart: (signal) => spread({ kind: "restart", signal }),
        pulse: (pulse) => spread({ kind: "pulse", pulse: { ...pulse } }),
      }, startMs + clock!.offsetMs),
      watch,
    );
    if (report.state === "failed") return await fail(report.reason);
    if (stopping !== undefined) return;
    add(measured, report);
    state = findScenario(task!).search === undefined ? "over" : "started";
    if (state === "over") ended(inWords(measured));
    reported = encode({ ...report, startedAtMs: oursOf(report.startedAtMs, clock!) });
    await tell({ kind: "report", size: reported.length });
  }

  /** Ends the traffic at once: to stop a process looks for all that it has started, which takes its time. */
  function endLoad(): void {
    try {
      Deno.kill(generator.pid, "SIGKILL");
    } catch {
      // It has ended already.
    }
  }

  /** Whoever does not hear of it has gone, which is noticed otherwise. */
  function spread(news: WorkNews): void {
    tell(news).catch(() => {});
  }

  /** A work whose news cannot be told has no coordinator any more: that ends it. */
  function inBackground(done: Promise<void>): void {
    done.catch((error: Error) => fail(error.message)).catch(() => {});
  }

  // A failure shows when it is to connect.
  reference?.catch(() => {});
  return {
    title,
    hasReference: reference !== undefined,
    connect(window, given) {
      if (state !== "started" || window !== current + 1) return;
      current = window;
      reported = undefined;
      state = "connecting";
      inBackground(connect(given));
    },
    run(window, startMs) {
      if (state !== "connected" || window !== current) return;
      state = "running";
      inBackground(run(startMs));
    },
    learn(window, messages) {
      if (state === "running" && window === current) generator.learn(messages);
    },
    part: (window, from, mostBytes) =>
      window === current ? reported?.subarray(from, from + mostBytes) : undefined,
    stop: () =>
      stopping ??= (async () => {
        if (state !== "over") {
          const isBetween = state === "started" && measured.windows > 0;
          ended(isBetween ? inWords(measured) : "stopped before its end");
          // Another process may have the id of one that has ended.
          endLoad();
        }
        state = "over";
        const server = await reference?.catch(() => undefined);
        await Promise.all([generator.stop(), server?.stop()]);
        dispose?.();
      })(),
  };
}
