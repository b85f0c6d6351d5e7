import assert from "node:assert/strict";
import { pageColours } from "../plots/theme.ts";
import { styleSheet } from "./style.ts";

Deno.test("styleSheet() has the colours of the plots for both themes", () => {
  const sheet = styleSheet();
  for (const { name, light, dark } of pageColours()) {
    assert.ok(sheet.split(`${name}: ${light};`).length - 1 >= 2, "on light and on paper");
    assert.ok(sheet.split(`${name}: ${dark};`).length - 1 >= 2, "when chosen and when preferred");
  }
  assert.equal(new Set(pageColours().map(({ name }) => name)).size, pageColours().length);
});

Deno.test("styleSheet() loads nothing from elsewhere", () => {
  assert.doesNotMatch(styleSheet(), /url\(|@import|@font-face|https?:/);
});

Deno.test("styleSheet() hides what belongs to a server that is switched off or not found", () => {
  assert.match(
    styleSheet(2),
    /:is\(\.hide-1, \.miss-1\) \[data-server="1"\], \.miss-1 \[data-legend="1"\] \{ display: none; \}/,
  );
  assert.doesNotMatch(styleSheet(), /data-server/);
});
