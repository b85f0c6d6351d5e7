import assert from "node:assert/strict";
import { failedTrial } from "../measure/model/testdata.ts";
import { listenForStop, oncePerSignal, type onStopSignal, type Stop } from "./stop.ts";

/** A stop whose signals are sent by a test, and which notes how it ended the program. */
function listenHere(limitMs: number): {
  stop: Stop;
  send: Parameters<typeof onStopSignal>[0];
  said: string[];
  exited: Promise<number>;
} {
  const said: string[] = [];
  const { promise: exited, resolve: exit } = Promise.withResolvers<number>();
  let send: Parameters<typeof onStopSignal>[0] = () => {};
  const listen: typeof onStopSignal = (hear) => {
    send = hear;
    return { [Symbol.dispose]() {} };
  };
  const stop = listenForStop((line) => said.push(line), NEXT, { listen, exit, limitMs });
  return { stop, send: (signal) => send(signal), said, exited };
}

const NEVER_MS = 2 ** 30;
const RESULT = {
  state: "interrupted",
  trials: [1, 2, 3].map((trial) => ({ ...failedTrial("gone"), trial })),
  planned: 9,
} as const;
const NEXT = { resume: "wsmark resume mine", report: "wsmark report mine" };

Deno.test("listenForStop() lets the trial end at the first Ctrl-C, and gives it up at the second", () => {
  const { stop, send, said } = listenHere(NEVER_MS);
  send("SIGINT");
  assert.deepEqual([stop.finish.aborted, stop.now.aborted], [true, false]);
  assert.deepEqual(said, ["stopping after this trial; Ctrl-C again stops now"]);
  send("SIGINT");
  assert.ok(stop.now.aborted && stop.isAsked);
  stop[Symbol.dispose]();
});

for (const signals of [["SIGINT", "SIGINT"], ["SIGTERM"], ["SIGHUP"]] as const) {
  Deno.test(`listenForStop() ends the program if ${signals.join(", ")} did not end the run`, async () => {
    const { stop, send, said, exited } = listenHere(0);
    signals.forEach(send);
    assert.equal(await exited, 130);
    assert.match(said.at(-3)!, /^the run did not end in 0 s: .* what was measured is kept$/);
    assert.equal(said.at(-1), "go on with: wsmark resume mine");
    stop[Symbol.dispose]();
  });
}

Deno.test("listenForStop() ends the program at the third Ctrl-C", async () => {
  const { stop, send, said, exited } = listenHere(NEVER_MS);
  for (let count = 0; count < 3; count++) send("SIGINT");
  assert.equal(await exited, 130);
  assert.equal(said.at(-3), "no report is written; what was measured is kept");
  assert.equal(said.at(-2), "make the reports with: wsmark report mine");
  assert.equal(said.at(-1), "go on with: wsmark resume mine");
  stop[Symbol.dispose]();
});

Deno.test("listenForStop() ends the program at the second Ctrl-C while the reports are written", async () => {
  for (const isEarly of [true, false]) {
    const { stop, send, said, exited } = listenHere(NEVER_MS);
    if (isEarly) send("SIGINT");
    const missing = new Set(["md", "html", "xlsx"]);
    stop.writing({ ...RESULT, state: isEarly ? "interrupted" : "finished" }, missing);
    if (!isEarly) send("SIGINT");
    assert.equal(
      said.at(-1),
      isEarly
        ? "3 of 9 trials are kept; writing the reports md, html, xlsx; Ctrl-C again leaves them"
        : "writing the reports, md, html, xlsx to go; Ctrl-C again leaves them",
    );
    assert.ok(!stop.now.aborted);
    missing.delete("md");
    send("SIGINT");
    assert.equal(await exited, 130);
    assert.deepEqual(said.slice(isEarly ? -3 : -2), [
      "not written: html, xlsx; what was measured is kept",
      "make the reports with: wsmark report mine",
      ...isEarly ? ["go on with: wsmark resume mine"] : [],
    ]);
    stop[Symbol.dispose]();
  }
});

Deno.test("listenForStop() lets a run that has ended write its reports, however long that takes", async () => {
  const { stop, send, said } = listenHere(1);
  send("SIGTERM");
  stop.writing(RESULT, new Set(["md"]));
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(said, []);
  stop[Symbol.dispose]();
});

Deno.test("oncePerSignal() makes one of a Ctrl-C that deno task passes on, and two of two", () => {
  const heard: [Deno.Signal, number][] = [];
  let nowMs = 0;
  const hear = oncePerSignal((signal) => heard.push([signal, nowMs]), () => nowMs);
  for (const ms of [0, 0.3, 20, 60, 61]) {
    nowMs = ms;
    hear("SIGINT");
  }
  hear("SIGTERM");
  assert.deepEqual(heard, [["SIGINT", 0], ["SIGINT", 60], ["SIGTERM", 61]]);
});
