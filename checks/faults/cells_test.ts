import assert from "node:assert/strict";
import { cellsOf, rows } from "./cells.ts";
import { answers, violations } from "./violations.ts";
import { PHASES } from "./phases.ts";
import { processFaults } from "./process_faults.ts";
import { groupsOf } from "./server_runs.ts";

const { cells, none } = cellsOf(rows);

Deno.test("the table has every fault in every phase, each once, or the reason why not", () => {
  const names = [...cells, ...none].map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  for (const { id } of rows) {
    for (const phase of PHASES) assert.ok(names.includes(`${id}.${phase}`), `${id}.${phase}`);
  }
  for (const { name, cannot } of none) assert.ok(cannot.length > 10, name);
});

Deno.test("cellsOf() tries all of the table over an engine, and what it expects of that engine itself once", () => {
  const over = cellsOf(rows, "tcp").cells;
  assert.equal(over.filter(({ name }) => name.endsWith(".tcp")).length, 0);
  const one = over.find(({ name }) => name === "generator-descriptors.connect");
  const own = rows.find(({ id }) => id === "generator-descriptors")!.carriers!.tcp;
  assert.deepEqual([one?.carrier, one?.expected], ["tcp", own]);
  assert.deepEqual(new Set(over.map(({ carrier }) => carrier)), new Set(["tcp", "websocket"]));
});

Deno.test("the server knows every fault of the table that is its own", () => {
  const known = [
    ...[answers, violations, processFaults].flatMap(Object.keys),
    ...["silent", "half", "ignore-term"],
  ];
  for (const { id, by } of rows) assert.ok(by !== "server" || known.includes(id), id);
});

Deno.test("groupsOf() has every cell once, and puts none together that need different runs", () => {
  const own = cells.filter(({ fault }) => fault.by === "server");
  const groups = groupsOf(own);
  assert.deepEqual(
    groups.flat().map(({ name }) => name).sort(),
    own.map(({ name }) => name).sort(),
  );
  for (const group of groups) {
    assert.ok(group.length <= 6);
    assert.equal(new Set(group.map(({ expected }) => expected.code)).size, 1);
    assert.equal(new Set(group.map(({ carrier }) => carrier)).size, 1);
  }
});
