/** Samples a server while generators on other machines drive it. */

import type { Throttling } from "../../../measure/warnings/warnings.ts";
import { createProcessProbe, type ProcessSample } from "../../machine/usage/process.ts";
import {
  createThrottleProbe,
  type ThrottleSample,
  throttlingBetween,
} from "../../machine/usage/throttle.ts";
import type { Moment } from "../drive.ts";
import type { ProcessSamples } from "../messages.ts";
import { clockMs } from "./clock.ts";

/** What was sampled of a server. */
export interface ServerSamples {
  /** Its CPU time and memory. */
  readonly server: ProcessSamples;
  /** What CPU quotas took from it in the window; null if they took nothing. */
  readonly throttled: Throttling | null;
}

/** Samples a server; leaving its scope ends it. */
export interface ServerSampler extends Disposable {
  /** Samples it at both ends of the window, whose begin is a time of {@linkcode clockMs}. */
  during(startMs: number, lengthMs: number): void;
  /** Takes the last sample; undefined if the window was not over. */
  finish(): Promise<ServerSamples | undefined>;
}

/** Samples a process of this machine. Begins with the sample before the first connection. */
export function sampleServer(pid: number): ServerSampler {
  const [probe, quota] = [createProcessProbe(pid), createThrottleProbe(pid)];
  const samples: Partial<Record<Moment, ProcessSample>> = { "before connecting": probe.sample() };
  const throttled: ThrottleSample[] = [];
  const timers: ReturnType<typeof setTimeout>[] = [];

  function at(atMs: number, moment: "window starts" | "window ends"): void {
    const take = (): void => {
      throttled.push(quota.sample());
      samples[moment] = probe.sample();
    };
    timers.push(setTimeout(take, Math.max(0, atMs - clockMs())));
  }

  return {
    during(startMs, lengthMs) {
      at(startMs, "window starts");
      at(startMs + lengthMs, "window ends");
    },
    // deno-lint-ignore require-await -- one on another machine is asked for what it has
    async finish() {
      const [start, end] = throttled;
      if (start === undefined || end === undefined) return undefined;
      samples.closed = probe.sample();
      return { server: samples as ProcessSamples, throttled: throttlingBetween(start, end) };
    },
    [Symbol.dispose]() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
