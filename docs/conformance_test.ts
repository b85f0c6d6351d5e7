/** That docs/conformance.md has the groups as they are. `deno test -A docs/conformance_test.ts -- --write` writes them. */

import assert from "node:assert/strict";
import { groups } from "../conformance/groups/mod.ts";
import { SHOWN_VERDICTS, VERDICT_WORDS } from "../report/conformance/tables.ts";

const file = new URL("./conformance.md", import.meta.url);
const PLACE = /(<!-- groups: [^>]*-->\n)[^]*?(<!-- end of groups -->)/;

/** A row for each group, laid out as `deno fmt` does it. */
function groupsTable(): string {
  const rows = [
    ["group", "about", "cases"],
    ...groups.map(({ id, title, cases }) => [id, title, String(cases.length)]),
    ["", "all", String(groups.reduce((sum, { cases }) => sum + cases.length, 0))],
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  const [head, ...body] = rows.map(line);
  const rule = line(widths.map((width) => "-".repeat(width)));
  return `\n${[head, rule, ...body].join("\n")}\n\n`;
}

Deno.test("docs/conformance.md has all groups with the number of their cases", async () => {
  const text = await Deno.readTextFile(file);
  const right = text.replace(PLACE, (_, before, after) => before + groupsTable() + after);
  if (Deno.args.includes("--write")) await Deno.writeTextFile(file, right);
  else assert.equal(text, right, "Run it with -- --write");
});

Deno.test("docs/conformance.md explains all verdicts", async () => {
  const text = await Deno.readTextFile(file);
  for (const verdict of SHOWN_VERDICTS) assert.ok(text.includes(`| ${VERDICT_WORDS[verdict]}`));
});
