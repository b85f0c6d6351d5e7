import assert from "node:assert/strict";
import { needing } from "../../checks/testing/needs.ts";
import { type Explanation, isMeasured } from "../../measure/model/result.ts";
import type { Manner } from "./testing/known_server.ts";
import { explainKnown, namedBeside, namedOf } from "./testing/known.ts";

/** How often trials are repeated on a busy machine, on which perf comes late. */
const ATTEMPTS = 3;

/** Watches a server until a counter has a figure; undefined if it gets none. */
async function counted(
  manner: Manner,
  counter: string,
): Promise<Explanation | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const found = await explainKnown(manner, 16);
    if (isCounted(found, counter)) return found;
  }
  return undefined;
}

function isCounted({ counters }: Explanation, counter: string): boolean {
  return isMeasured(counters[counter] ?? { absent: "" });
}

/** Pairs of servers that differ in one thing, what is named of the second one first, and what is said of it. */
const PAIRS = [
  [
    "at-once",
    "delayed",
    1,
    "acks.delayed",
    /^[12]\.\d acknowledgements a message are delayed by 40 ms/,
  ],
  ["workers", "lock", 1, "waiting", /between replies it waits .* voluntary context switches/],
] as const;

for (const [other, server, inFlight, id, said] of PAIRS) {
  Deno.test(needing(["Linux"], {
    name: `of ${server}, which is ${other} but for one thing, that thing is named first`,
    async fn() {
      for (let attempt = 1;; attempt++) {
        const [a, b] = [await explainKnown(server, inFlight), await explainKnown(other, inFlight)];
        const [first] = namedOf(a, b, inFlight);
        // What other programs take from one of two trials can be more than what differs.
        if (first?.id !== id && attempt < ATTEMPTS) continue;
        assert.equal(first?.id, id, JSON.stringify([first, a, b]));
        assert.match(first.said, said);
        break;
      }
    },
  }));
}

Deno.test(needing(["Linux"], {
  name:
    "of one write a reply, and of garbage, that is named beside one that gathers 16 replies; of one like itself nothing",
  async fn(t) {
    const other = await explainKnown("gathered", 16);
    await t.step({
      name: "one write a reply",
      // Where perf is missing or forbidden, system calls are not counted.
      ignore: !isCounted(other, "syscalls.all"),
      async fn() {
        const server = await counted("one-write", "syscalls.all");
        if (server === undefined) return;
        const named = namedOf(server, other, 16);
        const calls = named.find(({ id }) => id === "syscalls");
        assert.match(
          calls?.said ?? "",
          /1\.0 writes \(0\.[01]\d*\): one reply in each, not \d+/,
          JSON.stringify([named, server, other]),
        );
      },
    });
    await t.step({
      name: "garbage",
      // Where the runtime does not tell.
      ignore: !isCounted(other, "gc.share"),
      async fn() {
        const server = await counted("garbage", "gc.share");
        if (server === undefined) return;
        // To allocate is also code of its own: either may be the larger part.
        const named = namedOf(server, other, 16);
        const garbage = named.find(({ id }) => id === "garbage");
        assert.match(
          garbage?.said ?? JSON.stringify([named, server, other]),
          /^\d\d % of its .*time in garbage collections/,
        );
      },
    });
    const alike = await explainKnown("gathered", 16);
    for (const [a, b] of [[alike, other], [other, alike]] as const) {
      // As if a verdict had said so by mistake.
      for (const share of [0.2, -0.2]) assert.deepEqual(namedBeside(share, a, b, 16), []);
    }
  },
}));
