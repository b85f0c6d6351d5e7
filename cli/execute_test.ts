import assert from "node:assert/strict";
import { commands } from "./commands/mod.ts";
import { unknownCommand } from "./execute.ts";

Deno.test("every command has its options and its action", async () => {
  const files = Array.from(
    Deno.readDirSync(new URL("./commands/", import.meta.url)),
    (one) => one.name,
  );
  assert.deepEqual(files.sort(), [...commands.map(({ name }) => `${name}.ts`), "mod.ts"].sort());
  for (const { name } of commands) {
    const { command } = await import(new URL(`./commands/${name}.ts`, import.meta.url).href);
    assert.ok(Array.isArray(command.options), name);
    const { action } = await import(new URL(`./actions/${name}.ts`, import.meta.url).href);
    assert.equal(typeof action, "function", name);
  }
});

Deno.test("unknownCommand() says what was meant", () => {
  assert.equal(
    unknownCommand("rn", ["run", "list"]).message,
    'Unknown command "rn", did you mean "run"? Known: run, list',
  );
  assert.equal(
    unknownCommand("ws", ["run", "list"]).message,
    'Unknown command "ws". Known: run, list; servers are named by --servers ws',
  );
  assert.equal(
    unknownCommand("node server.js", ["run"]).message,
    'Unknown command "node server.js". Known: run; a command that starts a server has {port} in it',
  );
});
