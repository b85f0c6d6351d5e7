import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import type { Result } from "../../measure/model/result.ts";
import {
  BEATEN,
  firstRounds,
  firstScenarios,
  firstServers,
  ROUNDS,
} from "../testing/rounds_testdata.ts";
import { renderTerminal } from "./terminal.ts";
import { RESULT } from "../testing/testdata.ts";

const serializer = (text: string): string => `\n${text}`;

for (const width of [120, 80, 40]) {
  Deno.test(`renderTerminal() at ${width} columns`, async (t) => {
    await t.assertSnapshot(renderTerminal(RESULT, { width, color: false }), { serializer });
  });
}

for (
  const [width, form] of [
    [130, "changes with intervals, the names of the cases beside them"],
    [112, "changes with intervals, the names of the cases above them"],
    [100, "changes without intervals, the names of the cases beside them"],
    [80, "changes without intervals, the names of the cases above them"],
    [60, "a list"],
  ] as const
) {
  Deno.test(`renderTerminal() of seven rounds at ${width} columns: ${form}`, async (t) => {
    await t.assertSnapshot(renderTerminal(ROUNDS, { width, color: false }), { serializer });
  });
}

Deno.test("renderTerminal() of one server", async (t) => {
  const text = renderTerminal(firstServers(1), { width: 100, color: false });
  await t.assertSnapshot(text, { serializer });
});

Deno.test("renderTerminal() of one round", async (t) => {
  const text = renderTerminal(firstRounds(1), { width: 100, color: false });
  await t.assertSnapshot(text, { serializer });
});

Deno.test("renderTerminal() is never wider than the terminal", () => {
  for (const result of [RESULT, ROUNDS, firstScenarios(1)]) {
    for (let width = 20; width <= 160; width++) {
      const lines = renderTerminal(result, { width, color: false }).split("\n");
      const widest = Math.max(...lines.map(({ length }) => length));
      assert.ok(widest <= width, `${widest} columns on a terminal of ${width}`);
    }
  }
});

Deno.test("renderTerminal() notes that a ceiling is unreliable, in every form", () => {
  for (const width of [130, 100, 60]) {
    const text = renderTerminal(BEATEN, { width, color: false });
    assert.match(text, / 100,000 \[2\]$/m);
    assert.match(text, /^\[2\] Unreliable: a server did better\.$/m);
  }
});

Deno.test("renderTerminal() explains a sign only if it is shown", () => {
  const text = (result: Result): string => renderTerminal(result, { width: 100, color: false });
  const explained = (result: Result): string[] =>
    ["In brackets the", "+ − ×:", "= the same"].filter((legend) => text(result).includes(legend));
  assert.deepEqual(explained(ROUNDS), ["+ − ×:", "= the same"]);
  assert.deepEqual(explained(firstServers(1)), ["In brackets the"]);
  assert.deepEqual(explained(firstRounds(4)), []);
});

Deno.test("renderTerminal() writes escape sequences only if colour is wanted", () => {
  for (const width of [120, 40]) {
    for (const [result, figure] of [[RESULT, "★ 21,723"], [ROUNDS, "★ 152,000"]] as const) {
      const plain = renderTerminal(result, { width, color: false });
      const colored = renderTerminal(result, { width, color: true });
      assert.ok(!plain.includes("\x1b"));
      const best = colored.split("\x1b[").find((part) => part.includes(figure));
      assert.ok(best?.startsWith("1;32m"), "the best is bold");
      assert.equal(stripVTControlCharacters(colored), plain);
    }
  }
});

Deno.test("renderTerminal() shows no sections that would be empty", () => {
  const trials = RESULT.trials.filter(({ server, scenario }) =>
    server === "ws" && scenario === "connect"
  );
  const text = renderTerminal({ ...RESULT, trials, warnings: [] }, { width: 120, color: false });
  assert.ok(!text.includes("Warnings"));
  assert.ok(!text.includes("Failed trials"));
});

Deno.test("renderTerminal() says that the differences of one round may be noise", () => {
  const trials = RESULT.trials.filter(({ round }) => round === 1);
  const text = renderTerminal({ ...RESULT, trials }, { width: 120, color: false });
  assert.ok(text.includes("★ best; one round: differences may be noise. ✗"));
});

Deno.test("renderTerminal() says that the run has no cases", () => {
  const result = { ...RESULT, scenarios: [], trials: [], warnings: [] };
  assert.equal(renderTerminal(result, { width: 80, color: true }), "The run has no cases.\n");
});

Deno.test("renderTerminal() says which trials that were to tell why failed", () => {
  const [{ id: scenario, title, cases: [one] }] = RESULT.scenarios as [
    Result["scenarios"][number],
  ];
  const explanation = {
    server: "ws",
    client: "wire",
    scenario,
    case: one!.id,
    startedAt: RESULT.startedAt,
    replies: 0,
    windowMs: 0,
    counters: {},
  };
  const rendered = (failed?: string): string =>
    renderTerminal(
      { ...RESULT, explanations: [{ ...explanation, ...(failed !== undefined && { failed }) }] },
      { width: 200, color: false },
    );
  assert.ok(
    rendered("it broke").includes(`Not explained\n✗ ws, ${title}, ${one!.title}: it broke\n`),
    rendered("it broke"),
  );
  assert.doesNotMatch(rendered(), /Not explained/);
});
