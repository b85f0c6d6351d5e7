import assert from "node:assert/strict";

/** Runs a program in a process of its own; resolves to what it printed, and to its exit code. */
async function outcomeOf(program: string): Promise<{ code: number; text: string }> {
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", program],
    stderr: "null",
  }).output();
  return { code, text: new TextDecoder().decode(stdout) };
}

const IGNORING = `
  import { ignoreLateResets } from ${JSON.stringify(import.meta.resolve("./resets.ts"))};
  ignoreLateResets();
  ignoreLateResets();`;

/** An error that reaches nobody, as one of a socket without listeners does. */
const late = (code: string) => `
  setTimeout(() => { throw Object.assign(new Error("late"), { code: "${code}", syscall: "read" }); });
  setTimeout(() => console.log("goes on"), 20);`;

Deno.test("ignoreLateResets() lets a program go on after a reset that nobody hears of, and after no other error", async () => {
  assert.deepEqual(await outcomeOf(IGNORING + late("ECONNRESET")), { code: 0, text: "goes on\n" });
  assert.deepEqual(await outcomeOf(late("ECONNRESET")), { code: 1, text: "" });
  assert.deepEqual(await outcomeOf(IGNORING + late("EPIPE")), { code: 1, text: "" });
});
