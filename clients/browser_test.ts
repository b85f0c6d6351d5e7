import { equal, match } from "node:assert/strict";
import { needing } from "../checks/testing/needs.ts";
import { describe } from "./browser.ts";
import { clients } from "./mod.ts";

Deno.test(needing("Chromium", {
  name: "describe() returns the versions of Chromium and playwright-core",
  fn: async () => {
    const { id, title, library, notes = [] } = await describe();
    const entry = clients.find(({ inBrowser }) => inBrowser)!;
    equal(id, entry.id);
    equal(title, entry.title);
    match(library, /^\S.* \d+\.\d+\S*, playwright-core \d+\.\d+/);
    for (const note of notes) match(note, /^[A-Z].*\.$/);
  },
}));
