import { deepEqual } from "node:assert/strict";
import { denoRun } from "./deno_run.ts";

Deno.test("denoRun() keeps the user's deno.json from what comes from the network", () => {
  const run = [Deno.execPath(), "run", "--quiet", "--allow-all"];
  deepEqual(denoRun("file:///a.ts"), [...run, "file:///a.ts"]);
  deepEqual(denoRun("https://example.org/a.ts", ["--v8-flags=--x"]), [
    ...run,
    ...["--no-config", "--v8-flags=--x", "https://example.org/a.ts"],
  ]);
});
