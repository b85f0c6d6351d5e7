import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { type Changes, changesOf } from "../../measure/judge/changes.ts";
import {
  laterRunOf,
  rounds,
  runOf,
  scenario,
  serversOf,
} from "../../measure/judge/changes_testdata.ts";
import type { CompletedTrial, Result } from "../../measure/model/result.ts";
import { describeChange, renderChanges, summarizeChanges } from "./changes.ts";

function compared(before: Result, after: Result): Changes {
  const changes = changesOf(before, after);
  assert.ok(!("absent" in changes));
  return changes;
}

const SCENARIOS = [scenario("throughput", [{ size: 64 }, { size: 16_384 }])];

/** Trials of native and ws in both cases, the larger one with other replies lost. */
function trials(speed: number, effort: number, lost: number): CompletedTrial[] {
  return [
    ...rounds("native"),
    ...rounds("ws", { speed, effort }),
    ...rounds("native", { size: 16_384, speed: 1 / speed }),
    ...rounds("ws", { size: 16_384 }).map((trial) => ({
      ...trial,
      integrity: { ...trial.integrity, lost },
    })),
  ];
}

/** A run in which ws has become worse, and native better in the second case; of another machine and version. */
const CHANGES = compared(
  runOf(trials(1, 1, 0), { scenarios: SCENARIOS }),
  laterRunOf(trials(0.8, 1.034, 3), {
    scenarios: [...SCENARIOS, scenario("burst", [{ messages: 10 }])],
    servers: serversOf("native", "ws", "socketio"),
    machine: [{ group: "Processor", name: "Model", value: "Other \u001b[31mCPU\u001b[0m" }],
    wsmark: "0.2.0",
  }),
);

const serializer = (text: string): string => `\n${text}`;

for (const width of [100, 60, 40]) {
  Deno.test(`renderChanges() at ${width} columns`, async (t) => {
    await t.assertSnapshot(renderChanges(CHANGES, { width, color: false }), { serializer });
  });
}

Deno.test("renderChanges() is never wider than the terminal", () => {
  for (let width = 20; width <= 140; width++) {
    const lines = renderChanges(CHANGES, { width, color: false }).split("\n");
    const widest = Math.max(...lines.map(({ length }) => length));
    assert.ok(widest <= width, `${widest} columns on a terminal of ${width}`);
  }
});

Deno.test("renderChanges() writes escape sequences only if colour is wanted", () => {
  for (const width of [100, 40]) {
    const plain = renderChanges(CHANGES, { width, color: false });
    const colored = renderChanges(CHANGES, { width, color: true });
    assert.ok(!plain.includes("\x1b"));
    const styled = colored.split("\x1b[");
    assert.ok(styled.some((part) => part.startsWith("33m") && part.endsWith("worse")));
    assert.ok(styled.some((part) => part.startsWith("32m") && part.endsWith("better")));
    assert.equal(stripVTControlCharacters(colored), plain);
  }
});

Deno.test("renderChanges() shows no warnings if there are none", () => {
  const text = renderChanges(compared(runOf(rounds("ws")), laterRunOf(rounds("ws"))), {
    width: 100,
    color: false,
  });
  assert.doesNotMatch(text, /^[!-] /m);
});

Deno.test("summarizeChanges() counts figures that are worse, better, the same and not compared", () => {
  assert.equal(
    summarizeChanges(CHANGES),
    "1 of 8 figures is worse, 1 better, 4 show no difference, 2 are not compared.",
  );
  const one = { ...CHANGES, rows: CHANGES.rows.slice(1, 2) };
  assert.equal(summarizeChanges(one), "1 of 1 figures is worse, 0 better, 0 show no difference.");
  const none = { ...CHANGES, rows: CHANGES.rows.slice(0, 1) };
  assert.equal(
    summarizeChanges(none),
    "0 of 1 figures are worse, 0 better, 1 shows no difference.",
  );
});

Deno.test("describeChange() puts a row on one line", () => {
  const [, worse, , broken] = CHANGES.rows;
  assert.equal(
    describeChange(worse!),
    "ws, Throughput, size 64: Rate 100 → 80.0 messages/s, −20 % (−23…−17 %)",
  );
  assert.equal(
    describeChange(broken!),
    "ws, Throughput, size 16384: replies were wrong in NEW",
  );
});
