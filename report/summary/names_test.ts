import assert from "node:assert/strict";
import { aboutScenario, namer } from "./names.ts";
import { RESULT } from "../testing/testdata.ts";

Deno.test("namer() gives the titles for the ids of a trial", () => {
  assert.deepEqual(namer(RESULT)(RESULT.trials[2]!), {
    server: "socket.io",
    client: "socket.io-client",
    scenario: "Echo rate",
    case: "1 connection × 1 in flight, 16 B",
  });
});

Deno.test("namer() uses an unknown id as the title", () => {
  const names = namer(RESULT)({ ...RESULT.trials[0]!, server: "gone", scenario: "old" });
  assert.equal(names.server, "gone");
  assert.equal(names.scenario, "old");
  assert.equal(names.case, "connections=1,inFlight=1,size=16");
});

Deno.test("aboutScenario() explains the names of the cases after the question", () => {
  const [scenario] = RESULT.scenarios;
  const { question, cases } = scenario!;
  assert.equal(aboutScenario(scenario!), question);
  const named = cases.map((one, index) => ({ ...one, about: `case ${index}: so.` })).slice(0, 2);
  assert.equal(
    aboutScenario({ ...scenario!, cases: named }),
    [question, ...named.map(({ about }) => about)].join(" "),
  );
});
