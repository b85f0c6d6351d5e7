import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { type Change, type Changes, changesOf } from "../../measure/judge/changes.ts";
import {
  laterRunOf,
  rounds,
  runOf,
  scenario,
  serversOf,
} from "../../measure/judge/changes_testdata.ts";
import type { CompletedTrial, Explanation, Result } from "../../measure/model/result.ts";
import { describeChange, renderChanges, summarizeChanges } from "./changes.ts";

function compared(before: Result, after: Result): Changes {
  const changes = changesOf(before, after);
  assert.ok(!("absent" in changes));
  return changes;
}

const SCENARIOS = [scenario("throughput", [{ size: 64 }, { size: 16_384 }])];

const SERVERS = ["native", "ws", "faye"];

/** Trials of the servers in both cases: ws changes in the first one, and replies of it are lost in the second. */
function trials(speed: number, effort: number, lost: number): CompletedTrial[] {
  return [
    ...rounds("faye", { effort: 1 + (1 - effort) / 4 }),
    ...rounds("faye", { size: 16_384 }),
    ...rounds("native"),
    ...rounds("ws", { speed, effort }),
    ...rounds("native", { size: 16_384, speed: 1 / speed }),
    ...rounds("ws", { size: 16_384 }).map((trial) => ({
      ...trial,
      integrity: { ...trial.integrity, lost },
    })),
  ];
}

/**
 * Runs between which ws has become slower but needs less CPU time, and native, by which the others are judged, is faster
 * in the second case; of another machine and version.
 */
const CHANGES = compared(
  runOf(trials(1, 1, 0), { scenarios: SCENARIOS, servers: serversOf(...SERVERS) }),
  laterRunOf(trials(0.8, 0.88, 3), {
    scenarios: [...SCENARIOS, scenario("burst", [{ messages: 10 }])],
    servers: serversOf(...SERVERS, "socketio"),
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

Deno.test("summarizeChanges() counts figures by what became of them, and leaves out what did not occur", () => {
  assert.equal(
    summarizeChanges(CHANGES),
    "2 of 12 figures are worse, 1 better, 1 probably better, 3 the same, 3 not told apart, 2 not compared.",
  );
  const one = {
    ...CHANGES,
    rows: CHANGES.rows.filter(({ outcome }) => outcome === "worse").slice(0, 1),
  };
  assert.equal(summarizeChanges(one), "1 of 1 figures is worse.");
  const none = { ...CHANGES, rows: CHANGES.rows.slice(0, 1) };
  assert.equal(
    summarizeChanges(none),
    "0 of 1 figures are worse, 1 not told apart.",
  );
});

Deno.test("renderChanges() says that no change is more than probable if no server is the same in both", () => {
  const apart = compared(
    runOf(rounds("native"), { servers: serversOf("native") }),
    laterRunOf(rounds("native", { speed: 0.8 }), { servers: serversOf("native") }),
  );
  assert.equal(apart.common, undefined);
  const text = renderChanges(apart, { width: 100, color: false });
  assert.match(text, /Change is new ÷ old\. A whole run may be off/);
  assert.match(text, /−20 % .* probably worse$/m);
  assert.doesNotMatch(text, /By itself/);
});

Deno.test("renderChanges() says by which server the changes are judged, and shows the figures' own", () => {
  const text = renderChanges(CHANGES, { width: 100, color: false });
  assert.match(text, /^ +Old +New +By itself +Change /m);
  assert.match(text, /divided by that of native, which is the same in both runs/);
});

Deno.test("describeChange() puts a row on one line", () => {
  const rowsOf = (id: string): Change[] => CHANGES.rows.filter(({ server }) => server.id === id);
  const [worse, broken] = rowsOf("ws");
  assert.equal(
    describeChange(worse!),
    "ws, Throughput, size 64: Rate 100 → 80.0 messages/s, −20 % (−21…−19 %)",
  );
  assert.equal(
    describeChange(broken!),
    "ws, Throughput, size 16384: replies were wrong in NEW",
  );
});

Deno.test("renderChanges() has what goes with the changes, if both runs were explained", () => {
  const explained = (writes: number): Explanation[] => [{
    server: "ws",
    client: "wire",
    scenario: "throughput",
    case: "size=64",
    startedAt: "2026-01-02T03:04:05.678Z",
    replies: 1000,
    windowMs: 10_000,
    counters: { "syscalls.all": writes, "syscalls.write": writes },
  }];
  const [before, after] = [rounds("ws"), rounds("ws", { speed: 0.8, effort: 1.1 })];
  const text = renderChanges(
    compared(
      runOf([...rounds("native"), ...before], { explanations: explained(1) }),
      laterRunOf([...rounds("native"), ...after], { explanations: explained(3) }),
    ),
    { width: 120, color: false },
  );
  assert.match(
    text,
    /\nWhat goes with the changes\nws, Throughput, size 64: 3\.0 × the system calls a message: 3\.0 \(before 1\.0\), 3\.0 writes\s+\(1\.0\)\.\n/,
  );
  assert.ok(!renderChanges(CHANGES, { width: 120, color: false }).includes("What goes with"));
});
