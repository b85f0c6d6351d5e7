import assert from "node:assert/strict";
import { minutesOf, OPTIONS, windowsOf } from "./main.ts";
import { readArguments } from "../../cli/arguments.ts";
import { UsageError } from "../../bench/usage.ts";

const PROGRAM = new URL("./main.ts", import.meta.url).pathname;

function read(...args: readonly string[]): number {
  return minutesOf(readArguments(args, OPTIONS));
}

Deno.test("minutesOf() reads how long the soak is to take", () => {
  assert.equal(read(), 20);
  assert.equal(read("--minutes", "0.5", "--servers", "ws, native"), 0.5);
});

for (
  const [args, message] of [
    [["--minutes", "0"], /--minutes must be above 0, at most 10080: received "0"/],
    [["--minutes", "x"], /received "x"/],
    [["--minutes", ""], /--minutes needs a value: --minutes N/],
    [["--minute", "1"], /did you mean --minutes\?/],
  ] as const
) {
  Deno.test(`minutesOf() refuses ${args.join(" ")}`, () => {
    assert.throws(() => read(...args), { name: UsageError.name, message });
  });
}

Deno.test("windowsOf() makes room for twelve passes, and a window no longer than it need be", () => {
  assert.deepEqual(windowsOf(20, 3), { longMs: 58_700, shortMs: 10_000 });
  assert.deepEqual(windowsOf(600, 1), { longMs: 60_000, shortMs: 10_000 });
  const all = windowsOf(20, 17);
  assert.ok(all.shortMs >= 1000 && all.shortMs < 2000, JSON.stringify(all));
  assert.deepEqual(windowsOf(0.01, 3), { longMs: 1000, shortMs: 1000 });
});

Deno.test("soak: runs, prints a line a pass and its judgement, and ends right", async () => {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--v8-flags=--expose-gc", PROGRAM].concat(
      ["--minutes", "0.08", "--servers", "native"],
    ),
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const [said, complained] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  assert.equal(code, 0, said! + complained!);
  assert.match(said!, /^0\.08 min; native; windows of 1 s once, then of 1 s, pass after pass\n/);
  assert.match(said!, /\ngenerator, native for 1 s: \S+→\S+ MiB\n/);
  assert.match(said!, /\npass 1, 0:\d\d: runner \d+\.\d MiB, heap \d+\.\d MiB, .*; native \d+\/s;/);
  assert.match(said!, /\n✓ replies +[\d,]+ messages; 0 lost, 0 duplicated, 0 reordered, 0 corr/);
  assert.match(said!, /\n\d+ hold, 0 fail, \d+ undecided\n$/);
});
