import assert from "node:assert/strict";
import type { Claim } from "../../measure/model/result.ts";
import { ROUNDS } from "../testing/rounds_testdata.ts";
import { studyFigures, studyOf, studySections, studyTable } from "./study.ts";
import { STUDIED } from "../testing/study_testdata.ts";
import { formatCell, type Table } from "../tables/table.ts";

const shown = (table: Table): string[][] =>
  table.rows.map((row) => row.map((cell, index) => formatCell(cell, table.columns[index]!)));

Deno.test("studyTable() has the published figures next to the measured ones", () => {
  const table = studyTable(STUDIED);
  const rows = shown(table);
  assert.ok(table.rows.every((row) => row.length === table.columns.length));
  assert.deepEqual(rows[0], [
    "ws gets fewer small messages through than Deno.serve.",
    "Throughput",
    "16 connections, 16 in flight, 64 B",
    "Rate, messages/s",
    ...["ws", "80,000", "122,000"],
    ...["Deno.serve", "100,000", "152,000"],
    ...["0.800", "0.803", "0.774", "0.833"],
    "holds",
    "Holds here: in rate ws is 20 % lower than Deno.serve (17–23 %); " +
    "published: 20 % lower, which lies in the interval.",
    "",
  ]);
  assert.deepEqual(rows.map((row) => row.at(-3)), [
    "holds",
    "contradicted",
    "holds",
    "not shown",
    "not measured",
    "not measured",
    "holds",
  ]);
});

Deno.test("studyTable() notes why a figure was not measured", () => {
  const notes = studyTable(STUDIED).rows.map((row) => row[6]!.note);
  assert.deepEqual(notes.slice(4, 6), [
    "socket.io: the server did not accept connections within 10 s",
    "Tornado was left out: python3 has no module tornado: install it with pip install tornado",
  ]);
});

Deno.test("studyTable() shows published figures with all their digits, and no meaningless digits", () => {
  const [, , row] = shown(studyTable(STUDIED));
  assert.deepEqual([row![5], row![6], row![8], row![9]], ["30.28", "55,900", "30.30", "55,100"]);
});

Deno.test("studyFigures() has numbers instead of sentences", () => {
  const { columns, rows } = studyFigures(STUDIED);
  assert.deepEqual(rows.map(([first]) => first!.value), [1, 2, 3, 4, 5, 6, 7]);
  assert.equal(columns.at(-1)!.title, "Verdict");
  assert.ok(rows.every((row) => row.length === columns.length));
});

Deno.test("studySections() is empty if the run repeats no study", () => {
  assert.deepEqual(studySections(ROUNDS), []);
  assert.equal(studyOf(ROUNDS), undefined);
  const [section] = studySections(STUDIED);
  assert.equal(
    section!.about,
    "Servers elsewhere. Somebody compared three servers on a machine of their own. " +
      "A client sent a short text and waited for its reply.",
  );
});

Deno.test("studyOf() says that there are no claims", () => {
  const study = { ...STUDIED.study!, claims: [] };
  const said = studyOf({ ...STUDIED, study })!;
  assert.match(said.note, /has no claims/);
  assert.deepEqual(said.claims, []);
  assert.match(studyTable({ ...STUDIED, study }).empty, /has no claims/);
});

Deno.test("studyOf() explains the statistics if there are claims", () => {
  const [relation, ...others] = STUDIED.study!.claims;
  const noteFor = (...claims: Claim[]): string =>
    studyOf({ ...STUDIED, study: { ...STUDIED.study!, claims } })!.note;
  assert.match(
    noteFor(relation!),
    /moderated paired t test.*Benjamini and Hochberg.*same within 5 %/,
  );
  assert.equal(noteFor(others.at(-1)!), "A verdict is about this run on this machine.");
});

Deno.test("studyOf() has the figures of what was measured in words", () => {
  assert.deepEqual(studyOf(STUDIED)!.claims.map(({ figures }) => figures), [
    "ws and Deno.serve: published 80,000 and 100,000, measured 122,000 and 152,000 messages/s.",
    "socket.io and ws: published 40,000 and 2,300, measured 47,500 and 122,000 messages/s.",
    "ws and Deno.serve: published 30.28 and 30.30, measured 55,900 and 55,100 messages/s.",
    "ws and Deno.serve: measured 18.1 and 18.2 µs.",
    undefined,
    undefined,
    undefined,
  ]);
});
