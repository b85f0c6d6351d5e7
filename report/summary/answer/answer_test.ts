import assert from "node:assert/strict";
import type { Result, Trial } from "../../../measure/model/result.ts";
import { busy } from "../../testing/busy_testdata.ts";
import { firstRounds, firstServers, ROUNDS } from "../../testing/rounds_testdata.ts";
import type { Answer } from "./answer.ts";
import { summaryOf } from "../summary.ts";

function answered(result: Result): Answer {
  return summaryOf(result).answer;
}

Deno.test("answerOf() says in a sentence what to take for what, and how sure that is", () => {
  assert.deepEqual(answered(ROUNDS).sentences, [
    "For most messages (in 1 of 2 cases), least CPU time (in 1 of 3 cases) and least memory take Deno.serve; for fastest connects take ws: sure.",
  ]);
});

Deno.test("answerOf() says against which server a tail or starved connections speak", () => {
  const { sentences, rows } = answered(busy());
  assert.deepEqual(sentences, [
    "For 1,024 busy connections take ws: sure.",
    "Not Deno.serve for 1,024 busy connections: its slowest connection gets 5.00 messages/s, that of ws 30.0 messages/s.",
  ]);
  assert.deepEqual(rows, [{
    id: "connections",
    use: "1,024 busy connections",
    server: "ws",
    sure: "sure",
    extent: undefined,
    figure: "ws 43,991 messages/s, Deno.serve 67,986 messages/s, socket.io 20,996 messages/s",
    figures: [
      { server: "ws", text: "43,991 messages/s" },
      { server: "Deno.serve", text: "67,986 messages/s" },
      { server: "socket.io", text: "20,996 messages/s" },
    ],
    metric: "rate, 1,024 connections",
    scenario: "scalability",
    warning:
      "Not Deno.serve: its slowest connection gets 5.00 messages/s, that of ws 30.0 messages/s.",
  }]);
});

Deno.test("answerOf() names servers that are not told apart with or, the best figure first, and counts more than four", () => {
  const same = Object.fromEntries(
    Array.from({ length: 7 }, (_, index) => [`s${index}`, [[1, 1, 1], [100, 10, 10]]] as const),
  );
  const servers = Object.keys(same).map((id) => ({ ...ROUNDS.servers[0]!, id, title: id }));
  const few = { ...busy(same), servers: servers.slice(0, 2) };
  const settings = { ...few.settings, baseline: "s0" };
  assert.equal(answered({ ...few, settings }).rows[0]!.server, "s1 or s0");
  assert.deepEqual(answered({ ...few, servers, settings }).sentences, [
    "For 1,024 busy connections s1, s2, s5 or 4 more: not told apart.",
  ]);
});

Deno.test("answerOf() says why nothing is recommended", () => {
  assert.deepEqual(answered(firstServers(1)).sentences, [
    "There is one server, Deno.serve: nothing is compared.",
  ]);
  const { sentences, rows } = answered(firstRounds(3));
  assert.deepEqual(sentences, [
    "3 rounds cannot show a difference: it takes 5 or more.",
  ]);
  assert.deepEqual(rows.map(({ server, sure }) => [server, sure])[0], ["–", "not compared"]);
  assert.deepEqual(answered({ ...ROUNDS, scenarios: [], trials: [] }).sentences, [
    "The run has no figure for a common use: see what each case shows.",
  ]);
});

Deno.test("answerOf() recommends a server that replied wrongly for nothing", () => {
  const trials = ROUNDS.trials.map((trial): Trial =>
    trial.state === "completed" && trial.server === "native" && trial.scenario === "idle"
      ? {
        ...trial,
        integrity: { ...trial.integrity, lost: 1 },
        warnings: [{ kind: "wrong replies", lost: 1, duplicated: 0, reordered: 0, corrupted: 0 }],
      }
      : trial
  );
  const { rows, light } = answered({ ...ROUNDS, trials });
  assert.ok(rows.length > 2);
  assert.ok(rows.every(({ figure }) => !figure.includes("Deno.serve")));
  assert.equal(rows.find(({ id }) => id === "messages")!.server, "ws");
  assert.equal(light.colour, "red");
});

Deno.test("answerOf() names a server that answered in no window instead of saying that nothing can be compared", () => {
  const [, second] = ROUNDS.servers;
  const trials = ROUNDS.trials.map((trial) =>
    trial.state === "completed" && trial.server === second!.id
      ? {
        ...trial,
        metrics: Object.fromEntries(
          Object.keys(trial.metrics).map((
            id,
          ) => [id, { absent: "there was no reply in the window" }]),
        ),
      }
      : trial
  );
  const result = {
    ...firstServers(2),
    trials: trials.filter(({ server }) => server !== "socketio"),
  };
  assert.deepEqual(answered(result).sentences, [
    `${second!.title} has no figure in any case: there was no reply in the window.`,
  ]);
  const alone = { ...result, servers: [second!], settings: { ...ROUNDS.settings, baseline: "ws" } };
  assert.match(answered(alone).sentences.join(" "), /^ws has no figure in any case: there was no/);
});
