import assert from "node:assert/strict";
import { cellsOf, type Seen } from "./cells.ts";
import { lineOf, markdownOf } from "./table.ts";
import { cannot, completes, everywhere, fails, type Fault } from "./types.ts";

const fault: Fault = {
  id: "exit",
  title: "exits",
  by: "server",
  phases: everywhere(cannot("there is nothing to exit"), {
    window: fails(/out of luck/),
    report: completes(),
  }),
};
const { cells, none } = cellsOf([fault]);

function seen(index: number, more: Partial<Seen> = {}): Seen {
  return {
    cell: cells[index]!,
    outcome: "failed: out of luck",
    code: 1,
    ms: 120,
    runnerBytes: 2 ** 20,
    generatorBytes: 2 ** 21,
    wrong: [],
    ...more,
  };
}

Deno.test("lineOf() shows what was seen, and what is wrong with it", () => {
  assert.match(lineOf(seen(0)), /^exit.window +ok +exit 1 +120 ms failed: out of luck$/);
  assert.match(
    lineOf(seen(0, { wrong: ["a process is left"] })),
    /FAIL.*\n {4}! a process is left$/,
  );
  assert.match(
    lineOf(seen(0, { skipped: "no right to mount" })),
    /not tried[^]*no right to mount$/,
  );
});

Deno.test("markdownOf() has faults × phases, each cell, and the cells that cannot occur", () => {
  const outcome = "completed";
  const text = markdownOf(
    [fault],
    [seen(0), seen(1, { outcome, code: 0, ms: undefined })],
    none,
    "epoll",
  );
  assert.ok(text.includes(
    "| server exits | – | – | – | – | failed (1), 120 ms | – | completed (0), – ms |",
  ));
  assert.ok(text.includes("| exit.window | failed: out of luck | 1 | 120 | 2 MiB | ok |"));
  assert.ok(
    text.includes("- spawn, ready, connect, warm-up, drain: exits: there is nothing to exit"),
  );
});
