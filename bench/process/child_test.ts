import assert from "node:assert/strict";
import { needing } from "../../checks/testing/needs.ts";
import { until } from "../../checks/testing/until.ts";
import { describeEnd, lastMessage, startChild } from "./child.ts";

const deno = (code: string): string[] => [Deno.execPath(), "eval", code];

Deno.test("startChild() reads lines, sends lines, and keeps the last words", async () => {
  const child = startChild(deno(`
    console.error("first\\nlast words");
    for await (const chunk of Deno.stdin.readable) {
      console.log("heard " + new TextDecoder().decode(chunk).trim());
    }
  `));
  await child.tell("hello");
  assert.equal((await child.lines.next()).value, "heard hello");
  await until("its last words", () => child.lastWords() === "first / last words");
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

/** Says its process id, and goes on in its own session, without the mark. */
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

for (
  const [what, text, expected] of [
    ["Node, a missing file", [
      "node:internal/modules/cjs/loader:1210",
      "  throw err;",
      "  ^",
      "",
      "Error: Cannot find module '/x/nothere.js'",
      "    at Module._resolveFilename (node:internal/modules/cjs/loader:1207:15)",
      "  code: 'MODULE_NOT_FOUND',",
      "  requireStack: []",
      "}",
      "",
      "Node.js v20.20.2",
      "",
    ], "Error: Cannot find module '/x/nothere.js'"],
    ["Node, what was thrown", [
      "/x/a.js:1",
      'throw new TypeError("t")',
      "^",
      "",
      "TypeError: t",
      "    at Object.<anonymous> (/x/a.js:1:7)",
      "",
      "Node.js v20.20.2",
    ], "TypeError: t"],
    ["Deno, what was thrown", [
      "listening",
      "\x1b[31merror\x1b[0m: Uncaught (in promise) Error: too many",
      "throw error;",
      "^",
      "    at a.ts:1:2",
    ], "error: Uncaught (in promise) Error: too many"],
    ["Deno, a missing file", [
      'error: Module not found "file:///x/no.ts".',
      "",
      "Stack backtrace:",
      "   0: <unknown>",
    ], 'error: Module not found "file:///x/no.ts".'],
    ["Bun", [
      "1 | throw new TypeError(1)",
      "          ^",
      "TypeError: 1",
      "      at /x/a.js:1:7",
      "",
      "Bun v1.3.1 (Linux x64)",
    ], "TypeError: 1"],
    ["Python, a traceback", [
      "Traceback (most recent call last):",
      '  File "/x/a.py", line 1, in <module>',
      "    import nothere",
      "ModuleNotFoundError: No module named 'nothere'",
    ], "ModuleNotFoundError: No module named 'nothere'"],
    ["Python, its arguments", [
      "usage: s.py [-h]",
      "s.py: error: unrecognized arguments: -x",
    ], "s.py: error: unrecognized arguments: -x"],
    [
      "Java, with the cause",
      [
        'Exception in thread "main" java.lang.RuntimeException: x',
        "\tat A.main(A.java:1)",
        "Caused by: java.lang.IllegalStateException: deep",
        "\t... 1 more",
      ],
      [
        'Exception in thread "main" java.lang.RuntimeException: x',
        "Caused by: java.lang.IllegalStateException: deep",
      ].join(" / "),
    ],
    ["Go, a panic", [
      "panic: boom",
      "",
      "goroutine 1 [running]:",
      "main.main()",
      "\t/x/a.go:2 +0x18",
      "exit status 2",
    ], "panic: boom"],
    ["Rust, a panic", [
      "thread 'main' panicked at src/main.rs:2:5:",
      "boom",
      "note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace",
    ], "thread 'main' panicked at src/main.rs:2:5: / boom"],
    ["a shell", ["bash: line 1: foo: command not found"], "bash: line 1: foo: command not found"],
    ["no error that is known", ["a", "b", "c", "d"], "b / c / d"],
    ["nothing but a stack", ["    at a (a.js:1:2)"], "    at a (a.js:1:2)"],
    ["nothing", [""], ""],
  ] as const
) {
  Deno.test(`lastMessage() says what went wrong: ${what}`, () => {
    assert.equal(lastMessage(text.join("\n")), expected);
  });
}
