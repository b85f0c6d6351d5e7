import assert from "node:assert/strict";
import type { ConformanceSummary, Result } from "../../measure/model/result.ts";
import { renderMarkdown } from "../markdown/markdown.ts";
import { renderTerminal } from "../terminal/terminal.ts";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { conformanceNote, passedWords } from "./conformance.ts";
import { summaryOf } from "./summary.ts";
import { wrongServers } from "./standings.ts";

const TRIED: ConformanceSummary = {
  ...{ suite: "0123456789ab", cases: 439, ok: 419, nonStrict: 20, failed: 0 },
  ...{ unimplemented: 0, informational: 0, integrity: [] },
};

const BROKEN: ConformanceSummary = {
  ...TRIED,
  ...{ ok: 425, nonStrict: 0, failed: 14 },
  integrity: [{ what: "lets broken UTF-8 through as text", cases: ["6.3.8", "6.3.9"] }],
};

/** A run in which the best server has been found to be one that cannot be trusted. */
const best = summaryOf(ROUNDS).lines.flatMap(({ primary }) =>
  primary.entries.flatMap(({ cell, server }) => cell.mark === "best" ? [server.id] : [])
)[0]!;
const WITH: Result = {
  ...ROUNDS,
  servers: ROUNDS.servers.map((server) => ({
    ...server,
    conformance: server.id === best ? BROKEN : TRIED,
  })),
};

Deno.test("passedWords() counts those that were not failed", () => {
  assert.equal(passedWords(TRIED), "439 of 439 cases (20 non-strict)");
  assert.equal(passedWords(BROKEN), "425 of 439 cases");
});

Deno.test("conformanceNote() is a sentence about the servers that were tried", () => {
  assert.equal(conformanceNote(ROUNDS), "");
  const [first, second] = WITH.servers;
  const one = { ...first!, title: "One", conformance: TRIED };
  assert.equal(
    conformanceNote({ servers: [one, { ...second!, title: "Two", conformance: BROKEN }] }),
    "In the conformance suite One passed 439 of 439 cases (20 non-strict) and Two passed 425 of 439 cases.",
  );
});

Deno.test("every report says how many cases the servers passed", () => {
  const note = conformanceNote(WITH);
  assert.ok(renderMarkdown(WITH).includes("In the conformance suite"));
  assert.ok(
    renderTerminal(WITH, { width: 1000, color: false }).includes(note),
    "on the terminal",
  );
});

Deno.test("a server that breaks a case of integrity is best nowhere, and recommended for nothing", () => {
  assert.deepEqual([...wrongServers(WITH)], [best]);
  const { lines, recommendations } = summaryOf(WITH);
  const starred = lines.flatMap(({ primary }) =>
    primary.entries.filter(({ cell }) => cell.mark === "best").map(({ server }) => server.id)
  );
  assert.ok(!starred.includes(best));
  assert.ok(starred.length > 0, "another one is");
  const title = WITH.servers.find(({ id }) => id === best)!.title;
  assert.ok(
    JSON.stringify(recommendations).includes(
      `${title} is left out: it lets broken UTF-8 through as text.`,
    ),
  );
});
