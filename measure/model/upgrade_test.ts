import assert from "node:assert/strict";
import { type CompletedTrial, SCHEMA_VERSION } from "./result.ts";
import { parseResult, parseTrial } from "./schema.ts";

/** What the version before wrote. */
const old = await Deno.readTextFile(new URL("./result_v2.json", import.meta.url));

Deno.test("parseResult() reads a result of version 2, with all that it holds", () => {
  const result = parseResult(old);
  const before = JSON.parse(old);
  assert.equal(before.schemaVersion, 2);
  assert.equal(result.schemaVersion, SCHEMA_VERSION);
  const [beside, rate, compressed, mixed] = result.trials.map((trial) => {
    assert.equal(trial.state, "completed");
    return trial as CompletedTrial;
  });
  assert.equal(beside!.bulk!.taken, 16);
  assert.deepEqual(rate!.arrivals, before.trials[1].arrivals);
  assert.deepEqual(mixed!.pings, { due: 3, answered: 3 });
  assert.deepEqual(compressed!.compression, { sentBytes: 66_148, replyBytes: 31_541 });
  const kept = before.trials.map(({ counts: _, ...trial }: CompletedTrial) => trial);
  assert.deepEqual(
    result.trials.map((trial) => {
      const { counts: _, compression: _moved, ...rest } = trial as CompletedTrial;
      return rest;
    }),
    kept,
  );
});

Deno.test("parseResult() reads what it has brought to the version of now as it is", () => {
  const result = parseResult(old);
  assert.deepEqual(parseResult(JSON.stringify(result)), result);
});

Deno.test("parseTrial() reads a line of version 2", () => {
  for (const trial of JSON.parse(old).trials) {
    assert.deepEqual(
      parseTrial(JSON.stringify(trial)),
      parseResult(old).trials.find(({ trial: number }) => number === trial.trial),
    );
  }
});
