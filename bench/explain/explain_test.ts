import assert from "node:assert/strict";
import { isMeasured } from "../../measure/model/result.ts";
import { faultyServer, plannedTrial } from "../testing/plans.ts";
import type { TrialSettings } from "../run/trial.ts";
import { explainTrial, figureOf } from "./explain.ts";
import type { Observer, Watch } from "./observer.ts";

const settings: TrialSettings = {
  warmupMs: 20,
  durationMs: 100,
  pinning: { absent: "this is a test" },
  engine: { id: "tcp" },
  generators: 1,
  samples: 0,
};
const never = new AbortController().signal;

/** An observer that keeps what it is told. */
function listener(told: string[], changes: Partial<Watch> = {}): Observer {
  return {
    attach: () => {
      told.push("attach");
      return {
        windowStarts: () => void told.push("window starts"),
        windowEnds: () => void told.push("window ends"),
        detach: () => Promise.resolve(void told.push("detach")),
        read: ({ replies }) => ({ totals: { "faults.minor": 2 * replies } }),
        ...changes,
      };
    },
  };
}

Deno.test("explainTrial() tells observers of the window, and makes figures per message of their totals", async () => {
  const told: string[] = [];
  const trial = plannedTrial(faultyServer("none"));
  const { explanation } = await explainTrial(trial, settings, never, [() => listener(told)]);
  assert.equal(explanation.failed, undefined);
  assert.ok(explanation.replies > 0);
  assert.ok(explanation.windowMs >= 2000, "it is as long as ticks of 10 ms need");
  assert.deepEqual(told, ["attach", "window starts", "window ends", "detach"]);
  assert.equal(explanation.counters["faults.minor"], 2);
  assert.match(
    JSON.stringify(explanation.counters["tcp.rtt"]),
    /only the client wire with epoll or io_uring has sockets to ask/,
  );
});

Deno.test({
  name: "explainTrial() has the segments and bytes of the client's own sockets",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const trial = { ...plannedTrial(faultyServer("none")), client: "wire" };
    const { explanation } = await explainTrial(
      trial,
      { ...settings, engine: { id: "epoll" } },
      never,
      [],
    );
    const { counters } = explanation;
    const bytes = counters["tcp.received.bytes"]!;
    // A message of 64 bytes with a head of 2, or of 6 from the client (RFC 6455 §5.2); a few are under way at both ends.
    assert.ok(isMeasured(bytes) && Math.abs(bytes - 66) < 5, JSON.stringify(counters));
    const sent = counters["tcp.sent.bytes"]!;
    assert.ok(isMeasured(sent) && Math.abs(sent - 70) < 5, JSON.stringify(counters));
  },
});

Deno.test("explainTrial() lets observers go of a trial that failed, and says why it did", async () => {
  const told: string[] = [];
  const trial = plannedTrial(faultyServer("exit"));
  const { explanation } = await explainTrial(trial, settings, never, [() => listener(told)]);
  assert.ok(explanation.failed);
  assert.deepEqual(explanation.counters, {});
  assert.equal(told.at(-1), "detach");
});

Deno.test("explainTrial() makes a failed explanation of an observer that breaks", async () => {
  const observer: Observer = { attach: () => Promise.reject(new Error("it broke")) };
  const trial = plannedTrial(faultyServer("none"));
  const { explanation } = await explainTrial(trial, settings, never, [() => observer]);
  assert.equal(explanation.failed, "it broke");
});

Deno.test("explainTrial() has a reason for what cannot be counted of a server elsewhere", async () => {
  await using server = await running();
  const trial = plannedTrial({
    ...faultyServer("none"),
    launch: { by: "url", url: server.url },
  });
  const { explanation } = await explainTrial(trial, settings, never);
  assert.equal(explanation.failed, undefined);
  assert.deepEqual(explanation.counters["syscalls.all"], {
    absent: "the server is not a process of this machine",
  });
  assert.equal(explanation.noProfile, "the server is not a process of this machine");
});

/** An echo within this process. */
// deno-lint-ignore require-await -- it is disposed of asynchronously
async function running(): Promise<AsyncDisposable & { readonly url: string }> {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }) => socket.send(data);
    return response;
  });
  return {
    url: `ws://127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

Deno.test("figureOf() divides a total by messages or seconds", () => {
  const window = { replies: 50, windowMs: 2000 };
  assert.equal(figureOf(100, "message", window), 2);
  assert.equal(figureOf(100, "second", window), 50);
  assert.equal(figureOf(100, "share", window), 100);
  assert.deepEqual(figureOf(100, "message", { ...window, replies: 0 }), {
    absent: "no reply came in the window",
  });
});
