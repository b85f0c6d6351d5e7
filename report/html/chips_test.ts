import assert from "node:assert/strict";
import { RESULT } from "../testing/testdata.ts";
import { toolsMarkup } from "./chips.ts";

Deno.test("toolsMarkup() has a pressed button for each server, and is hidden until there is a script", () => {
  const { markup } = toolsMarkup({
    servers: RESULT.servers.map((server) => ({ ...server, title: `<${server.title}>` })),
  });
  assert.match(markup, /^<div class="tools"[^>]* hidden>/);
  const chips = [
    ...markup.matchAll(/data-chip="(\d)" data-id="[^"]*" aria-pressed="true">(.*?)<\/button>/g),
  ];
  assert.deepEqual(
    chips.map(([, place, inside]) => [place, inside!.replace(/<.*?>/g, "")]),
    RESULT.servers.map(({ title }, place) => [String(place), `&lt;${title}&gt;`]),
  );
});
