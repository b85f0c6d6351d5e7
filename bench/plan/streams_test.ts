import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { planRun } from "./options.ts";
import type { RunPlan } from "./options.ts";
import type { RunOptions } from "./run_options.ts";

const mine = { name: "mine", url: "ws://127.0.0.1:9" };

function planned(options: RunOptions): RunPlan {
  return planRun({ scenarios: ["push"], rounds: 1, ceiling: false, ...options }, () => undefined);
}

Deno.test("planRun: servers of wsmark are told rate and size of their streams, one's own are not", () => {
  const casesOf = (options: RunOptions): string[] =>
    planned(options).scenarios.flatMap(({ cases }) => cases.map(({ id }) => id));
  equal(casesOf({ servers: ["ws"] })[0], "connections=100,pushRate=100,size=128");
  deepEqual(casesOf({ servers: [mine] }), [
    "connections=100",
    "connections=1000",
    "connections=10",
  ]);
  deepEqual(casesOf({ servers: [mine], overrides: { connections: 5 } }), ["connections=5"]);
  equal(casesOf({ servers: ["ws", mine] })[0], "connections=100,pushRate=100,size=128");
});

Deno.test("planRun refuses what no stream can be", () => {
  for (
    const [options, message] of [
      [
        { servers: [mine], overrides: { pushRate: 5 } },
        /^Only servers of wsmark are told --push-rate/,
      ],
      [{ servers: ["ws"], overrides: { pushRate: 0 } }, /rate of pushing must be above 0/],
      [{ servers: ["ws"], overrides: { size: 10 } }, /has 64 bytes to 1 MiB: received 10/],
      [
        { servers: ["ws"], overrides: { payload: "random" } },
        /received random for push, as the server makes the messages/,
      ],
      [
        { servers: [{ ...mine, push: { sequence: "n" } }] },
        /The rule of mine for what is pushed has "sequence", which must begin with/,
      ],
    ] as const
  ) throws(() => planned(options), { name: "UsageError", message });
});

Deno.test("planRun keeps the rule of a server of one's own", () => {
  const push = { sequence: "/n", time: "/t", unit: "s" } as const;
  deepEqual(planned({ servers: [{ ...mine, push }] }).contenders[0]!.server.push, push);
});

Deno.test("planRun: what one scenario refuses is for the others that were chosen", () => {
  const cases = (scenario: string, options: RunOptions): string[] =>
    planned({ servers: ["ws"], scenarios: ["latency", scenario], ...options }).scenarios
      .flatMap(({ cases }) => cases.map(({ id }) => id));
  const [loop, ...told] = cases("fanout", { overrides: { think: "1s", connections: 2 } });
  equal(loop, "connections=2,inFlight=1,think=1s,size=64");
  ok(told.every((id) => !id.includes("think")));
  const varied = cases("push", { matrix: ["payload"] });
  ok(varied.filter((id) => id.includes("payload")).every((id) => id.includes("inFlight")));
});
