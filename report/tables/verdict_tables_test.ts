import assert from "node:assert/strict";
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
    "p (Holm)",
    "Verdict",
    "CPU ratio",
    "CPU low",
    "CPU high",
    "CPU p (Holm)",
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

Deno.test("verdictsTable() gives ratio, interval, p and a sentence, then those for CPU time", () => {
  assert.deepEqual(shown(verdictsTable(ROUNDS))[0]!.slice(5), [
    "0.810",
    "0.775",
    "0.824",
    "0.0041",
    "ws is 19 % slower than Deno.serve (95 % interval 18–23 %)",
    "1.308",
    "1.250",
    "1.330",
    "0.0029",
    "ws has 31 % higher server CPU time per message than Deno.serve (95 % interval 25–33 %)",
  ]);
});

Deno.test("verdictsTable() has the reason instead of a verdict that cannot be given", () => {
  const rows = shown(verdictsTable(ROUNDS));
  const reason = "socket.io is not compared with Deno.serve: there is no round with both figures";
  assert.deepEqual(rows[5]!.slice(5), ["", "", "", "", reason, "", "", "", "", reason]);
  assert.deepEqual(rows[6]!.slice(10), ["", "", "", "", "The scenario does not report it."]);
});

Deno.test("verdictsTable() puts each title on one line", () => {
  const [native, ...others] = ROUNDS.servers;
  const servers = [{ ...native!, title: "Deno\n.serve" }, ...others];
  const [row] = shown(verdictsTable({ ...ROUNDS, servers }));
  assert.match(row![9]!, /^ws is 19 % slower than Deno .serve /);
});

Deno.test("verdictsTable() says why it has no rows if there is one server", () => {
  const { rows, empty } = verdictsTable(firstServers(1));
  assert.deepEqual(rows, []);
  assert.match(empty, /^There is nothing to compare/);
});
