import assert from "node:assert/strict";
import { repeatLine } from "./repeat.ts";

for (
  const [command, line] of [
    ["", "deno task bench --seed 7"],
    ["run --rounds 9", "deno task bench run --rounds 9 --seed 7"],
    ["--seed=7 --tls", "deno task bench --seed=7 --tls"],
    ["--out 'my runs/1' --seed 7", "deno task bench --seed 7"],
    ["--servers ws --out=x --tls", "deno task bench --servers ws --tls --seed 7"],
  ] as const
) {
  Deno.test(`repeatLine() of "${command}" has the seed of the run, and not its folder`, () => {
    assert.equal(repeatLine({ command, seed: 7 }), line);
  });
}
