import { equal } from "node:assert/strict";
import { packagedName, PROGRAM_VARIABLE, programName, setupLine } from "./program_name.ts";

const unset = (): undefined => undefined;

Deno.test("packagedName() is what a package says that started it", () => {
  const read = (name: string): string | undefined =>
    name === PROGRAM_VARIABLE ? "npx wsmark" : undefined;
  equal(packagedName(read, "file:///a/servers/launch/b.ts"), "npx wsmark");
});

Deno.test("packagedName() is undefined in a clone, where tasks start wsmark", () => {
  for (const read of [unset, () => ""]) {
    equal(packagedName(read, "file:///a/servers/launch/b.ts"), undefined);
  }
  equal(programName(), "deno task bench");
  equal(setupLine("go"), "deno task setup go");
});

Deno.test("packagedName() names the package and version of JSR, elsewhere the file", () => {
  const jsr = "https://jsr.io/@wsmark/wsmark/0.1.0/servers/launch/program_name.ts";
  equal(packagedName(unset, jsr), "deno run -A --no-config jsr:@wsmark/wsmark@0.1.0");
  const other = "http://127.0.0.1/wsmark/servers/launch/program_name.ts";
  equal(packagedName(unset, other), "deno run -A --no-config http://127.0.0.1/wsmark/mod.ts");
});
