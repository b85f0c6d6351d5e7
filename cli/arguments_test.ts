import assert from "node:assert/strict";
import { readArguments } from "./arguments.ts";
import type { Option } from "./options/option.ts";

const options: readonly Option[] = [
  { name: "servers", value: "A,B", help: "Servers" },
  { name: "duration", value: "S", help: "Seconds" },
  { name: "assert", value: "TEXT", repeatable: true, help: "Must hold" },
  { name: "no-pin", help: "Do not pin" },
  { name: "help", help: "Help" },
];
const read = (...args: string[]): ReturnType<typeof readArguments> => readArguments(args, options);

Deno.test("readArguments() reads texts, lists, numbers and switches", () => {
  const args = read("--servers", "native, ws,", "--duration=1.5", "--no-pin");
  assert.equal(args.text("servers"), "native, ws,");
  assert.deepEqual(args.list("servers"), ["native", "ws"]);
  assert.equal(args.number("duration"), 1.5);
  assert.equal(args.has("no-pin"), true);
  assert.equal(args.has("help"), false);
});

Deno.test("readArguments() gives nothing for what was not given", () => {
  const args = read();
  assert.equal(args.text("servers"), undefined);
  assert.equal(args.list("servers"), undefined);
  assert.equal(args.number("duration"), undefined);
  assert.equal(args.has("no-pin"), false);
});

Deno.test("readArguments() refuses a value for a switch", () => {
  for (const value of ["true", "false", "no", ""]) {
    assert.throws(() => read(`--no-pin=${value}`), {
      name: "UsageError",
      message: `--no-pin takes no value: received "${value}"`,
    });
  }
});

Deno.test("readArguments() takes the last of an option that was given twice", () => {
  assert.equal(read("--servers", "a", "--servers", "b").text("servers"), "b");
});

Deno.test("readArguments() keeps every value of a repeatable option, in order", () => {
  const args = read("--assert", "a < 1", "--servers", "ws", "--assert=b > 2", "--assert", "a < 1");
  assert.deepEqual(args.all("assert"), ["a < 1", "b > 2", "a < 1"]);
  assert.equal(args.text("assert"), "a < 1");
  assert.deepEqual(read("--assert", "007").all("assert"), ["007"]);
  assert.deepEqual(read().all("assert"), []);
  assert.equal(read().text("assert"), undefined);
});

Deno.test("readArguments() keeps only the last value of an option that is not repeatable", () => {
  assert.deepEqual(read("--servers", "a", "--servers", "b").all("servers"), ["b"]);
  assert.deepEqual(read().all("servers"), []);
});

Deno.test("readArguments() reads a percentage as a share, with or without its sign", () => {
  const share = (given: string): number | undefined => read("--duration", given).share("duration");
  assert.deepEqual(["5%", "5", " 2.5 % ", "±3%", "0", "0%"].map(share), [
    0.05,
    0.05,
    0.025,
    0.03,
    0,
    0,
  ]);
  assert.equal(read().share("duration"), undefined);
  for (const given of ["-5%", "five", "5%%", "%", "1,5%", ".", "5 percent", " "]) {
    assert.throws(() => share(given), {
      name: "UsageError",
      message: `--duration needs a percentage, such as 5%: received "${given}"`,
    });
  }
});

Deno.test("readArguments() reads a number below zero, so that it can be refused as such", () => {
  assert.equal(read("--duration", "-1").number("duration"), -1);
  assert.equal(read("--duration=-1").number("duration"), -1);
});

Deno.test("readArguments() knows -h", () => assert.equal(read("-h").has("help"), true));

Deno.test("readArguments() keeps text that looks like a number as text", () => {
  assert.equal(read("--servers", "007").text("servers"), "007");
});

for (
  const [args, message] of [
    [["--server", "ws"], "Unknown option --server, did you mean --servers? See --help"],
    [["--frobnicate"], "Unknown option --frobnicate. See --help"],
    [["--no-pn"], "Unknown option --no-pn, did you mean --no-pin? See --help"],
    [["--pin"], "Unknown option --pin. See --help"],
    [["-x"], "Unknown option -x. See --help"],
    [["--servers"], "--servers needs a value: --servers A,B"],
    [["--servers", "--no-pin"], "--servers needs a value: --servers A,B"],
    [["--servers="], "--servers needs a value: --servers A,B"],
    [["--assert", "a", "--assert="], "--assert needs a value: --assert TEXT"],
    [["--assert"], "--assert needs a value: --assert TEXT"],
    [["--no-assert", "a"], "Unknown option --no-assert, did you mean --assert? See --help"],
    [["--no-servers"], "Unknown option --no-servers, did you mean --servers? See --help"],
    [["--no-help"], "Unknown option --no-help. See --help"],
    [["stray"], 'Unexpected argument "stray", see --help'],
  ] as const
) {
  Deno.test(`readArguments() refuses ${args.join(" ")}`, () => {
    assert.throws(() => read(...args), { name: "UsageError", message });
  });
}

Deno.test("readArguments() refuses what is not a number", () => {
  for (const value of ["ten", "1s", " ", "NaN", "Infinity"]) {
    assert.throws(() => read(`--duration=${value}`).number("duration"), {
      message: `--duration needs a number: received "${value}"`,
    });
  }
});

Deno.test("readArguments() asks for the positional arguments that are missing, and refuses more", () => {
  assert.deepEqual(readArguments(["a"], options, ["DIR"]).positional, ["a"]);
  assert.throws(() => readArguments([], options, ["DIR"]), { message: "Missing: DIR" });
  assert.throws(() => readArguments(["a", "b"], options, ["DIR"]), {
    message: 'Unexpected argument "b", see --help',
  });
});

Deno.test("readArguments() takes any number of the last positional argument if it is named so", () => {
  const given = (...args: string[]) => readArguments(args, options, ["DIR", "[NAME…]"]).positional;
  assert.deepEqual(given("a"), ["a"]);
  assert.deepEqual(given("a", "b", "c"), ["a", "b", "c"]);
  assert.throws(() => given(), { message: "Missing: DIR" });
});

Deno.test("readArguments() keeps a positional argument that looks like a number as text", () => {
  assert.deepEqual(readArguments(["0012"], options, ["DIR"]).positional, ["0012"]);
});

Deno.test("readArguments() reads a number per second, with or without its unit", () => {
  const rate = (given: string): number | undefined =>
    read("--duration", given).perSecond("duration");
  assert.deepEqual(["500", "500/s", " 2.5 / s", "1e3", "-1"].map(rate), [500, 500, 2.5, 1000, -1]);
  for (const given of ["fast", "500/m", "5 per second", "/s"]) {
    assert.throws(() => rate(given), {
      name: "UsageError",
      message: `--duration needs a number per second, such as 500 or 500/s: received "${given}"`,
    });
  }
});

Deno.test("readArguments() reads bytes, times and large numbers with their units", () => {
  for (
    const [given, bytes] of [["64", 64], ["16KiB", 16384], ["16 kib", 16384], ["1MB", 1e6], [
      "2B",
      2,
    ]] as const
  ) {
    assert.equal(read(`--duration=${given}`).bytes("duration"), bytes, given);
  }
  for (
    const [given, ms] of [["2", 2000], ["0.5", 500], ["2s", 2000], ["500ms", 500], [
      "1m30s",
      90_000,
    ]] as const
  ) {
    assert.equal(read(`--duration=${given}`).seconds("duration"), ms, given);
  }
  assert.equal(read("--duration=10k").number("duration"), 10_000);
  assert.equal(read("--duration=1.5M").number("duration"), 1_500_000);
  assert.equal(read("--duration=10k/s").perSecond("duration"), 10_000);
  for (const given of ["64k", "1XB", "-", "KiB"]) {
    assert.throws(() => read(`--duration=${given}`).bytes("duration"), {
      message: `--duration needs a number of bytes, such as 64, 16KiB or 1MB: received "${given}"`,
    });
  }
  for (const given of ["1x", "soon", " "]) {
    assert.throws(() => read(`--duration=${given}`).seconds("duration"), {
      message: `--duration needs a time, such as 10 or 10s, 500ms, 2min: received "${given}"`,
    });
  }
});

Deno.test("readArguments() takes an option with a bare worth with and without a value", () => {
  const options: readonly Option[] = [
    { name: "metrics", value: "[PORT]", bare: "0", help: "" },
    { name: "rounds", value: "N", help: "" },
  ];
  const port = (...args: readonly string[]) => readArguments(args, options).text("metrics");
  assert.equal(port("--metrics", "9464"), "9464");
  assert.equal(port("--metrics=9464"), "9464");
  assert.equal(port("--metrics"), "0");
  assert.equal(port("--metrics", "--rounds", "1"), "0");
  assert.equal(port("--rounds", "1"), undefined);
});
