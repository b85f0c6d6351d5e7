import { deepEqual, equal } from "node:assert/strict";
import { runProgram } from "./run_program.ts";

Deno.test("runProgram() returns what a program printed, and whether it succeeded", () => {
  const code = `console.log("out"); console.error("err"); Deno.exit(3)`;
  deepEqual(runProgram(Deno.execPath(), ["eval", code]), {
    success: false,
    stdout: "out\n",
    stderr: "err\n",
  });
});

Deno.test("runProgram() runs it in the given folder", () => {
  const folder = Deno.realPathSync(import.meta.dirname!);
  const output = runProgram(Deno.execPath(), ["eval", "console.log(Deno.cwd())"], folder);
  equal(output?.stdout, `${folder}\n`);
});

Deno.test("runProgram() returns undefined for a program that is not there", () => {
  equal(runProgram("no-such-program-here", []), undefined);
});

Deno.test("runProgram() kills a program that takes too long", () => {
  const sleep = [Deno.execPath(), "eval", "setTimeout(() => {}, 60_000)"] as const;
  equal(runProgram(sleep[0], sleep.slice(1), undefined, 300), undefined);
});
