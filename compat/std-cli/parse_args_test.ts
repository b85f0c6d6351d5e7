/** Holds for the stand-in and for the published package: it tests whichever `deno.json` gives. */

import { parseArgs } from "@std/cli/parse-args";
import { deepEqual } from "node:assert/strict";

Deno.test("parseArgs() separates options from arguments", () => {
  deepEqual({ ...parseArgs(["run", "--rounds", "3", "--name=a b", "file"]) }, {
    _: ["run", "file"],
    rounds: 3,
    name: "a b",
  });
});

Deno.test("parseArgs() keeps text of string options, empty if none is given", () => {
  const options = { string: ["size", "out"] };
  deepEqual(parseArgs(["--size", "007", "--out"], options), { _: [], size: "007", out: "" });
  deepEqual(parseArgs([], options), { _: [] });
});

Deno.test("parseArgs() keeps the text of arguments with string _", () => {
  deepEqual(parseArgs(["007", "8"], { string: ["_"] }), { _: ["007", "8"] });
  deepEqual(parseArgs(["007", "8"]), { _: [7, 8] });
});

Deno.test("parseArgs() takes no value for boolean options, false if they are not given", () => {
  const args = parseArgs(["--help", "run"], { boolean: ["help", "quiet"] });
  deepEqual(args, { _: ["run"], help: true, quiet: false });
});

Deno.test("parseArgs() takes true and false as values of boolean options", () => {
  const args = parseArgs(["--help=false", "--quiet=true"], { boolean: ["help", "quiet"] });
  deepEqual(args, { _: [], help: false, quiet: true });
});

Deno.test("parseArgs() takes the last value of an option that is given twice", () => {
  const options = { string: ["out"], boolean: ["quiet"] };
  const args = [
    "--out",
    "a",
    "--out=b",
    "--rounds",
    "1",
    "--rounds",
    "2",
    "--quiet",
    "--quiet=false",
  ];
  deepEqual(parseArgs(args, options), { _: [], out: "b", rounds: 2, quiet: false });
});

Deno.test("parseArgs() collects the values of an option, [] if there is none", () => {
  const options = { string: ["url", "assert"], collect: ["url", "assert"] };
  deepEqual(parseArgs(["--url", "a", "--url=b"], options), { _: [], url: ["a", "b"], assert: [] });
  deepEqual(parseArgs(["--url", "a"], options), { _: [], url: ["a"], assert: [] });
});

Deno.test("parseArgs() gives the value under every alias", () => {
  const options = {
    boolean: ["help"],
    string: ["servers"],
    collect: ["servers"],
    alias: { h: "help", s: "servers" },
  };
  deepEqual(parseArgs(["-h", "-s", "ws", "--servers=native"], options), {
    _: [],
    h: true,
    help: true,
    s: ["ws", "native"],
    servers: ["ws", "native"],
  });
});

Deno.test("parseArgs() reads --no- as a part of the name", () => {
  deepEqual(parseArgs(["--no-progress", "run"], { boolean: ["no-progress"] }), {
    _: ["run"],
    "no-progress": true,
  });
  deepEqual(parseArgs([], { boolean: ["no-progress"] }), { _: [], "no-progress": false });
  deepEqual(parseArgs(["--no-proxy", "a", "--no-trace"]), {
    _: [],
    "no-proxy": "a",
    "no-trace": true,
  });
  deepEqual(parseArgs(["--no-proxy=a"], { string: ["no-proxy"] }), { _: [], "no-proxy": "a" });
});

Deno.test("parseArgs() leaves alone what follows --", () => {
  deepEqual(parseArgs(["a", "--", "--no-b", "3"]), { _: ["a", "--no-b", "3"] });
});

Deno.test("parseArgs() gives narrow enough types to callers", () => {
  const args: Record<string, unknown> = parseArgs(["--out", "x"], { string: ["out"] });
  deepEqual(typeof args.out === "string" ? args.out.length : 0, 1);
});
