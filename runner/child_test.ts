import assert from "node:assert/strict";
import { needing } from "../testing/needs.ts";
import { until } from "../testing/until.ts";
import { describeEnd, lastLine, startChild } from "./child.ts";

const deno = (code: string): string[] => [Deno.execPath(), "eval", code];

Deno.test("startChild() reads lines, tells lines, and keeps the last words", async () => {
  const child = startChild(deno(`
    console.error("first\\nlast words");
    for await (const chunk of Deno.stdin.readable) {
      console.log("heard " + new TextDecoder().decode(chunk).trim());
    }
  `));
  await child.tell("hello");
  assert.equal((await child.lines.next()).value, "heard hello");
  await until("its last words", () => child.lastWords() === "last words");
  await child.stop();
  assert.equal(describeEnd(await child.ended), "signal SIGTERM");
});

Deno.test("startChild().stop() kills a process that ignores SIGTERM", async () => {
  const child = startChild(deno(`
    Deno.addSignalListener("SIGTERM", () => console.log("no"));
    console.log("ready");
    setInterval(() => {}, 1000);
  `));
  await child.lines.next();
  await child.stop(100);
  assert.equal(describeEnd(await child.ended), "signal SIGKILL");
});

Deno.test("startChild().stop() may be called again and after the end", async () => {
  const child = startChild(deno("Deno.exit(3)"));
  assert.equal(describeEnd(await child.ended), "exit code 3");
  await child.stop();
  await child.stop();
});

Deno.test("startChild() throws when there is no such program", () => {
  assert.throws(() => startChild(["no-such-program-here"]), Deno.errors.NotFound);
});

Deno.test(needing("Unix", {
  name:
    "startChild().stop() ends what the process has started itself, also when that ignores SIGTERM",
  async fn() {
    const child = startChild(["sh", "-c", "(trap '' TERM; exec sleep 60) & echo $!; wait"]);
    const grandchild = Number((await child.lines.next()).value);
    assert.ok(isRunning(grandchild));
    await child.stop();
    await until("the end of the grandchild", () => !isRunning(grandchild));
  },
}));

/** Says its process id, and goes on in a session of its own, without the mark. */
const LEAVES = "env -i setsid sh -c 'echo $$; exec sleep 60'";

Deno.test({
  name: "startChild().stop() does not wait for what has left it and holds its output",
  ignore: Deno.build.os === "windows" || !has("setsid"),
  async fn() {
    const child = startChild(["sh", "-c", `(${LEAVES} &); exec sleep 60`]);
    const holder = Number((await child.lines.next()).value);
    try {
      const waiting = child.lines.next();
      await child.stop();
      assert.ok(isRunning(holder), "nothing finds it");
      assert.deepEqual(await waiting, { value: undefined, done: true });
    } finally {
      Deno.kill(holder, "SIGKILL");
    }
  },
});

Deno.test({
  name: "startChild().stop() does not wait for what was written to it and never read",
  ignore: Deno.build.os === "windows" || !has("setsid"),
  async fn() {
    const child = startChild(["sh", "-c", `exec 3<&0; (${LEAVES} <&3 &); exec sleep 60`]);
    const holder = Number((await child.lines.next()).value);
    const telling = child.tell("x".repeat(2 ** 20));
    try {
      await child.stop();
      assert.ok(isRunning(holder), "nothing finds it");
    } finally {
      Deno.kill(holder, "SIGKILL");
      await assert.rejects(telling);
    }
  },
});

/** Whether there is a program. */
function has(program: string): boolean {
  try {
    new Deno.Command(program, { args: ["--version"], stdout: "null", stderr: "null" }).outputSync();
    return true;
  } catch {
    return false;
  }
}

/** Whether a process is there and has not ended: what nobody waits for stays in the table for a while. */
function isRunning(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(Deno.readTextFileSync(`/proc/${pid}/stat`));
  } catch {
    return false;
  }
}

Deno.test("startChild() adds to the environment", async () => {
  const child = startChild(deno(`console.log(Deno.env.get("PORT"))`), [], { PORT: "8080" });
  assert.equal((await child.lines.next()).value, "8080");
  await child.stop();
});

Deno.test("lastLine() is the last line, or what was thrown where that is a frame of a stack", () => {
  assert.equal(lastLine("first\nOSError: too many\n"), "OSError: too many");
  assert.equal(
    lastLine(
      "listening\nerror: Uncaught (in promise) Error: too many\n  throw error;\n  ^\n    at a.ts:1:2\n    at b.ts:3:4\n",
    ),
    "error: Uncaught (in promise) Error: too many",
  );
  assert.equal(
    lastLine("\x1b[31merror\x1b[0m: Uncaught no\n    at a.ts:1:2"),
    "error: Uncaught no",
  );
  assert.equal(lastLine("TypeError: no\n    at a (a.js:1:2)"), "TypeError: no");
  assert.equal(lastLine("    at a (a.js:1:2)"), "    at a (a.js:1:2)");
  assert.equal(lastLine(""), "");
});
