import assert from "node:assert/strict";
import { type Figure, isMeasured } from "../../../measure/model/result.ts";
import { needing } from "../../../checks/testing/needs.ts";
import { until } from "../../../checks/testing/until.ts";
import { createStealProbe, parseCpuTicks, stealBetween, type StealSample } from "./steal.ts";
import { fakeSystem } from "../testing.ts";

const EARLIER = `cpu  1300 0 200 8000 100 0 100 300 60 0
cpu0 1000 0 100 8000 50 0 50 100 60 0
cpu1 300 0 100 0 50 0 50 200 0 0
intr 20334894 0 0
ctxt 1
`;

/** The sample that a text of `/proc/stat` gives. */
function sampleOf(text: string): StealSample {
  return createStealProbe(fakeSystem({ "/proc/stat": text })).sample();
}

/** {@linkcode EARLIER} after some more ticks of idleness and of steal on each CPU. */
function after(ticks: readonly [idle: number, stolen: number][]): StealSample {
  const lines = ticks.map(([idle, stolen], cpu) =>
    cpu === 0
      ? `cpu0 1000 0 100 ${8000 + idle} 50 0 50 ${100 + stolen} 60 0`
      : `cpu1 300 0 100 ${idle} 50 0 50 ${200 + stolen} 0 0`
  );
  return sampleOf(`cpu  0 0 0 0 0 0 0 0 0 0\n${lines.join("\n")}\nintr 0\n`);
}

Deno.test("parseCpuTicks() adds up the columns without the guests, who are in user already", () => {
  assert.deepEqual(parseCpuTicks(EARLIER), {
    "0": { stolen: 100, all: 9300 },
    "1": { stolen: 200, all: 700 },
  });
});

Deno.test("parseCpuTicks() is empty without a column of stolen time", () => {
  assert.deepEqual(parseCpuTicks("cpu0 1000 0 100 8000 50 0 50\n"), {});
  assert.deepEqual(parseCpuTicks("intr 5 6 7 8 9 10 11 12\n"), {});
});

Deno.test("stealBetween() divides stolen ticks by all ticks of the given CPUs", () => {
  const earlier = sampleOf(EARLIER);
  const later = after([[95, 5], [60, 40]]);
  assert.equal(stealBetween(earlier, later, [0]), 0.05);
  assert.equal(stealBetween(earlier, later, [1]), 0.4);
  assert.equal(stealBetween(earlier, later, [0, 1]), 0.225);
  assert.equal(stealBetween(earlier, later, []), 0.225);
  assert.equal(stealBetween(earlier, after([[100, 0], [100, 0]]), []), 0);
});

Deno.test("stealBetween() reads samples that went as JSON", () => {
  const [earlier, later] = JSON.parse(
    JSON.stringify([sampleOf(EARLIER), after([[95, 5], [60, 40]])]),
  );
  assert.equal(stealBetween(earlier, later, [0]), 0.05);
});

Deno.test("stealBetween() is absent if there are too few ticks between the samples", () => {
  const absent = "the samples are too close to tell";
  const earlier = sampleOf(EARLIER);
  const later = after([[5, 1], [5, 1]]);
  assert.deepEqual(stealBetween(earlier, earlier, []), { absent });
  assert.deepEqual(stealBetween(earlier, later, [0]), { absent });
  assert.equal(stealBetween(earlier, later, [0, 1]), 1 / 6);
});

Deno.test("stealBetween() is absent if the count went back or ahead of the clock", () => {
  const absent = "the kernel's count of stolen time has jumped";
  const earlier = sampleOf(EARLIER);
  assert.deepEqual(stealBetween(earlier, after([[100, -5], [0, 0]]), [0]), { absent });
  assert.deepEqual(stealBetween(earlier, after([[-50, 100], [0, 0]]), [0]), { absent });
});

Deno.test("stealBetween() is absent for a CPU that one of the samples lacks", () => {
  const absent = "the kernel does not list CPU 1";
  const [both, one] = [sampleOf(EARLIER), after([[100, 0]])];
  assert.deepEqual(stealBetween(both, one, [0, 1]), { absent });
  assert.deepEqual(stealBetween(one, both, []), { absent });
  assert.equal(stealBetween(both, one, [0]), 0);
});

Deno.test("createStealProbe() gives the reason if it has nothing to read", () => {
  const refuse = (): never => {
    throw new Deno.errors.NotCapable("Requires all access");
  };
  const reasons: [Parameters<typeof fakeSystem>[1], string][] = [
    [{}, "the kernel does not report it"],
    [{ platform: "darwin" }, "wsmark reads it on Linux alone"],
    [{ platform: "windows" }, "wsmark reads it on Linux alone"],
    [{ read: refuse }, "wsmark was not allowed to read it: it needs --allow-all"],
  ];
  for (const [overrides, absent] of reasons) {
    const sample = createStealProbe(fakeSystem({}, overrides)).sample();
    assert.deepEqual(sample, { absent });
    assert.deepEqual(stealBetween(sample, sampleOf(EARLIER), []), { absent });
    assert.deepEqual(stealBetween(sampleOf(EARLIER), sample, []), { absent });
  }
});

Deno.test(needing("Linux", {
  name: "stealBetween() finds a share on this machine once enough time has passed",
  // No other system has the file.
  async fn() {
    const probe = createStealProbe();
    const earlier = probe.sample();
    let share: Figure;
    await until("a share", () => isMeasured(share = stealBetween(earlier, probe.sample(), [])));
    assert.ok(isMeasured(share!) && share >= 0 && share <= 1, `received ${JSON.stringify(share!)}`);
  },
}));
