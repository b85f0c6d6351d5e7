/**
 * The machine's own floor of pacing: a program that does nothing but look at the clock, and prints as one JSON line how
 * late it looked after each time of a schedule. Its arguments: times per second, for how many milliseconds.
 *
 * By itself: `deno run -A --v8-flags=--max-opt=2 checks/generator_benchmark/floor.ts 20000 1000`
 */

import { LINUX, openLibc } from "../../clients/wire/transport/libc.ts";
import { Histogram } from "../../measure/record/histogram.ts";

/** Until the loop is compiled, in milliseconds. */
const WARMUP_MS = 300;
const NS_PER_MS = 1e6;

if (import.meta.main) {
  const [rate = NaN, durationMs = NaN] = Deno.args.map(Number);
  const histogram = new Histogram();
  const { call, dispose } = openLibc();
  const time = new Uint8Array(16);
  const parts = new Uint32Array(time.buffer);
  const everyMs = 1000 / rate;

  /** Looks at the clock at the times of the schedule, a while long. */
  const spin = (ms: number): void => {
    let startMs = NaN;
    let dueMs = NaN;
    for (let index = 0; index * everyMs < ms;) {
      call.clock_gettime(LINUX.CLOCK_MONOTONIC, time);
      const nowMs = parts[0]! * 1e3 + parts[2]! / 1e6;
      if (index === 0 && !(nowMs > startMs)) startMs = dueMs = nowMs;
      if (nowMs < dueMs) continue;
      histogram.record(Math.floor((nowMs - dueMs) * NS_PER_MS));
      dueMs = startMs + ++index * everyMs;
    }
  };
  spin(WARMUP_MS);
  histogram.clear();
  spin(durationMs);
  dispose();
  const line = JSON.stringify([...histogram.entries()]);
  Deno.stdout.writeSync(new TextEncoder().encode(line + "\n"));
}
