import assert from "node:assert/strict";
import { styleSheet } from "./style.ts";

Deno.test("styleSheet() has the values of the plots for both themes, each once", () => {
  const value = { name: "--plot-a-b", light: "#aaa", dark: "#bbb" };
  const sheet = styleSheet([value, { ...value }]);
  assert.equal(sheet.split("--plot-a-b: #aaa;").length - 1, 2, "on light and on paper");
  assert.equal(sheet.split("--plot-a-b: #bbb;").length - 1, 2, "when chosen and when preferred");
});

Deno.test("styleSheet() loads nothing from elsewhere", () => {
  assert.doesNotMatch(styleSheet([]), /url\(|@import|@font-face|https?:/);
});

Deno.test("styleSheet() hides what belongs to a server that is switched off or not found", () => {
  assert.match(
    styleSheet([], 2),
    /:is\(\.hide-1, \.miss-1\) \[data-server="1"\] \{ display: none; \}/,
  );
  assert.doesNotMatch(styleSheet([]), /data-server/);
});
