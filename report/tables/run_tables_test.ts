import assert from "node:assert/strict";
import type { Fact } from "../../measure/model/result.ts";
import {
  clientsTable,
  hardwareTable,
  leftOutTables,
  runTable,
  serversTable,
  warningsTable,
} from "./run_tables.ts";
import { formatCell, type Table } from "./table.ts";
import { RESULT } from "../testing/testdata.ts";

const shown = (table: Table): string[][] =>
  table.rows.map((row) => row.map((cell, index) => formatCell(cell, table.columns[index]!)));

const facts = (...machine: Fact[]): string[][] => shown(hardwareTable({ ...RESULT, machine }));

Deno.test("hardwareTable() shows bytes in a suitable unit", () => {
  const bytes = [0, 1023, 1536, 8_330_000_000, 2 ** 40 * 5000];
  assert.deepEqual(
    facts(...bytes.map((value) => ({ group: "Memory", name: "x", value, unit: "bytes" })))
      .map((row) => row.slice(2, 4)),
    [["0", "bytes"], ["1,023", "bytes"], ["1.50", "KiB"], ["7.76", "GiB"], ["5,000", "TiB"]],
  );
});

Deno.test("hardwareTable() keeps whole numbers whole", () => {
  assert.deepEqual(facts({ group: "Processor", name: "CPUs", value: 2 }), [
    ["Processor", "CPUs", "2", "", ""],
  ]);
});

Deno.test("hardwareTable() notes why a value is absent", () => {
  const value = { absent: "the kernel does not say" };
  assert.deepEqual(facts({ group: "Processor", name: "Governor", value }), [
    ["Processor", "Governor", "", "", "the kernel does not say"],
  ]);
});

Deno.test("runTable() shows the settings and how far the run got", () => {
  assert.deepEqual(shown(runTable(RESULT)), [
    ["Version of wsmark", "0.1.0", ""],
    ["State", "finished", ""],
    ["Started", "2026-01-31 14:05:09", "UTC"],
    ["Ended", "2026-01-31 14:06:09", "UTC"],
    ["Command", "deno task bench --profile quick --rounds 2 --seed 1234567", ""],
    ["Profile", "quick", ""],
    ["Baseline", "Deno.serve", ""],
    ["Rounds", "2", ""],
    ["Order of a round", "shuffled", ""],
    ["Judged by the rules", "2: moderated paired t of logarithms, Benjamini-Hochberg", ""],
    ["Warm-up", "100", "ms"],
    ["Measured window", "200", "ms"],
    ["Seed", "1234567", ""],
    ["CPUs of the server", "0", ""],
    ["CPUs of the generator", "1", ""],
    ["Engine of the wire client", "epoll", ""],
    ["Generators", "1", ""],
    ["Trials planned", "18", ""],
    ["Trials ended", "18", ""],
    ["Trials failed", "3", ""],
    ["Took", "60.0", "s"],
    [
      "Of that",
      "windows 5.0 %, warm-ups 2.5 %, connecting and draining 0.1 %, " +
      "start and end of processes 87.4 %, describing servers 5.0 %",
      "",
    ],
  ]);
});

Deno.test("runTable() has the rounds that ran, and until when they were to go on", () => {
  const settings = { ...RESULT.settings, rounds: 100, until: 0.05 };
  assert.deepEqual(shown(runTable({ ...RESULT, settings })).slice(7, 10), [
    ["Rounds", "2", ""],
    ["Rounds at most", "100", ""],
    ["Until rates are known to ±", "5.0", "%"],
  ]);
});

Deno.test("runTable() says why these CPUs, and how the number of generators was found", () => {
  const settings = {
    ...RESULT.settings,
    pinning: { server: [0, 4, 1, 5], generator: [2], reason: "--cpus was given" },
    generators: 2,
    generatorChoice: {
      reason: "the ceiling is then 1.8 × the rate of ws, the fastest server",
      tries: [{ generators: 2, ceiling: 1_800_000, fastest: 1_000_000, server: "ws" }],
      tookMs: 4321,
    },
  };
  const rows = shown(runTable({ ...RESULT, settings }));
  assert.deepEqual([...rows.slice(13, 15), ...rows.slice(16, 20)], [
    ["CPUs of the server", "0-1,4-5 (--cpus was given)", ""],
    ["CPUs of the generator", "2 (--cpus was given)", ""],
    ["Generators", "2", ""],
    ["Why so many generators", "the ceiling is then 1.8 × the rate of ws, the fastest server", ""],
    [
      "Ceiling with 2 when they were chosen",
      "1,800,000 per second; the fastest server, ws, 1,000,000",
      "",
    ],
    ["Choosing them took", "4.32", "s"],
  ]);
});

Deno.test("runTable() says why nothing was pinned and that a run had not ended", () => {
  const { endedAt: _, ...running } = RESULT;
  const settings = { ...RESULT.settings, pinning: { absent: "there is one CPU" } };
  const { rows } = runTable({ ...running, settings });
  assert.equal(rows[13]![1]!.value, "not pinned: there is one CPU");
  assert.equal(rows[3]![1]!.note, "the run had not ended");
  assert.equal(rows.at(-1)![1]!.note, "the run had not ended", "nor is known how long it took");
});

Deno.test("serversTable() and clientsTable() show libraries and notes", () => {
  assert.deepEqual(shown(serversTable(RESULT))[2], [
    "socket.io",
    "socket.io",
    "deno 2.9.6",
    "socket.io 4.8.1",
    "Polling is off. =Messages are events.",
  ]);
  assert.deepEqual(shown(clientsTable(RESULT))[1], [
    "socket.io-client",
    "socket.io-client 4.8.1",
    "WebSocket transport only.",
  ]);
});

Deno.test("leftOutTables() has the reasons, and is empty if all servers ran", () => {
  assert.deepEqual(leftOutTables(RESULT), []);
  const leftOut = [{ id: "x", title: "X", reason: "there is no\npython3" }];
  assert.deepEqual(leftOutTables({ ...RESULT, leftOut }).map(shown), [[[
    "X",
    "there is no python3",
  ]]]);
});

Deno.test("warningsTable() has one row for each place of a finding, with its trials", () => {
  assert.deepEqual(shown(warningsTable(RESULT)).map((row) => row.slice(2)), [
    ["the whole run", "", "", ""],
    ["the whole run", "", "", ""],
    ["Echo rate", "64 connections × 16 in flight, 1 KiB", "Deno.serve", "2"],
    ["Echo rate", "64 connections × 16 in flight, 1 KiB", "ws", "1"],
    ["Echo rate", "64 connections × 16 in flight, 1 KiB", "socket.io", "1"],
  ]);
});
