import assert from "node:assert/strict";
import { scenarios } from "../../scenarios/mod.ts";
import { servers } from "../../servers/mod.ts";
import { wsmark } from "../testing.ts";

const ROOT = new URL("../../", import.meta.url);
const READ = ["--allow-read", "--allow-env"];

async function list(permissions: readonly string[], ...args: readonly string[]): Promise<string> {
  const { stdout, stderr, code } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", ...permissions, "cli/wsmark.ts", "list", ...args],
    cwd: ROOT,
  }).output();
  assert.deepEqual([code, new TextDecoder().decode(stderr)], [0, ""]);
  return new TextDecoder().decode(stdout);
}

Deno.test("list is short, and names every server and scenario without its cases", async () => {
  const said = await list(READ);
  const lines = said.split("\n");
  // Two screens of 50 lines, whatever of it is on this machine.
  assert.ok(lines.length <= 100, String(lines.length));
  for (const line of lines) assert.ok([...line].length <= 80, line);
  for (const { id } of [...servers, ...scenarios]) {
    assert.match(said, RegExp(`^.* ${id}(?: |$)`, "m"));
  }
  assert.ok(!said.includes("·"), said);
});

Deno.test("list --cases shows the cases of every scenario", async () => {
  const said = await list(READ, "--cases");
  for (const line of said.split("\n")) assert.ok([...line].length <= 80, line);
  const cases = scenarios.reduce((sum, { cases }) => sum + cases.length, 0);
  assert.equal(said.match(/^ +· /gm)?.length, cases);
});

Deno.test("list NAME shows what is known of a name, of whatever kind", async () => {
  const said = await list(READ, "rate", "hono");
  assert.match(said, /^Servers:\n {2}hono {2}hono, speaks websocket; only when it is named\n/);
  assert.match(said, /\n {8}lacks deflate: .*\n\nScenarios:\n {2}rate {2}How long .*\n/);
  assert.match(said, /\n {8}· 64 connections, 64 B, 80 % load\n$/);
  const { code, stderr } = await wsmark("list", "rat");
  assert.equal(code, 2);
  assert.match(
    stderr,
    /^error: Unknown name "rat", did you mean "rate"\? Known: rate, native, ws, socketio, hono and \d+ more: see deno task list\n$/,
  );
});

Deno.test("list TAG shows the servers that have it, and their tags", async () => {
  const said = await list(READ, "runtime:deno", "lang:rust");
  assert.match(said, /^ {2}native .*\n +lang:typescript, runtime:deno, protocol:websocket\n/m);
  for (const { id, launch } of servers) {
    if (launch.by !== "contract" || launch.language === undefined) continue;
    assert.equal(said.includes(`\n  ${id} `), launch.language === "rust", id);
  }
});

Deno.test("list says that it did not look for programs that it may not run", async () => {
  assert.match(await list(READ), /^ {4}not checked: all on Node, all on Bun, all in Python/m);
  const said = (await list(READ, "ws-node", "bun", "tornado")).replaceAll(/\n {2,}/g, " ");
  for (const [id, program] of [["ws-node", "node"], ["bun", "bun"], ["tornado", "python3"]]) {
    const reason = `not checked: no permission to run ${program} (--allow-run)`;
    assert.match(said, RegExp(`${id} .* ${RegExp.escape(reason)}`));
  }
  assert.ok(!said.includes("not here"));
});

Deno.test("deno task list may look for programs", async () => {
  const { tasks } = JSON.parse(Deno.readTextFileSync(new URL("deno.json", ROOT)));
  const said = await list(tasks.list.command.match(/--allow-\S+/g));
  assert.ok(!said.includes("not checked"), said);
});
