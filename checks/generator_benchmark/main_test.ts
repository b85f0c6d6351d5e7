import assert from "node:assert/strict";
import { parseOptions } from "./main.ts";
import { UsageError } from "../../bench/usage.ts";

Deno.test("parseOptions() reads rounds, duration and servers", () => {
  assert.deepEqual(parseOptions([]), {
    rounds: 5,
    durationMs: 1000,
    servers: ["reference", "native", "bun"],
  });
  assert.deepEqual(parseOptions(["--rounds=2", "--duration", "0.5", "--servers", "ws, bun"]), {
    rounds: 2,
    durationMs: 500,
    servers: ["ws", "bun"],
  });
});

for (
  const [args, message] of [
    [["--rounds", "0"], /--rounds must be a whole number from 1 to 999: received "0"/],
    [["--rounds", "1.5"], /received "1.5"/],
    [["--duration", "0.05"], /--duration must be from 0.1 to 3600 s: received "0.05"/],
    [["--duration="], /--duration must be/],
    [["--speed", "1"], /'--speed'.*known: --rounds N/],
  ] as const
) {
  Deno.test(`parseOptions() refuses ${args.join(" ")}`, () => {
    assert.throws(() => parseOptions(args), (error) => {
      assert.ok(error instanceof UsageError);
      assert.match(error.message, message);
      return true;
    });
  });
}
