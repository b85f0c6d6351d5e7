import assert from "node:assert/strict";
import { policyOf, type SlowFigures } from "./backpressure.ts";

const MIB = 2 ** 20;

/** A server that takes 32 MiB of each of four clients, and keeps them. */
const queueing: SlowFigures = {
  bulk: {
    connections: 4,
    messages: 2048,
    size: 16 * 1024,
    taken: 4 * 2048,
    takenMs: 200,
    closed: 0,
  },
  windowMs: 2000,
  lost: 0,
  growthBytes: 150 * MIB,
  rates: { alone: 10_000, prompt: 8000, slow: 5000 },
};
const bulk = (changed: Partial<SlowFigures["bulk"]>): SlowFigures["bulk"] => ({
  ...queueing.bulk,
  ...changed,
});

const cases: readonly (readonly [string, Partial<SlowFigures>, string, string])[] = [
  [
    "a server whose memory grows by what it took",
    {},
    "queues",
    "queues without limit: it took all 32 MiB of each client, and its memory grew by 150 MiB",
  ],
  [
    "a server whose memory does not",
    { growthBytes: 2.5 * MIB },
    "takes all",
    "takes all 32 MiB of each client; its memory grew by 2.5 MiB",
  ],
  [
    "a server of which no memory is known",
    { growthBytes: { absent: "the server is not on this machine" } },
    "takes all",
    "takes all 32 MiB of each client; its memory was not measured",
  ],
  [
    "a server that soon takes no more",
    { bulk: bulk({ taken: 4 * 576, takenMs: 60 }), growthBytes: -MIB },
    "stops reading",
    "stops reading at about 9.0 MiB of each client, the systems' buffers included; its memory grew by 0.0 MiB",
  ],
  [
    "a server that takes nothing at all",
    { bulk: bulk({ taken: 0, takenMs: null }), growthBytes: 0 },
    "stops reading",
    "stops reading at about 0.0 MiB of each client, the systems' buffers included; its memory grew by 0.0 MiB",
  ],
  [
    "a server for which the window was too short",
    { bulk: bulk({ taken: 4 * 1024, takenMs: 1990 }) },
    "still takes",
    "still takes more at the end of the window: 16 MiB of each client; its memory grew by 150 MiB",
  ],
  [
    "a server that closes one of them",
    { bulk: bulk({ taken: 4 * 1024, closed: 1 }), lost: 3 },
    "closes",
    "closes the connection (1 of 4) after about 16 MiB; its memory grew by 150 MiB",
  ],
  [
    "a server that drops a reply in ten",
    { lost: 819 },
    "drops",
    "drops messages: 10 % of the replies never came; its memory grew by 150 MiB",
  ],
  [
    "a server that drops hardly any",
    { lost: 2 },
    "drops",
    "drops messages: 0.02 % of the replies never came; its memory grew by 150 MiB",
  ],
];

for (const [name, changed, manner, words] of cases) {
  Deno.test(`policyOf() says of ${name}: ${manner}`, () => {
    assert.deepEqual(policyOf({ ...queueing, ...changed }), { manner, delays: false, words });
  });
}

Deno.test("policyOf() says how much others are delayed, and how much by clients that read", () => {
  const rates = { alone: 10_000, prompt: 8000, slow: 3200 };
  const { manner, delays, words } = policyOf({ ...queueing, rates });
  assert.deepEqual([manner, delays], ["queues", true]);
  assert.match(
    words,
    /150 MiB; delays the others: they have 32 % of their rate alone, and 80 % beside clients that send as much and read$/,
  );
  const { words: short } = policyOf({ ...queueing, rates: { ...rates, prompt: undefined } });
  assert.match(short, /32 % of their rate alone$/);
});

Deno.test("policyOf() says nothing about a delay if the rate of the others alone is not known", () => {
  for (const alone of [undefined, 0]) {
    const rates = { alone, prompt: 100, slow: 1 };
    assert.equal(policyOf({ ...queueing, rates }).delays, false);
  }
});
