import assert from "node:assert/strict";
import { type Block, fitting } from "./room.ts";

const long = (word: string): string => `${word} `.repeat(100);

const BLOCKS: readonly Block[] = [
  "# Title",
  { part: "evidence", text: long("evidence") },
  "",
  { part: "metrics", text: long("all"), short: { part: "tables", text: "first figures" } },
  "the end",
];

Deno.test("fitting() leaves nothing out of what fits, and drops empty blocks", () => {
  const text = fitting(BLOCKS, 1);
  assert.ok(!text.includes("GitHub"));
  assert.match(text, /^# Title\n\nevidence .* evidence\n\nall .* all\n\nthe end\n$/);
});

Deno.test("fitting() leaves out what is least missed first, and says so at its place", () => {
  const text = fitting(BLOCKS, 1, 1000);
  assert.match(
    text,
    /^# Title\n\n_GitHub takes 65,536 .*: ratios, p and q of the verdicts\._\n\nall/,
  );
  assert.ok(!text.includes("evidence"));
  assert.ok(text.length <= 1000);
});

Deno.test("fitting() shows the short form of a part, and keeps what still has room", () => {
  const text = fitting(BLOCKS, 1, 400);
  assert.match(
    text,
    /verdicts; all but the first metrics of each scenario\._\n\nfirst figures\n\nthe end\n$/,
  );
});

Deno.test("fitting() gives the shortest form if nothing fits", () => {
  const text = fitting(BLOCKS, 1, 10);
  assert.match(text, /; the tables of the scenarios\._\n\nthe end\n$/);
});
