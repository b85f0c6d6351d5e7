import assert from "node:assert/strict";
import { needing } from "../../checks/testing/needs.ts";
import { until } from "../../checks/testing/until.ts";
import { startChild } from "./child.ts";
import { watched } from "./watchdog.ts";

/** A program that ignores every request to end, with a child that also does. */
const STUBBORN = "trap '' TERM HUP INT; sleep 61 & echo $! $$; while :; do sleep 62; done";

/** Ids of the living processes of a group; what nobody waits for stays in the table for a while. */
function group(id: number): number[] {
  return [...Deno.readDirSync("/proc")].map(({ name }) => Number(name)).filter((pid) => {
    try {
      const [state, , groupId] = Deno.readTextFileSync(`/proc/${pid}/stat`).replace(/^.*\) /, "")
        .split(" ");
      return Number(groupId) === id && state !== "Z";
    } catch {
      return false;
    }
  });
}

async function untilGone(id: number): Promise<void> {
  await until("the end of the group", () => group(id).length === 0);
}

/** A runner that watches over a script: its id, with what the script says first. */
function startRunner(script: string): {
  pids(): Promise<number[]>;
  kill(): Promise<void>;
} {
  const modules = ["./child.ts", "./watchdog.ts"].map((path) => import.meta.resolve(path));
  const code = `
    const { startChild } = await import("${modules[0]}");
    const { watched } = await import("${modules[1]}");
    const child = startChild(watched(["sh", "-c", ${JSON.stringify(script)}]));
    const { value } = await child.lines.next();
    console.log(child.pid, value);
  `;
  const runner = new Deno.Command(Deno.execPath(), {
    args: ["eval", code],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const reader = runner.stdout.pipeThrough(new TextDecoderStream()).getReader();
  return {
    pids: async () => (await reader.read()).value!.trim().split(" ").map(Number),
    async kill() {
      runner.kill("SIGKILL");
      await runner.status;
      await reader.cancel();
    },
  };
}

function isSleeping(pid: number): boolean {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/cmdline`).startsWith("sleep\0");
  } catch {
    return false;
  }
}

Deno.test(needing("Linux", {
  name: "watched() keeps the program's id, and no watcher is below it or left after stop()",
  async fn() {
    const child = startChild(watched(["sh", "-c", STUBBORN]));
    const [, own] = (await child.lines.next()).value!.split(" ").map(Number);
    assert.equal(own, child.pid);
    const parents = group(child.pid).map((pid) =>
      Number(Deno.readTextFileSync(`/proc/${pid}/stat`).replace(/^.*\) . /, "").split(" ")[0])
    );
    // The program's two sleeps have it as their parent; the watcher and what it may have become have not.
    assert.ok(parents.filter((parent) => parent === child.pid).length <= 2);
    await child.stop(50);
    await untilGone(child.pid);
  },
}));

Deno.test(needing("Unix", {
  name: "watched() hands the arguments over as they are",
  async fn() {
    const child = startChild(watched(["printf", "%s|", "a b", "$HOME", "'\"", "*"]));
    assert.equal((await child.lines.next()).value, `a b|$HOME|'"|*|`);
    await child.stop();
  },
}));

Deno.test(needing("Linux", {
  name: "watched() ends the program and its children when the runner is killed",
  async fn() {
    const runner = startRunner(STUBBORN);
    const [pid] = await runner.pids();
    await until("the group", () => group(pid!).length >= 3);
    await runner.kill();
    await untilGone(pid!);
  },
}));

Deno.test(needing(["Linux", "setsid", "grep"], {
  name: "watched() ends what has forked twice when the runner is killed",
  async fn() {
    const orphan = "sh -c 'setsid sleep 61 & echo $!'; while :; do sleep 62; done";
    const runner = startRunner(orphan);
    const [program, orphaned] = await runner.pids();
    await until("the orphan", () => isSleeping(orphaned!));
    await runner.kill();
    await untilGone(program!);
    await until("the end of the orphan", () => !isSleeping(orphaned!));
  },
}));
