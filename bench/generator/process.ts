/** Starts the generator as a process, gives it its task, and reads its report. */

import { describeEnd, startChild } from "../process/child.ts";
import type {
  GeneratorConnected,
  GeneratorFailure,
  GeneratorProbed,
  GeneratorReport,
  GeneratorTask,
} from "./messages.ts";
import { trustOnly } from "../process/certificate.ts";
import type { Pulse } from "./pulse.ts";
import { quoted } from "../process/server_process.ts";

/** Who is told what a generator says before its report. */
export interface GeneratorNews {
  /** Told of its pulse, where its task asks for it. */
  pulse?(pulse: Pulse): void;
  /** Told that a window of a search is over, and the next one begins. */
  probed?(): void;
}

/** A generator that waits for its task. */
export interface GeneratorProcess {
  /** Its process id. */
  readonly pid: number;
  /**
   * Gives it its task.
   *
   * @returns when its connections are open, or why they are not; never rejects
   */
  connect(task: GeneratorTask): Promise<GeneratorConnected | GeneratorFailure>;
  /**
   * Starts its traffic.
   *
   * @returns what it measured, or why it could not; never rejects
   */
  run(news?: GeneratorNews): Promise<GeneratorReport | GeneratorFailure>;
  /** Stops it. */
  stop(): Promise<void>;
}

/**
 * Keeps V8 from its last and slowest compiler. On a generator that has one CPU, that compiler takes some milliseconds
 * at a time from a loop that has to be in time, for seconds after its start: at 20,000 messages a second 99 % of them
 * are sent within 0.01 ms of their time without it, and within 0.5 to 1 ms with it. Where messages are sent as fast
 * as they can be, its code is worth it: it sends 12 to 25 % more of them in a second of CPU time.
 */
const STEADY = "--v8-flags=--max-opt=2";

/** Where a generator runs, and what it needs. */
export interface GeneratorOptions {
  /** The CPUs that it may run on; empty for all. */
  readonly cpus?: readonly number[];
  /** Whether it sends by a schedule. */
  readonly isPaced?: boolean;
  /** PEM file of the one certificate that it trusts; left out: those of the system. */
  readonly trusted?: string | undefined;
}

/** The longest report, in characters: a million single latencies take some 40 million. */
const LONGEST_REPORT = 2 ** 28;

/**
 * Starts a generator, which loads its client while the server starts.
 *
 * @param client id of the client
 */
export function startGenerator(
  client: string,
  { cpus = [], isPaced = false, trusted }: GeneratorOptions = {},
): GeneratorProcess {
  const child = startChild(
    [
      Deno.execPath(),
      "run",
      "--allow-all",
      "--quiet",
      ...(isPaced ? [STEADY] : []),
      new URL("./main.ts", import.meta.url).href,
      client,
      ...(trusted === undefined ? [] : [trusted]),
    ],
    cpus,
    trusted === undefined ? {} : trustOnly(trusted),
    LONGEST_REPORT,
  );

  async function ask<T extends { readonly state: string }>(
    line: string,
    news: GeneratorNews = {},
  ): Promise<T | GeneratorFailure> {
    try {
      await child.tell(line);
      for (;;) {
        const { value } = await child.lines.next();
        if (value === undefined) break;
        const said: T | GeneratorFailure | Pulse | GeneratorProbed = JSON.parse(value);
        if (isPulse(said)) news.pulse?.(said);
        else if (isProbed(said)) news.probed?.();
        else return said;
      }
    } catch {
      // How it ended says more than the broken pipe.
    }
    const end = describeEnd(await child.ended);
    return { state: "failed", reason: `The generator ended: ${end}${quoted(child.lastWords())}` };
  }

  return {
    pid: child.pid,
    connect: (task) => ask<GeneratorConnected>(JSON.stringify(task)),
    run: (news) => ask<GeneratorReport>("go", news),
    stop: () => child.stop(),
  };
}

function isPulse(said: { readonly state: string }): said is Pulse {
  return said.state === "running";
}

function isProbed(said: { readonly state: string }): said is GeneratorProbed {
  return said.state === "probed";
}
