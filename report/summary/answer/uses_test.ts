import assert from "node:assert/strict";
import { busy } from "../../testing/busy_testdata.ts";
import { ROUNDS } from "../../testing/rounds_testdata.ts";
import { foremost, usesOf } from "./uses.ts";

function casesOf(result: Parameters<typeof usesOf>[0]): Record<string, string[]> {
  return Object.fromEntries(
    usesOf(result).map(({ id, bases }) => [id, bases.map((base) => base.case.id)]),
  );
}

Deno.test("usesOf() finds the cases of a run that show a use", () => {
  assert.deepEqual(casesOf(ROUNDS), {
    latency: [],
    messages: ["size=64", "size=16384"],
    connections: [],
    connect: ["concurrency=32"],
    cpu: ["size=64", "size=16384", "concurrency=32", "connections=1000"],
    memory: ["connections=1000"],
  });
});

Deno.test("usesOf() takes the case with the most connections, and names their number", () => {
  assert.deepEqual(casesOf(busy()).connections, ["connections=1024"]);
  assert.equal(usesOf(busy())[2]!.title, "1,024 busy connections");
});

Deno.test("usesOf() takes latency under load before that of a single message", () => {
  const [scenario] = ROUNDS.scenarios;
  const [rate, latency] = ["rate", "latency"].map((id) => ({ ...scenario!, id }));
  const titleOf = (scenarios: typeof ROUNDS.scenarios): string =>
    usesOf({ ...ROUNDS, scenarios })[0]!.title;
  assert.equal(titleOf([latency!, rate!]), "Least latency under load");
  assert.equal(titleOf([latency!]), "Least latency");
});

Deno.test("foremost() takes the most load, else the first case", () => {
  const cases = [10, 30, 20].map((rate) => ({ id: `${rate}`, title: "", parameters: { rate } }));
  assert.equal(foremost({ cases })?.id, "30");
  assert.equal(foremost(ROUNDS.scenarios[0]!)?.id, "size=64");
  assert.equal(foremost({ cases: [] }), undefined);
});
