import assert from "node:assert/strict";
import { unknownCommand } from "./execute.ts";

Deno.test("every command has its action", async () => {
  const files = [...Deno.readDirSync(new URL("./commands/", import.meta.url))];
  assert.ok(files.length > 5);
  for (const { name } of files) {
    const { action } = await import(new URL(`./actions/${name}`, import.meta.url).href);
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
});
