import assert from "node:assert/strict";
import { contrast } from "./testing.ts";
import { configOf, INKS } from "./theme.ts";

Deno.test("INKS have text that can be read", () => {
  for (const { background, text, muted } of Object.values(INKS)) {
    assert.ok(contrast(text, background) >= 4.5);
    assert.ok(contrast(muted, background) >= 4.5);
  }
});

Deno.test("configOf() differs between the themes in colours alone", () => {
  const plain = (theme: "light" | "dark"): string =>
    JSON.stringify(configOf(theme)).replaceAll(/"#\w{6}"/g, "");
  assert.equal(plain("light"), plain("dark"));
  assert.notDeepEqual(configOf("light"), configOf("dark"));
});
