import assert from "node:assert/strict";
import type { Result } from "../../measure/model/result.ts";
import { discuss } from "./discussion.ts";
import { firstRounds, firstServers, ROUNDS } from "../testing/rounds_testdata.ts";
import { RESULT } from "../testing/testdata.ts";

Deno.test("discuss() begins with what was run and what became of it", () => {
  const { overview } = discuss(ROUNDS);
  assert.deepEqual(overview, [
    "3 servers, 4 cases in 3 scenarios, 7 rounds: 85 of 85 trials ended, 7 of them failed.",
    "936 replies were checked; none was wrong.",
    "Each server is compared with Deno.serve.",
  ]);
  assert.match(discuss(RESULT).overview[1]!, /replies were checked; 9 were wrong or missing\./);
});

Deno.test("discuss() gives a scenario of one case in sentences, one of several by counts", () => {
  const { scenarios: [throughput, connect] } = discuss(ROUNDS);
  assert.deepEqual(throughput!.found.slice(0, 2), [
    "ws against Deno.serve, rate: worse in 1 of 2 cases, no difference shown in 1.",
    "socket.io against Deno.serve, rate: worse in 2 of 2 cases.",
  ]);
  assert.equal(
    connect!.found[0],
    "ws has 29 % lower handshake p50 than Deno.serve (95 % interval 27–32 %).",
  );
  assert.equal(throughput!.verdicts.length, 8);
});

Deno.test("discuss() says how many rounds there are and how well the medians are known", () => {
  const { certainty } = discuss(ROUNDS).scenarios[0]!;
  assert.deepEqual(certainty, [
    "7 rounds of each case and server.",
    "Rate: half the 95 % interval of the rounds' median is ±3 % of the figure.",
  ]);
});

Deno.test("discuss() claims nothing where there are too few rounds, and tells why", () => {
  const { scenarios, recommendations } = discuss(firstRounds(4));
  assert.ok(recommendations.every(({ server }) => server === undefined));
  for (const { found } of scenarios) {
    assert.equal(found.length, 1);
    assert.match(found[0]!, /^No verdict: 4 rounds cannot show a difference/);
  }
});

Deno.test("discuss() compares nothing where there is one server", () => {
  const { overview, scenarios } = discuss(firstServers(1));
  assert.equal(overview[2], "There is no server to compare with.");
  assert.deepEqual(scenarios[0]!.found, ["There is one server: nothing is compared."]);
});

Deno.test("discuss() puts the findings about the measurement to their scenarios", () => {
  const [echo, connect] = discuss(RESULT).scenarios;
  assert.ok(echo!.certainty.includes(
    "Replies were wrong: 7 lost, 2 reordered (1 trial of socket.io in Echo rate).",
  ));
  assert.ok(!connect!.certainty.some((one) => one.startsWith("Replies were wrong")));
});

Deno.test("discuss() writes every sentence on one line, whatever a server calls itself", () => {
  const [first, ...others] = ROUNDS.servers;
  const named: Result = {
    ...ROUNDS,
    servers: [{ ...first!, title: "a\nb\x1b[31m" }, ...others],
  };
  const text = JSON.stringify([
    discuss(named).overview,
    discuss(named).recommendations
      .map(({ answer, reasons }) => [answer, reasons]),
  ]);
  assert.ok(text.includes("a b"));
  assert.ok(!/\\n|\\u001b/.test(text));
});
