import { seededRandom, shuffled } from "../../measure/record/random.ts";
import { type CompletedTrial, isMeasured } from "../../measure/model/result.ts";
import { median } from "../../measure/statistics/statistics.ts";
import { signedRange } from "../../measure/judge/verdicts.ts";
import { judgeHalves } from "./same.ts";
import { knownServer } from "./servers.ts";
import type { Bench, Check, CheckFinding } from "./types.ts";
import { percent } from "./words.ts";

const SHARE = 0.2;
const ROUNDS = 7;
/** By how much the ratio may miss the truth: work takes longer if others use memory and caches. */
const TOLERANCE = 0.15;

/** A server compared with itself plus a known share of CPU work. */
export const work: Check = {
  id: "work",
  title: `A difference is found, in direction and size: ${
    percent(SHARE)
  } more CPU work per message`,
  async *run({ trial, seed }: Bench): AsyncGenerator<CheckFinding> {
    const request = { parameters: { connections: 16, inFlight: 4, size: 64 }, durationMs: 400 };
    // A server with 0 µs of work runs the same code as one with more.
    const plain = knownServer("plain", "plain", { workUs: 0 });
    const before: CompletedTrial[] = [];
    for (let round = 0; round < 3; round++) before.push(await trial({ server: plain, ...request }));
    const plainUs = median(
      before.map(({ metrics }) => metrics["cpu.message"]).filter((one) => isMeasured(one)),
    );
    const workUs = plainUs * SHARE;
    const loaded = knownServer("loaded", "loaded", { workUs });
    const byName = new Map([loaded, plain].map(({ id }) => [id, [] as CompletedTrial[]]));
    const random = seededRandom(seed);
    for (let round = 0; round < ROUNDS; round++) {
      for (const server of shuffled([plain, loaded], random)) {
        byName.get(server.id)!.push(await trial({ server, ...request }));
      }
    }
    const { difference, ratio, interval, p } = judgeHalves(
      [...byName.values()].flat(),
      "cpu.message",
    );
    yield {
      what: `CPU time per message, ${plainUs.toFixed(2)} µs and ${workUs.toFixed(2)} µs of work`,
      expected: `higher, by ${percent(SHARE - TOLERANCE)} to ${percent(SHARE + TOLERANCE)}`,
      measured: `${
        difference === "none" ? "no clear difference" : `${difference} by ${percent(ratio - 1)}`
      } (${signedRange(interval)}, p = ${p.toFixed(4)})`,
      holds: difference === "higher" && Math.abs(ratio - 1 - SHARE) <= TOLERANCE,
      isExcusable: difference !== "lower",
    };
  },
};
