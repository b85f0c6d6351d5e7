import assert from "node:assert/strict";
import { addedTo, joined } from "./variables.ts";

Deno.test("joined() puts options side by side, as each runtime separates them", () => {
  assert.deepEqual(
    joined([
      { NODE_OPTIONS: "--max-semi-space-size=64", DENO_V8_FLAGS: "--a", GOGC: "400" },
      { NODE_OPTIONS: "--cpu-prof", DENO_V8_FLAGS: "--b", GOGC: "100", X: "1" },
    ]),
    {
      NODE_OPTIONS: "--max-semi-space-size=64 --cpu-prof",
      DENO_V8_FLAGS: "--a,--b",
      GOGC: "100",
      X: "1",
    },
  );
  assert.deepEqual(joined([]), {});
});

Deno.test("joined() has folders searched first that come last", () => {
  const { PYTHONPATH } = joined([{ PYTHONPATH: "/a" }, { PYTHONPATH: "/b" }]);
  assert.equal(PYTHONPATH, Deno.build.os === "windows" ? "/b;/a" : "/b:/a");
});

Deno.test("addedTo() keeps what a program would have, and adds to it", () => {
  const there = new Map([["NODE_OPTIONS", "--enable-source-maps"], ["RUBYOPT", "-W0"]]);
  const here = (name: string): string | undefined => there.get(name);
  // Without anything more, a set-up replaces what is there.
  assert.deepEqual(addedTo(here, { NODE_OPTIONS: "--x" }, {}), { NODE_OPTIONS: "--x" });
  assert.deepEqual(
    addedTo(here, { NODE_OPTIONS: "--x" }, { NODE_OPTIONS: "--require a", RUBYOPT: "-rb" }),
    { NODE_OPTIONS: "--x --require a", RUBYOPT: "-W0 -rb" },
  );
});
