import assert from "node:assert/strict";
import { z } from "zod";
import { renderJsonSchema } from "../measure/model/json_schema.ts";
import { type Result, SCHEMA_VERSION } from "../measure/model/result.ts";
import { parseResult } from "../measure/model/schema.ts";
import { renderJson } from "../report/json.ts";
import { ROUNDS } from "../report/testing/rounds_testdata.ts";
import { parameterSchemas } from "../scenarios/parameters.ts";
import { planRun } from "../bench/plan/options.ts";
import { run } from "../bench/run/run.ts";

const file = new URL("./results.schema.json", import.meta.url);

/** A reader made from the published schema alone. */
function reader(): z.ZodType {
  return z.fromJSONSchema(JSON.parse(Deno.readTextFileSync(file)));
}

Deno.test("results.schema.json is what the layout of a result gives", () => {
  assert.ok(
    Deno.readTextFileSync(file) === renderJsonSchema(parameterSchemas()),
    "The layout has changed: run `deno run --allow-read --allow-write=docs docs/write_schema.ts`",
  );
});

Deno.test("results.schema.json holds for a result of seven rounds, which parseResult() reads", () => {
  const json = renderJson({ ...ROUNDS, schemaVersion: SCHEMA_VERSION });
  reader().parse(JSON.parse(json));
  parseResult(json);
});

Deno.test("results.schema.json holds for a real run", async () => {
  const plan = planRun({
    servers: ["native"],
    scenarios: ["roundtrip", "rate"],
    rounds: 1,
    durationMs: 500,
    warmupMs: 0,
    seed: 1,
    overrides: { rate: 500 },
    pin: false,
  });
  let last: Result | undefined;
  for await (const event of run(plan, new AbortController().signal)) {
    if (event.kind === "ended") last = event.result;
  }
  assert.equal(last?.state, "finished");
  reader().parse(JSON.parse(renderJson(last)));
});

Deno.test("results.schema.json refuses a result with a figure of the wrong type", () => {
  const result = JSON.parse(renderJson({ ...ROUNDS, schemaVersion: SCHEMA_VERSION }));
  result.trials[0].counts.sent = "10";
  assert.ok(!reader().safeParse(result).success);
});
