import assert from "node:assert/strict";
import { z } from "zod";
import { renderJsonSchema } from "./json_schema.ts";
import { SCHEMA_VERSION } from "./result.ts";

const schema = JSON.parse(renderJsonSchema());

Deno.test("renderJsonSchema() gives a titled schema of draft 2020-12 without an $id", () => {
  assert.equal(schema.$schema, "https://json-schema.org/draft/2020-12/schema");
  assert.equal(schema.title, "Result of a run of wsmark");
  assert.equal(schema.properties.schemaVersion.const, SCHEMA_VERSION);
  assert.ok(!renderJsonSchema().includes('"$id"'));
});

Deno.test("renderJsonSchema() describes each part once, by name", () => {
  const used = renderJsonSchema().matchAll(/"\$ref": "#\/\$defs\/(\w+)"/g);
  assert.deepEqual(
    [...new Set(used.map(([, name]) => name!))].sort(),
    Object.keys(schema.$defs).sort(),
  );
});

Deno.test("renderJsonSchema() requires what a reader needs, and allows fields of a later version", () => {
  assert.ok(schema.required.includes("trials"));
  assert.ok(!schema.required.includes("endedAt"));
  assert.ok(!("additionalProperties" in schema));
});

Deno.test("renderJsonSchema() refuses what is not a result", () => {
  const reader = z.fromJSONSchema(schema);
  for (const value of [null, [], {}, { schemaVersion: SCHEMA_VERSION }]) {
    assert.ok(!reader.safeParse(value).success, JSON.stringify(value));
  }
});
