/** Starts the generator as a process, gives it its task, and reads its report. */

import { denoRun } from "../../servers/launch/deno_run.ts";
import { describeEnd, startChild } from "../process/child.ts";
import type {
  GeneratorClock,
  GeneratorConnected,
  GeneratorFailure,
  GeneratorMoment,
  GeneratorReport,
  GeneratorRestart,
  GeneratorSaid,
  GeneratorTask,
  WindowMoment,
} from "./messages.ts";
import type { ClockAnswer } from "./together/clock.ts";
import { trustOnly } from "../process/tls/certificate.ts";
import type { RestartSignal } from "../../scenarios/traffic/types.ts";
import type { Pulse } from "./pulse.ts";
import { quoted } from "../process/server_process.ts";

/** What is called before the report of a generator. */
export interface GeneratorNews {
  /** Gets its pulse, if its task asks for it. */
  pulse?(pulse: Pulse): void;
  /** The window starts or ends, if its task asks for it. */
  window?(moment: WindowMoment): void;
  /** The last replies are there; its connections are still open. A search does not say so. */
  drained?(): void;
  /** The server is to be stopped with a signal and started again. */
  restart?(signal: RestartSignal): void;
  /** So many messages were sent to members of groups that other generators have, too: no more will be. */
  said?(messages: number): void;
}

/** A generator that waits for its task, wherever it runs. */
export interface Generator {
  /** Its process, if that is one of this machine. */
  readonly pid?: number;
  /** Id of the agent that it runs on; absent if that is this machine's own. */
  readonly agent?: string;
  /**
   * Gives it its task; resolves when its connections are open, or to why they are not, and never rejects. In a search it
   * gets one after the other, each when it has reported.
   */
  connect(task: GeneratorTask): Promise<GeneratorConnected | GeneratorFailure>;
  /** Reads its clock, once its connections are open; rejects if it does not answer. */
  clock(): Promise<ClockAnswer>;
  /**
   * Starts its traffic; resolves to what it measured, or to why it could not, and never rejects.
   *
   * @param startMs when, by its clock; at once when left out
   */
  run(news?: GeneratorNews, startMs?: number): Promise<GeneratorReport | GeneratorFailure>;
  /** Tells it how many messages another one has sent to each of its connections. */
  learn(messages: number): void;
  stop(): Promise<void>;
}

/** One that is a process of this machine. */
export interface GeneratorProcess extends Generator {
  readonly pid: number;
}

/**
 * Keeps V8 from its last and slowest compiler. On a generator that has one CPU, that compiler takes some milliseconds
 * at a time from a loop that has to be in time, for seconds after its start: at 20,000 messages a second 99 % of them
 * are sent within some 0.02 ms of their time without it, and within 3 ms with it. If messages are sent as fast as
 * they can be, its code is worth it: it sends 12 to 25 % more of them in a second of CPU time.
 */
const STEADY = "--max-opt=2";

/**
 * Keeps V8's young generation small, in MiB: what is left of thousands of handshakes makes it grow, and it does not
 * shrink again. 10,000 idle connections over tcp take 5.3 KiB each with it, and 9.6 without. Over epoll messages leave
 * nothing behind, so that it does not matter to them.
 */
export const SMALL = "--max-semi-space-size=4";
/** From so many connections on it is kept small. */
const MANY_CONNECTIONS = 1000;

export interface GeneratorOptions {
  readonly cpus?: readonly number[];
  /** Whether it sends by a schedule. */
  readonly isPaced?: boolean;
  /** How many connections it will have; few when left out. */
  readonly connections?: number;
  /** Whether it drives a reference server that its agent starts for it, in place of what its task names. */
  readonly hasReference?: boolean;
  /** PEM file of the one certificate that it trusts; without it, those of the system. */
  readonly trusted?: string | undefined;
}

/** The longest report, in characters: a million single latencies take some 40 million. */
const LONGEST_REPORT = 2 ** 28;

/** Starts a generator, which loads the client with this id while the server starts. */
export function startGenerator(
  client: string,
  { cpus = [], isPaced = false, connections = 0, trusted }: GeneratorOptions = {},
): GeneratorProcess {
  const flags = [
    ...(isPaced ? [STEADY] : []),
    ...(connections >= MANY_CONNECTIONS ? [SMALL] : []),
  ];
  const child = startChild(
    [
      ...denoRun(
        new URL("./main.ts", import.meta.url).href,
        flags.length === 0 ? [] : [`--v8-flags=${flags}`],
      ),
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
        const said: { readonly state: string } = JSON.parse(value);
        if (said.state === "running") news.pulse?.(said as Pulse);
        else if (said.state === "drained") news.drained?.();
        else if (said.state === "moment") news.window?.((said as GeneratorMoment).moment);
        else if (said.state === "said") news.said?.((said as GeneratorSaid).messages);
        else if (said.state === "restart") news.restart?.((said as GeneratorRestart).signal);
        else return said as T | GeneratorFailure;
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
    async clock() {
      const said = await ask<GeneratorClock>("clock");
      if (said.state === "failed") throw new Error(said.reason);
      return said;
    },
    run: (news, startMs) =>
      ask<GeneratorReport>(startMs === undefined ? "go" : `go ${startMs}`, news),
    learn: (messages) => {
      // One that has ended says so itself.
      child.tell(`heard ${messages}`).catch(() => {});
    },
    stop: () => child.stop(),
  };
}
