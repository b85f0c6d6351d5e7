import assert from "node:assert/strict";
import { renderJson } from "./json.ts";
import { RESULT } from "./testing/testdata.ts";

Deno.test("renderJson() loses nothing", () => {
  assert.deepEqual(JSON.parse(renderJson(RESULT)), RESULT);
});

Deno.test("renderJson() puts objects and arrays without others in them on one line", () => {
  const lines = renderJson(RESULT).split("\n");
  const slices = RESULT.trials.flatMap((trial) =>
    trial.state === "completed" ? trial.timeline : []
  );
  assert.equal(lines.filter((line) => line.includes('"atMs"')).length, slices.length);
  assert.ok(lines.includes('  "trials": ['));
  assert.ok(
    lines.includes(
      '      "phases": {"startMs": 81.25, "connectMs": 3.5, "warmupMs": 100, "windowMs": 200, "drainMs": 1.75, "stopMs": 12.5},',
    ),
  );
});

Deno.test("renderJson() writes empty lists and a line break at the end", () => {
  const text = renderJson({ ...RESULT, trials: [] });
  assert.ok(text.includes('"trials": [],\n'));
  assert.ok(text.endsWith("}\n"));
});
