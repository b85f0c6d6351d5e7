import { equal, match } from "node:assert/strict";
import { describe } from "./browser.ts";
import { findChromium } from "./chromium.ts";
import { clients } from "./mod.ts";

const isMissing = "missing" in findChromium() && Deno.env.get("CI") === undefined;

Deno.test({
  name: `describe() tells the versions of Chromium and playwright-core${
    isMissing ? " (skipped: no Chromium)" : ""
  }`,
  ignore: isMissing,
  fn: async () => {
    const { id, title, library, notes = [] } = await describe();
    const entry = clients.find(({ inBrowser }) => inBrowser)!;
    equal(id, entry.id);
    equal(title, entry.title);
    match(library, /^\S.* \d+\.\d+\S*, playwright-core \d+\.\d+/);
    for (const note of notes) match(note, /^[A-Z].*\.$/);
  },
});
