import assert from "node:assert/strict";
import { checkNames, unknownOption } from "./names.ts";
import type { Option } from "./option.ts";

const options: readonly Option[] = [
  { name: "servers", value: "A,B", help: "Servers" },
  { name: "no-pin", help: "Do not pin" },
];

Deno.test("checkNames() lets pass what exists, and what is no long option", () => {
  checkNames(
    ["--servers", "a", "--servers=b", "--no-pin", "-x", "-1", "-", "---", "word"],
    options,
  );
});

Deno.test("checkNames() leaves alone what follows --", () => {
  checkNames(["--no-pin", "--", "--frobnicate", "--no-pin=1"], options);
});

for (
  const [argument, message] of [
    ["--server", "Unknown option --server, did you mean --servers? See --help"],
    ["--server=a", "Unknown option --server, did you mean --servers? See --help"],
    ["--frobnicate", "Unknown option --frobnicate. See --help"],
    ["--no-servers", "Unknown option --no-servers, did you mean --servers? See --help"],
    ["--x", "Unknown option --x. See --help"],
    ["--no-pin=", '--no-pin takes no value: received ""'],
    ["--no-pin=a\nb", '--no-pin takes no value: received "a\\nb"'],
  ] as const
) {
  Deno.test(`checkNames() refuses ${JSON.stringify(argument)}`, () => {
    assert.throws(() => checkNames([argument], options), { name: "UsageError", message });
  });
}

Deno.test("unknownOption() shows an option with its dashes", () => {
  assert.equal(unknownOption("-", "x", options).message, "Unknown option -x. See --help");
});
