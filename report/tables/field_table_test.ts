/** Reports of a run with many servers. */

import assert from "node:assert/strict";
import type { ConformanceSummary, Result, Trial } from "../../measure/model/result.ts";
import { renderHtml } from "../html/html.ts";
import { renderMarkdown } from "../markdown/markdown.ts";
import { renderSummary } from "../markdown/summary.ts";
import { wrongServers } from "../summary/standings.ts";
import { summaryOf } from "../summary/summary.ts";
import { renderTerminal } from "../terminal/terminal.ts";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { fieldTable, hasMany } from "./field_table.ts";
import { sections } from "./tables.ts";

/** How often each server is there. */
const TIMES = 15;

const TRIED: ConformanceSummary = {
  ...{ suite: "0123456789ab", cases: 289, ok: 280, nonStrict: 7, failed: 2 },
  ...{ unimplemented: 0, informational: 0, integrity: [] },
};

const copies = Array.from({ length: TIMES }, (_, index) => index);

/** A run with its servers many times over, of which the best one breaks a case of integrity. */
const FIELD: Result = {
  ...ROUNDS,
  servers: ROUNDS.servers.flatMap((server) =>
    copies.map((copy) => ({
      ...server,
      id: `${server.id}-${copy}`,
      title: `${server.title} ${copy}`,
      conformance: copy === 0
        ? { ...TRIED, integrity: [{ what: "changes what it is sent", cases: ["1.1.1"] }] }
        : TRIED,
    }))
  ),
  trials: ROUNDS.trials.flatMap((trial): Trial[] =>
    trial.round === 0 ? [trial] : copies.map((copy) => ({
      ...trial,
      server: `${trial.server}-${copy}`,
      ...(trial.state === "completed" && {
        // The first one is the best everywhere.
        metrics: Object.fromEntries(
          Object.entries(trial.metrics).map(([id, value]) => [
            id,
            typeof value === "number"
              ? value * (id === "rate" ? 1 - copy / 100 : 1 + copy / 100)
              : value,
          ]),
        ),
      }),
    }))
  ),
  settings: { ...ROUNDS.settings, baseline: `${ROUNDS.settings.baseline}-1` },
};

const { lines, recommendations } = summaryOf(FIELD);

Deno.test("fieldTable() has a row for each server: conformance, then each case, then CPU time", () => {
  assert.ok(hasMany(FIELD));
  assert.ok(!hasMany(ROUNDS));
  const { rows, columns } = fieldTable(FIELD);
  assert.equal(rows.length, FIELD.servers.length);
  const cpus = lines.filter(({ cpu }) => cpu !== undefined).length;
  assert.equal(columns.length, 2 + lines.length + cpus);
  assert.equal(columns[1]!.title, "RFC 6455");
  assert.equal(rows[0]![1]!.value, "287/289");
  assert.equal(
    columns[2]!.title,
    "Rate in messages/s (higher is better): 16 connections, 16 in flight, 64 B",
  );
  assert.ok(!fieldTable(ROUNDS).columns.some(({ title }) => title === "RFC 6455"));
});

Deno.test("a server that breaks a case of integrity has no star among many, and leads nowhere", () => {
  const broken = FIELD.servers.filter(({ conformance }) => conformance!.integrity.length > 0)
    .map(({ id }) => id);
  assert.deepEqual([...wrongServers(FIELD)], broken);
  const starred = lines.flatMap(({ primary, cpu }) =>
    [...primary.entries, ...cpu?.entries ?? []]
      .filter(({ cell }) => cell.mark === "best").map(({ server }) => server.id)
  );
  assert.ok(starred.length > 0);
  assert.deepEqual(starred.filter((id) => broken.includes(id)), []);
  const taken = recommendations.flatMap(({ servers }) => servers.map(({ id }) => id));
  assert.deepEqual(taken.filter((id) => broken.includes(id)), []);
});

Deno.test("every report of many servers says what each passed of RFC 6455", async () => {
  const page = await renderHtml(FIELD, []);
  const texts = {
    terminal: renderTerminal(FIELD, { width: 100, color: false }),
    summary: renderSummary(FIELD),
    report: renderMarkdown(FIELD),
    page,
  };
  for (const [name, text] of Object.entries(texts)) {
    assert.ok(text.includes("RFC 6455"), name);
    const count = text.match(/287\/289/g)?.length ?? 0;
    assert.ok(count >= FIELD.servers.length, `${name}: ${count}`);
  }
  assert.ok(sections(FIELD).some(({ id }) => id === "field"), "a sheet and a CSV file");
});

Deno.test("renderMarkdown() keeps the figures and the CPU time of many servers", () => {
  const text = renderMarkdown(FIELD);
  assert.ok(text.length < 65_536);
  assert.match(text, /^### CPU time$/m);
  assert.doesNotMatch(text, /leaves to .*the tables of the scenarios/);
});
