import assert from "node:assert/strict";
import { EXPLAINED } from "../testing/explained_testdata.ts";
import { firstServers, ROUNDS } from "../testing/rounds_testdata.ts";
import { formatCell, heading, type Table } from "./table.ts";
import { verdictsTable } from "./verdict_tables.ts";

const shown = ({ rows, columns }: Table): string[][] =>
  rows.map((row) => row.map((cell, index) => formatCell(cell, columns[index]!)));

Deno.test("verdictsTable() has one row per case and server other than the baseline", () => {
  const table = verdictsTable(ROUNDS);
  assert.deepEqual(table.columns.map(heading), [
    "Scenario",
    "Case",
    "Server",
    "Compared with",
    "Metric",
    "Ratio",
    "Low",
    "High",
    "p",
    "q",
    "Verdict",
    "CPU ratio",
    "CPU low",
    "CPU high",
    "CPU p",
    "CPU q",
    "CPU verdict",
  ]);
  assert.deepEqual(shown(table).map((row) => row.slice(0, 5)), [
    ["Throughput", "16 connections, 16 in flight, 64 B", "ws", "Deno.serve", "Rate"],
    ["Throughput", "16 connections, 16 in flight, 64 B", "socket.io", "Deno.serve", "Rate"],
    ["Throughput", "16 connections, 16 in flight, 16 KiB", "ws", "Deno.serve", "Rate"],
    ["Throughput", "16 connections, 16 in flight, 16 KiB", "socket.io", "Deno.serve", "Rate"],
    ["Connecting", "32 at once", "ws", "Deno.serve", "Handshake p50"],
    ["Connecting", "32 at once", "socket.io", "Deno.serve", "Handshake p50"],
    ["Idle connections", "1,000 connections", "ws", "Deno.serve", "Memory per connection"],
    ["Idle connections", "1,000 connections", "socket.io", "Deno.serve", "Memory per connection"],
  ]);
});

Deno.test("verdictsTable() gives ratio, interval, p, q and a sentence, then those for CPU time", () => {
  assert.deepEqual(shown(verdictsTable(ROUNDS))[0]!.slice(5), [
    "0.803",
    "0.774",
    "0.833",
    "<0.001",
    "<0.001",
    "ws is 20 % slower than Deno.serve (17–23 %)",
    "1.295",
    "1.249",
    "1.343",
    "<0.001",
    "<0.001",
    "ws has 30 % higher server CPU time per message than Deno.serve (25–34 %)",
  ]);
});

Deno.test("verdictsTable() has the reason instead of a verdict that cannot be given", () => {
  const rows = shown(verdictsTable(ROUNDS));
  const reason = "socket.io is not compared with Deno.serve: there is no round with both figures";
  const none = ["", "", "", "", ""];
  assert.deepEqual(rows[5]!.slice(5), [...none, reason, ...none, reason]);
  assert.deepEqual(rows[6]!.slice(11), [...none, "The scenario does not report it."]);
});

Deno.test("verdictsTable() puts each title on one line", () => {
  const [native, ...others] = ROUNDS.servers;
  const servers = [{ ...native!, title: "Deno\n.serve" }, ...others];
  const [row] = shown(verdictsTable({ ...ROUNDS, servers }));
  assert.match(row![10]!, /^ws is 20 % slower than Deno .serve /);
});

Deno.test("verdictsTable() says why it has no rows if there is one server", () => {
  const { rows, empty } = verdictsTable(firstServers(1));
  assert.deepEqual(rows, []);
  assert.match(empty, /^There is nothing to compare/);
});

Deno.test("verdictsTable() has a column for what goes with a verdict, if the servers were explained", () => {
  const table = verdictsTable(EXPLAINED);
  assert.equal(heading(table.columns.at(-1)!), "Goes with it");
  assert.match(table.note!, /that it is the cause was not measured/);
  const cells = shown(table).map((row) => row.at(-1)!);
  assert.match(cells[0]!, /^19 × the system calls a message/);
  assert.match(cells[1]!, /; 30 % of its time in garbage collections/);
  assert.deepEqual(cells.slice(2), cells.slice(2).map(() => ""));
});
