import assert from "node:assert/strict";
import { SLOW } from "../testing/slow_readers_testdata.ts";
import { renderTerminal } from "./terminal.ts";
import { RESULT } from "../testing/testdata.ts";

const render = (result: typeof RESULT): string =>
  renderTerminal(result, { width: 100, color: false });

Deno.test("renderTerminal() says what each server does with slow readers", () => {
  const text = render(SLOW);
  assert.match(
    text,
    /\n\nWhat each server does with slow readers\nDeno\.serve queues without limit: it took all 32 MiB/,
  );
  assert.match(text, /\nws stops reading at about 10 MiB of each client/);
  assert.ok(text.split("\n").every((line) => line.length <= 100));
});

Deno.test("renderTerminal() names the case of the slow readers if there are several", () => {
  const [scenario] = SLOW.scenarios;
  const slow = scenario!.cases[2]!;
  const more = {
    ...slow,
    id: "more",
    title: "beside 9",
    parameters: { ...slow.parameters, slow: 9 },
  };
  const trials = SLOW.trials.flatMap((trial) =>
    trial.case === "slow" ? [trial, { ...trial, case: "more" }] : [trial]
  );
  const text = render({
    ...SLOW,
    scenarios: [{ ...scenario!, cases: [...scenario!.cases, more] }],
    trials,
  });
  assert.match(
    text,
    /\nbeside 4 slow readers\nDeno\.serve queues[^]*\nbeside 9\nDeno\.serve queues/,
  );
});

Deno.test("renderTerminal() does not mention slow readers if there were none", () => {
  assert.ok(!render(RESULT).includes("slow readers"));
});
