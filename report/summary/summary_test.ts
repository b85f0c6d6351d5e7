import assert from "node:assert/strict";
import type { Trial } from "../../measure/model/result.ts";
import { summaryTable } from "../tables/comparison_tables.ts";
import { firstRounds, ROUNDS } from "../testing/rounds_testdata.ts";
import { bestNote, clientNote, summarize } from "./summary.ts";
import { RESULT } from "../testing/testdata.ts";

Deno.test("summarize() has each case with its figures, its CPU times and its ceiling", () => {
  const lines = summarize(ROUNDS);
  assert.deepEqual(
    lines.map(({ primary, cpu, ceiling }) => [
      primary.metric.id,
      primary.entries.map(({ cell }) => cell.value),
      cpu?.metric.id,
      cpu?.entries.map(({ cell }) => cell.value),
      ceiling.value,
    ]),
    [
      ["rate", [152_000, 122_000, 47_500], "cpu.message", [6.1, 7.9, 20.2], 720_000],
      ["rate", [55_100, 55_900, 21_300], "cpu.message", [18.2, 18.1, 44.7], null],
      ["handshake.p50", [0.812, 0.574, null], "cpu.handshake", [71.5, 70.9, null], null],
      ["memory", [6.4, 10.9, 31.5], undefined, undefined, null],
    ],
  );
});

Deno.test("summarize() gives every server but the baseline its verdict", () => {
  const [line] = summarize(ROUNDS);
  assert.deepEqual(
    line!.primary.entries.map(({ verdict }) => [verdict?.aspect, verdict?.server.id]),
    [[undefined, undefined], ["primary", "ws"], ["primary", "socketio"]],
  );
  assert.deepEqual(
    line!.cpu!.entries.map(({ verdict }) => [verdict?.aspect, verdict?.server.id]),
    [[undefined, undefined], ["cpu", "ws"], ["cpu", "socketio"]],
  );
});

Deno.test("summarize() marks as best what is not shown to be worse", () => {
  assert.deepEqual(
    summarize(ROUNDS).map(({ primary }) => primary.entries.map(({ cell }) => cell.mark)),
    [
      ["best", undefined, undefined],
      ["best", "best", undefined],
      [undefined, "best", "failed"],
      ["best", undefined, undefined],
    ],
  );
});

Deno.test("bestNote() says what the rounds are good for", () => {
  assert.equal(bestNote(firstRounds(1)), "one round: differences may be noise");
  assert.equal(bestNote(firstRounds(4)), "several where their rounds overlap");
  assert.equal(bestNote(ROUNDS), "several where no difference from the best is shown");
  assert.equal(summaryTable(ROUNDS).bestNote, bestNote(ROUNDS));
});

Deno.test("clientNote() names the client, or which client drove which servers", () => {
  const wire = { id: "wire", title: "Wire", library: "wsmark" };
  const other = { id: "socketio", title: "Socket.IO client", library: "socket.io-client" };
  const trials = RESULT.trials.map((trial): Trial => ({ ...trial, client: "wire" }));
  assert.equal(clientNote({ ...RESULT, clients: [wire], trials }), "Client: Wire (epoll).");
  const mixed = trials.map((trial): Trial => (
    trial.server === RESULT.servers.at(-1)!.id ? { ...trial, client: "socketio" } : trial
  ));
  assert.match(
    clientNote({ ...RESULT, clients: [wire, other], trials: mixed }),
    /^Clients: Wire \(epoll\) for .*; Socket\.IO client for .*\.$/,
  );
  assert.equal(clientNote({ ...RESULT, trials: [] }), "");
});
