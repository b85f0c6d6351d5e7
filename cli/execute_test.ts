import assert from "node:assert/strict";
import { unknownCommand } from "./execute.ts";

Deno.test("every command has its work", async () => {
  const files = [...Deno.readDirSync(new URL("./commands/", import.meta.url))];
  assert.ok(files.length > 5);
  for (const { name } of files) {
    const { work } = await import(new URL(`./work/${name}`, import.meta.url).href);
    assert.equal(typeof work, "function", name);
  }
});

Deno.test("unknownCommand() says what was meant", () => {
  assert.equal(
    unknownCommand("rn", ["run", "list"]).message,
    'Unknown command "rn", did you mean "run"? Known: run, list',
  );
});
