import assert from "node:assert/strict";
import { readArguments } from "../../cli/arguments.ts";
import { type BenchmarkOptions, OPTIONS, readOptions } from "./main.ts";
import { UsageError } from "../../bench/usage.ts";

function read(...args: readonly string[]): BenchmarkOptions {
  return readOptions(readArguments(args, OPTIONS));
}

Deno.test("readOptions() reads rounds, duration and servers", () => {
  assert.deepEqual(read(), {
    rounds: 5,
    durationMs: 1000,
    servers: ["reference", "native", "bun"],
    isPacingOnly: false,
  });
  assert.deepEqual(read("--rounds=2", "--duration", "0.5", "--servers", "ws, bun", "--pacing"), {
    rounds: 2,
    durationMs: 500,
    servers: ["ws", "bun"],
    isPacingOnly: true,
  });
});

for (
  const [args, message] of [
    [["--rounds", "0"], /number of rounds must be a whole number from 1 to 999: received 0/],
    [["--rounds", "1.5"], /received 1\.5/],
    [["--duration", "0.05"], /--duration must be from 0.1 to 3600 s: received "0.05"/],
    [["--duration="], /--duration needs a value: --duration S/],
    [["--speed", "1"], /Unknown option --speed/],
  ] as const
) {
  Deno.test(`readOptions() refuses ${args.join(" ")}`, () => {
    assert.throws(() => read(...args), (error) => {
      assert.ok(error instanceof UsageError);
      assert.match(error.message, message);
      return true;
    });
  });
}
