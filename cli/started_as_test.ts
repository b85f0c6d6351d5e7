import assert from "node:assert/strict";
import type { ReadVariable } from "../servers/launch/program_name.ts";
import { commandFor, quoteArgument, startedAs } from "./started_as.ts";

const having = (variables: Record<string, string>): ReadVariable => (name) => variables[name];
const MAIN = "file:///home/me/my%20wsmark/mod.ts";

Deno.test("startedAs() says what a package was started as", () => {
  const read = having({ WSMARK_PROGRAM: "npx wsmark", INIT_CWD: "/a", npm_command: "exec" });
  assert.equal(startedAs(read, MAIN), "npx wsmark");
});

Deno.test("startedAs() knows a task, npx, and the program itself", () => {
  assert.equal(startedAs(having({ INIT_CWD: "/a" }), MAIN), "deno task bench");
  assert.equal(
    startedAs(having({ INIT_CWD: "/a", npm_command: "exec" }), MAIN),
    "npx -y deno task bench",
  );
  assert.equal(
    startedAs(having({}), "https://example.org/mod.ts"),
    "deno run -A https://example.org/mod.ts",
  );
});

Deno.test({
  name: "startedAs() gives the path of the program, quoted if it must be",
  ignore: Deno.build.os === "windows",
  fn() {
    assert.equal(startedAs(having({}), MAIN), "deno run -A '/home/me/my wsmark/mod.ts'");
  },
});

Deno.test("commandFor() quotes the folder", () => {
  assert.equal(commandFor("resume", "results/a b", "x"), "x resume 'results/a b'");
  assert.equal(
    commandFor("report", "results/2026-11-30T07-55-00-standard", "x").split(" ").length,
    3,
  );
});

Deno.test("quoteArgument() quotes what a shell would read otherwise", () => {
  assert.equal(quoteArgument("it's"), "'it'\\''s'");
  assert.equal(quoteArgument("--assert=a"), "--assert=a");
  assert.equal(quoteArgument(""), "''");
});
