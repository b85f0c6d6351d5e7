import assert from "node:assert/strict";
import { renderTypes } from "./render_types.ts";

Deno.test("types.generated.ts is up to date with the schema", async () => {
  const written = await Deno.readTextFile(new URL("./types.generated.ts", import.meta.url));
  assert.ok(written === renderTypes(), "The layout has changed: run `deno task schema`");
});

Deno.test("renderTypes() gives a documented type for each named part", () => {
  const types = renderTypes();
  for (
    const part of [
      "/** A whole run. */\nexport interface Result {\n",
      "export type Trial = FailedTrial | CompletedTrial;\n",
      "readonly histograms: { readonly [name in HistogramName]?: string };\n",
      "readonly high: number | null;\n",
      "readonly [name: string]: number | string;\n",
    ]
  ) assert.ok(types.includes(part), part);
  assert.doesNotMatch(types, /: (undefined|unknown|any)\b/);
});

Deno.test("renderTypes() documents every field of a trial and a run, except those of warnings", () => {
  const lines = renderTypes().replace(/export type Warning =[^]*?\n\};\n/, "").split("\n");
  const silent = lines.filter((line, index) =>
    line.startsWith("  readonly ") && !lines[index - 1]!.includes("/**")
  );
  assert.deepEqual(silent, []);
});
