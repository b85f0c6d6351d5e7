import assert from "node:assert/strict";
import type { Result } from "../../measure/model/result.ts";
import { renderMarkdown } from "./markdown.ts";
import { EXPLAINED } from "../testing/explained_testdata.ts";
import { firstRounds, firstServers, ROUNDS } from "../testing/rounds_testdata.ts";
import { withoutCode } from "../testing/hostile_testdata.ts";
import { RESULT } from "../testing/testdata.ts";

const serializer = (text: string): string => `\n${text}`;

/** The report without its pictures, which other tests check. */
function text(result: Result): string {
  return renderMarkdown(result).replaceAll(/\*\*.*\*\*\n\n!\[.*\]\(plots\/.*\)\n\n/g, "");
}

Deno.test("renderMarkdown() of seven rounds", async (t) => {
  await t.assertSnapshot(text(ROUNDS), { serializer });
});

Deno.test("renderMarkdown() of what can go wrong", async (t) => {
  await t.assertSnapshot(text(RESULT), { serializer });
});

Deno.test("renderMarkdown() gives the same text for the same result", () => {
  assert.equal(renderMarkdown(structuredClone(ROUNDS)), renderMarkdown(ROUNDS));
});

Deno.test("renderMarkdown() has one heading of the first level, and skips no level", () => {
  for (const result of [ROUNDS, RESULT, firstServers(1), firstRounds(1)]) {
    const levels = [...renderMarkdown(result).matchAll(/^(#+) /gm)].map(([, signs]) =>
      signs!.length
    );
    assert.equal(levels.filter((level) => level === 1).length, 1);
    for (const [index, level] of levels.entries()) {
      assert.ok(level <= (levels[index - 1] ?? 0) + 1);
    }
  }
});

Deno.test("renderMarkdown() has tables whose rows have as many cells as their headings", () => {
  for (const result of [ROUNDS, RESULT]) {
    const tables = renderMarkdown(result).split("\n\n").filter((block) => block.startsWith("|"));
    assert.ok(tables.length > 4);
    for (const table of tables) {
      const widths = table.trimEnd().split("\n").map((line) =>
        line.replaceAll("\\\\", "").replaceAll("\\|", "").split("|").length
      );
      assert.equal(new Set(widths).size, 1, table);
    }
  }
});

Deno.test("renderMarkdown() lets no name format the page, end a table or begin a line", () => {
  const [first, ...others] = ROUNDS.servers;
  const title = "a|b`c`<script>alert(1)</script>\n# *d* [e](javascript:f) ![g](h)";
  const markdown = renderMarkdown({ ...ROUNDS, servers: [{ ...first!, title }, ...others] });
  const said =
    "a\\|b\\`c\\`&lt;script&gt;alert(1)&lt;/script&gt; \\# \\*d\\* \\[e\\](javascript:f) \\!\\[g\\](h)";
  assert.ok(markdown.includes(said));
  const rest = withoutCode(markdown.replaceAll(said, ""));
  for (const part of [/<script/, /(?<!\\)\[e/, /(?<!\\)\*d/, /(?<!\\)`/]) {
    assert.doesNotMatch(rest, part);
  }
});

Deno.test("renderMarkdown() says that nothing can be compared", () => {
  const none = renderMarkdown({ ...ROUNDS, scenarios: [], trials: [] });
  assert.match(none, /The run has no cases\./);
});

Deno.test("renderMarkdown() of one server is named by it, says once that nothing is compared, and recommends none", () => {
  const alone = renderMarkdown(firstServers(1));
  assert.match(alone, /^# WebSocket server measured: Deno\.serve, 2026/);
  assert.equal(alone.match(/compare/g)?.length, 1);
  assert.match(alone, /There is one server, Deno\.serve: nothing is compared\./);
  assert.doesNotMatch(alone, /Which server|each server|the servers/i);
});

Deno.test("renderMarkdown() has what goes with the verdicts of each scenario", () => {
  assert.match(
    renderMarkdown(EXPLAINED),
    /\nWhat goes with it:\n\n- ws against Deno\.serve, 16 connections, 16 in flight, 64 B: 19 × the system calls.*\n- socket\.io .*\n\n_What goes with a verdict was counted/,
  );
  assert.ok(!renderMarkdown(ROUNDS).includes("What goes with it"));
});
