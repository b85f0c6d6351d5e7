import assert from "node:assert/strict";
import type { GeneratorReport } from "../../bench/generator/messages.ts";
import type { CompletedTrial } from "../../measure/model/result.ts";
import { completedTrial } from "../../measure/model/testdata.ts";
import { encodeHistogram } from "../../measure/record/hdr.ts";
import { Histogram } from "../../measure/record/histogram.ts";
import { EVERY, FAULTS } from "./replies.ts";
import { sharing, sumOf } from "./sharing.ts";

const SENT = [250, 199, 101];

/** What an agent reports of so many messages, each of which took some nanoseconds. */
function reportOf(sent: number): GeneratorReport {
  return {
    integrity: { sent },
    arrivals: { offered: sent },
    histograms: { responseTime: [[1000, sent], [sent * 1000, 1]] },
  } as unknown as GeneratorReport;
}

const truth = Histogram.from([[1000, 550], [101_000, 1], [199_000, 1], [250_000, 1]]);

/** Whether each finding holds, of trials that are made up. */
async function verdicts(change: Partial<CompletedTrial> = {}): Promise<boolean[]> {
  let index = 0;
  const findings = await Array.fromAsync(sharing.run({
    seed: 1,
    trial({ part }) {
      for (const sent of SENT) part?.(reportOf(sent));
      const row = FAULTS[index++];
      const due = SENT.reduce((sum, sent) => sum + (row?.among(sent) ?? 0), 0);
      const { integrity, arrivals } = completedTrial({});
      const none = { lost: 0, duplicated: 0, reordered: 0, corrupted: 0 };
      return Promise.resolve({
        ...completedTrial({}),
        integrity: { ...integrity, sent: 550, ...none, ...(row && { [row.wrong]: due }) },
        arrivals: { ...arrivals!, offered: 550 },
        histograms: { responseTime: encodeHistogram(truth) },
        ...change,
      });
    },
  }));
  return findings.map(({ holds }) => holds);
}

Deno.test("sumOf() adds the histograms of agents bucket by bucket", () => {
  const sum = sumOf(SENT.map(reportOf), "responseTime");
  assert.equal(sum.count, 553);
  assert.equal(encodeHistogram(sum), encodeHistogram(truth));
});

Deno.test("sharing knows what is due to be wrong on each agent's connection", () => {
  const due = FAULTS.map(({ among }) => SENT.map(among));
  assert.deepEqual(due, [[2, 1, 1], [2, 1, 1], [2, 1, 1], [2, 1, 1]]);
  assert.equal(EVERY, 100);
});

Deno.test("sharing holds if all is the sum of what agents reported, and fails if anything is not", async () => {
  assert.deepEqual(await verdicts(), [true, true, true, true, true, true]);
  const other = encodeHistogram(Histogram.from([[1000, 553]]));
  const wrong = await verdicts({ histograms: { responseTime: other } });
  assert.deepEqual(wrong, [true, true, true, true, true, false]);
  const { arrivals } = completedTrial({});
  const missed = await verdicts({ arrivals: { ...arrivals!, offered: 549 } });
  assert.deepEqual(missed, [true, true, true, true, false, true]);
});
