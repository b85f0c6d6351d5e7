import assert from "node:assert/strict";
import { readArguments } from "../arguments.ts";
import { runOptions } from "../options/run_options.ts";
import { readCpus } from "./cpus.ts";

function read(...args: string[]) {
  return readCpus(readArguments(args, runOptions));
}

Deno.test("readCpus() reads both sides with a space, a comma, or the option again in between", () => {
  for (
    const args of [
      ["--cpus", "server=0-3", "generator=4-7"],
      ["--cpus=server=0-3", "generator=4-7", "--no-progress"],
      ["--cpus", "server=0-3 generator=4-7"],
      ["--cpus", "server=0-3,generator=4-7"],
      ["--cpus", "server=0-3", "--seed", "1", "--cpus", "generator=4-7"],
    ]
  ) {
    assert.deepEqual(read(...args), { server: "0-3", generator: "4-7" }, args.join(" "));
  }
});

Deno.test("readCpus() reads lists with commas, and one side alone", () => {
  assert.deepEqual(read("--cpus", "server=0-2,8,generator=4,5"), {
    server: "0-2,8",
    generator: "4,5",
  });
  assert.deepEqual(read("--cpus", "generator=1"), { generator: "1" });
  assert.equal(read("--seed", "1"), undefined);
});

Deno.test("readCpus() leaves what belongs to no value to be refused", () => {
  const message = 'Unexpected argument "generator=1", see --help';
  assert.throws(() => read("--cpus", "server=0", "--no-pin", "generator=1"), { message });
  assert.throws(() => read("--seed", "1", "generator=1"), { message });
  assert.throws(() => read("--cpus"), { message: "--cpus needs a value: --cpus SIDE=LIST" });
});

for (
  const [word, message] of [
    [
      "0-3",
      '--cpus needs the CPUs of the server, of the generator or of both, as server=0-3 generator=4-7: received "0-3"',
    ],
    [
      "client=1",
      '--cpus needs the CPUs of the server, of the generator or of both, as server=0-3 generator=4-7: received "client=1"',
    ],
    [
      "server=0 server=1",
      "--cpus gives CPUs to the server twice: join them, as server=0-3,8",
    ],
  ] as const
) {
  Deno.test(`readCpus() refuses ${word}`, () => {
    assert.throws(() => read("--cpus", word), { name: "UsageError", message });
  });
}
