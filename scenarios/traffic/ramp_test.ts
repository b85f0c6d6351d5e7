import assert from "node:assert/strict";
import { ramp, type RampOptions } from "./ramp.ts";
import { type FakeLoad, fakeLoad, started, tally } from "./testing.ts";
import type { Traffic } from "./types.ts";
import { readStages } from "./timing/texts.ts";

function rampOf(
  text: string,
  options: Partial<RampOptions> = {},
): { traffic: Traffic; load: FakeLoad } {
  const load = fakeLoad();
  const traffic = ramp(load, { stages: readStages(text), inFlight: 1, seed: 1, ...options });
  return { traffic, load };
}

/** A ramp whose warm-up is over, its connections closed again; what it asked for since the window began is there to take. */
function measured(
  text: string,
  options: Partial<RampOptions> = {},
  nowMs = 0,
): ReturnType<typeof rampOf> {
  const made = rampOf(text, options);
  const { traffic, load } = made;
  const warm = started(traffic, load).length;
  for (let slot = 0; slot < warm; slot++) traffic.opened!(slot, 0);
  const sent = tally(load.take());
  traffic.measure!(nowMs);
  for (let slot = 0; slot < warm; slot++) traffic.replied(slot, sent[`send ${slot}`]!, nowMs);
  assert.equal(load.take().length, warm);
  for (let slot = 0; slot < warm; slot++) traffic.closed!(slot, nowMs);
  return made;
}

Deno.test("ramp() warms up with a few connections, and closes them when the window begins", () => {
  const { traffic, load } = rampOf("1s:100, 1s:0");
  assert.deepEqual([traffic.connections, traffic.slots, traffic.depth], [0, 100, 1]);
  assert.deepEqual(started(traffic, load), [0, 1, 2, 3, 4, 5, 6, 7].map((slot) => `open ${slot}`));
  for (let slot = 0; slot < 8; slot++) traffic.opened!(slot, 1);
  assert.equal(load.take().length, 8);
  traffic.replied(3, 1, 2);
  assert.deepEqual(load.take(), ["send 3"]);
  traffic.measure!(10);
  // They get the replies to what they have sent.
  assert.deepEqual(load.take(), []);
  traffic.replied(3, 1, 11);
  assert.deepEqual(load.take(), ["close 3"]);
});

Deno.test("ramp() opens and closes connections one by one at the times of the stages", () => {
  const { traffic, load } = measured("3s:3, 1s:3, 1s:1", {}, 1000);
  const found: [number, string[]][] = [];
  while (traffic.pace!.nextMs < Infinity) {
    const atMs = traffic.pace!.nextMs;
    traffic.due!(atMs);
    const asked = load.take();
    for (const one of asked) {
      const [what, slot] = one.split(" ");
      if (what === "open") traffic.opened!(Number(slot), atMs);
    }
    load.take();
    // The next message is sent with the reply: the one before a close has its reply soon.
    for (const slot of [0, 1, 2]) {
      if (atMs >= 5000) traffic.replied(slot, 1, atMs);
    }
    found.push([atMs - 1000, asked.length > 0 ? asked : load.take()]);
  }
  assert.deepEqual(found.slice(0, 3), [
    [1000, ["open 0"]],
    [2000, ["open 1"]],
    [3000, ["open 2"]],
  ]);
  assert.deepEqual(found.slice(3).map(([ms]) => ms), [4500, 5000]);
  assert.equal(traffic.pace!.of, "pauses");
});

Deno.test("ramp(): one that is to go gets its replies first, and one that is wanted again goes on or comes back", () => {
  const { traffic, load } = measured(
    "1s:0, 0s:1, 1s:1, 0s:0, 1s:0, 0s:1, 1s:1, 0s:0, 1s:0, 0s:1, 1s:1",
    {
      inFlight: 2,
    },
  );
  traffic.due!(1000);
  assert.deepEqual([load.take(), traffic.pace!.nextMs], [["open 0"], 2000]);
  traffic.opened!(0, 1);
  assert.deepEqual(load.take(), ["send 0", "send 0"]);
  traffic.due!(2000);
  traffic.replied(0, 1, 2001);
  assert.deepEqual(load.take(), [], "it is leaving");
  traffic.due!(3000);
  assert.deepEqual(load.take(), ["send 0"], "it stays, with as many outstanding as before");
  traffic.due!(4000);
  traffic.replied(0, 2, 4001);
  assert.deepEqual(load.take(), ["close 0"]);
  traffic.due!(5000);
  assert.deepEqual(load.take(), [], "it is closing");
  traffic.closed!(0, 5001);
  assert.deepEqual(load.take(), ["open 0"]);
});

Deno.test("ramp(): a connection that opens when it is not wanted any more is closed", () => {
  const { traffic, load } = measured("1s:0, 0s:1, 1s:1, 0s:0, 1s:0");
  traffic.due!(1000);
  assert.deepEqual(load.take(), ["open 0"]);
  traffic.due!(2000);
  assert.deepEqual(load.take(), []);
  traffic.opened!(0, 2001);
  assert.deepEqual(load.take(), ["close 0"]);
});

Deno.test("ramp(): users who think send after their pauses, never more than are to be outstanding, whoever comes and goes", () => {
  const { traffic, load } = measured("100ms:0, 0s:3, 1s:3, 0s:0, 0s:3, 1s:3, 900ms:0", {
    inFlight: 2,
    think: { leastMs: 10, mostMs: 300 },
  });
  const open = new Set<number>();
  const outstanding = new Map<number, number>();
  let sent = 0;
  const queue: string[] = [];
  for (let ms = 1; ms < 3100; ms++) {
    if (traffic.pace!.nextMs <= ms) traffic.due!(ms);
    for (const one of [...queue.splice(0), ...load.take()]) {
      const [what, number] = one.split(" ");
      const slot = Number(number);
      if (what === "open") {
        open.add(slot);
        traffic.opened!(slot, ms);
      } else if (what === "close") {
        assert.equal(outstanding.get(slot) ?? 0, 0);
        open.delete(slot);
        traffic.closed!(slot, ms);
      } else {
        sent++;
        assert.ok(open.has(slot));
        outstanding.set(slot, (outstanding.get(slot) ?? 0) + 1);
        assert.ok(outstanding.get(slot)! <= 2);
      }
    }
    queue.push(...load.take());
    for (const slot of open) {
      if (outstanding.get(slot)! > 0 && ms % 7 === slot) {
        outstanding.set(slot, outstanding.get(slot)! - 1);
        traffic.replied(slot, 1, ms);
      }
    }
  }
  assert.equal(open.size, 0);
  assert.ok(sent > 50, `${sent}`);
});

Deno.test("ramp() of several generators are together the ramp of one", () => {
  const opens = (share?: RampOptions["share"]): Map<number, number> => {
    const { traffic, load } = measured("1s:10, 1s:4", { share });
    let open = 0;
    const counts = new Map<number, number>();
    for (let ms = 1; ms <= 2000; ms++) {
      if (traffic.pace!.nextMs <= ms) traffic.due!(ms);
      for (const [one, count] of Object.entries(tally(load.take()))) {
        const [what, slot] = one.split(" ");
        if (what !== "open") continue;
        open += count;
        traffic.opened!(Number(slot), ms);
        load.take();
      }
      counts.set(ms, open);
    }
    return counts;
  };
  const one = opens();
  const three = [0, 1, 2].map((index) => opens({ index, of: 3 }));
  for (const ms of [100, 500, 1000]) {
    assert.equal(three.reduce((sum, counts) => sum + counts.get(ms)!, 0), one.get(ms), `${ms}`);
  }
  assert.equal(one.get(1000), 10);
});

Deno.test("ramp() does nothing after it was stopped", () => {
  const { traffic, load } = measured("1s:10", { think: { leastMs: 1, mostMs: 1 } });
  traffic.due!(500);
  load.take();
  traffic.stop();
  traffic.due!(5000);
  traffic.replied(0, 1, 5000);
  assert.deepEqual([load.take(), traffic.pace!.nextMs], [[], Infinity]);
});
