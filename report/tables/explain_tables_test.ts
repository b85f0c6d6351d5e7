import assert from "node:assert/strict";
import type { Explanation, Result } from "../../measure/model/result.ts";
import { RESULT } from "../testing/testdata.ts";
import { explainLongTable, explainSections } from "./explain_tables.ts";
import { formatCell, type Table } from "./table.ts";

const [scenario] = RESULT.scenarios;
const [one] = scenario!.cases;

function explanation(server: string, changes: Partial<Explanation> = {}): Explanation {
  return {
    server,
    client: "wire",
    scenario: scenario!.id,
    case: one!.id,
    startedAt: RESULT.startedAt,
    replies: 1000,
    windowMs: 2000,
    counters: {
      "syscalls.all": 2.0416,
      "syscalls.memory": 0.00004,
      "instructions.user": { absent: "it does not count it" },
      "cycles.user": { absent: "it does not count it" },
      "tcp.rtt": server === "ws" ? { absent: "connections came and went in the window" } : 40,
    },
    ...changes,
  };
}

function withExplanations(...explanations: readonly Explanation[]): Result {
  return { ...RESULT, explanations };
}

/** The texts of a row, found by what is counted. */
function shown({ rows, columns }: Table, counted: string): string[] {
  const row = rows.find((cells) => cells[1]!.value === counted)!;
  return row.map((cell, index) => formatCell(cell, columns[index]!) || `[${cell.note ?? ""}]`);
}

Deno.test("explainSections() has nothing to say of a run that was not explained", () => {
  assert.deepEqual(explainSections(RESULT), []);
  assert.equal(explainLongTable(RESULT), undefined);
});

Deno.test("explainSections() shows the servers of a case side by side, and why a cell is empty", () => {
  const [section] = explainSections(
    withExplanations(
      explanation("native"),
      explanation("ws"),
      explanation("socketio", { failed: "The server did not start", counters: {} }),
    ),
  );
  assert.equal(section!.tables.length, 1);
  const table = section!.tables[0]!;
  assert.equal(table.title, one!.title);
  assert.deepEqual(table.columns.slice(3).map(({ title }) => title), [
    "Deno.serve",
    "ws",
    "socket.io",
  ]);
  const failed = "[its trial failed: the server did not start]";
  assert.deepEqual(shown(table, "Rate").slice(2), ["messages/s", "500", "500", failed]);
  assert.deepEqual(shown(table, "All system calls").slice(2), [
    "per message",
    "2.04",
    "2.04",
    failed,
  ]);
  assert.deepEqual(shown(table, "Memory")[3], "0.000040", "never as 0");
  assert.deepEqual(shown(table, "Time until the server acknowledges").slice(3), [
    "40.0",
    "[connections came and went in the window]",
    failed,
  ]);
});

Deno.test("what no server has is a sentence below the table, once for each reason", () => {
  const [section] = explainSections(withExplanations(explanation("native"), explanation("ws")));
  const table = section!.tables[0]!;
  assert.match(
    table.note!,
    /Not counted: .*instructions outside the kernel, cycles outside the kernel \(.*it does not count it.*\)/,
  );
  assert.ok(!table.rows.some((row) => row[1]!.value === "Cycles outside the kernel"));
});

Deno.test("the rate of the trial is compared with that of the rounds", () => {
  const [section] = explainSections(withExplanations(explanation("native")));
  const [, , , share] = shown(section!.tables[0]!, "Of the rounds' rate");
  const rates = RESULT.trials.flatMap((trial) =>
    trial.state === "completed" && trial.round > 0 && trial.server === "native" &&
      trial.scenario === scenario!.id && trial.case === one!.id
      ? [trial.counts.replies / trial.phases.windowMs * 1000]
      : []
  ).toSorted((a, b) => a - b);
  const middle = rates.length % 2 === 1
    ? rates[(rates.length - 1) / 2]!
    : (rates[rates.length / 2 - 1]! + rates[rates.length / 2]!) / 2;
  assert.equal(Number(share!.replaceAll(",", "")), Number((500 / middle * 100).toPrecision(3)));
});

Deno.test("many servers are rows", () => {
  const servers = Array.from({ length: 9 }, (_, place) => ({
    ...RESULT.servers[0]!,
    id: `server-${place}`,
    title: `Server ${place}`,
  }));
  const result = {
    ...withExplanations(...servers.map(({ id }) => explanation(id))),
    servers,
  };
  const table = explainSections(result)[0]!.tables[0]!;
  assert.equal(table.rows.length, 9);
  assert.equal(table.columns[0]!.title, "Server");
  assert.ok(
    table.columns.some(({ title, unit }) => title === "All system calls" && unit === "per message"),
  );
});

Deno.test("explainLongTable() has a row for each figure, and for a trial that failed", () => {
  const table = explainLongTable(withExplanations(
    explanation("native"),
    explanation("ws", { failed: "it broke", counters: {} }),
  ))!;
  assert.equal(table.rows.length, 5 + 1);
  assert.ok(table.rows.every(({ length }) => length === table.columns.length));
  assert.equal(table.rows.at(-1)!.at(-1)!.value, "it broke");
});
