/** A load that only notes what a traffic asks for, with a clock that a test sets. */

import type { Load, Traffic } from "./types.ts";

/** What a test sees of a traffic. */
export interface FakeLoad extends Load {
  /** What was asked for since the last look, as `send 0`, `open 3`, `batch 0…12`. */
  take(): string[];
  /** The time that {@linkcode Load.now} gives, in milliseconds. */
  nowMs: number;
  /** Called inside {@linkcode Load.batchDone}. */
  onBatch: () => void;
}

/** Makes a load that notes what is asked for. */
export function fakeLoad(): FakeLoad {
  let asked: string[] = [];
  const load: FakeLoad = {
    nowMs: 0,
    onBatch: () => {},
    now: () => load.nowMs,
    open: (connection) => asked.push(`open ${connection}`),
    send(connection, count = 1) {
      for (let left = count; left > 0; left--) asked.push(`send ${connection}`);
    },
    ping: (connection) => asked.push(`ping ${connection}`),
    drop: () => asked.push("drop"),
    close: (connection) => asked.push(`close ${connection}`),
    cut: (connection) => asked.push(`cut ${connection}`),
    restart: (signal) => asked.push(`restart ${signal}`),
    withdraw: (connection) => asked.push(`withdraw ${connection}`),
    pause: (connection) => asked.push(`pause ${connection}`),
    resume: (connection) => asked.push(`resume ${connection}`),
    batchDone(startedMs, endedMs) {
      asked.push(`batch ${startedMs}…${endedMs}`);
      load.onBatch();
    },
    take() {
      const taken = asked;
      asked = [];
      return taken;
    },
  };
  return load;
}

/** Counts how often a traffic asked for the same thing: `{ "send 0": 16 }`. */
export function tally(asked: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of asked) counts[one] = (counts[one] ?? 0) + 1;
  return counts;
}

/** Starts a traffic at a time, and gives what it asked for. */
export function started(traffic: Traffic, load: FakeLoad, nowMs = 0): string[] {
  load.nowMs = nowMs;
  traffic.start(nowMs);
  return load.take();
}
