import assert from "node:assert/strict";

const ROOT = new URL("../../", import.meta.url);

async function list(...permissions: readonly string[]): Promise<string> {
  const { stdout, stderr, code } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", ...permissions, "mod.ts", "list"],
    cwd: ROOT,
  }).output();
  assert.deepEqual([code, new TextDecoder().decode(stderr)], [0, ""]);
  return new TextDecoder().decode(stdout);
}

Deno.test("list says that it did not look for programs that it may not run", async () => {
  const said = await list("--allow-read", "--allow-env");
  for (const [id, program] of [["ws-node", "node"], ["bun", "bun"], ["tornado", "python3"]]) {
    const reason = `not checked: no permission to run ${program} (--allow-run)`;
    assert.match(said, RegExp(`\\n  ${id} .*; ${RegExp.escape(reason)}\\n`));
  }
  assert.ok(!said.includes("not here"));
});

Deno.test("deno task list may look for programs", async () => {
  const { tasks } = JSON.parse(Deno.readTextFileSync(new URL("deno.json", ROOT)));
  const said = await list(...tasks.list.command.match(/--allow-\S+/g));
  assert.ok(!said.includes("not checked"), said);
});
