import assert from "node:assert/strict";
import { scenarios } from "../../scenarios/mod.ts";
import { readLimit, readNumber } from "./limit.ts";

const NONE = "it is no number";

for (
  const [text, number] of [
    ["5", 5],
    ["-5", -5],
    ["+5", 5],
    ["0.25", 0.25],
    [".25", 0.25],
    ["1e3", 1000],
    ["1.5E-3", 0.0015],
    ["50_000", 50_000],
    ["5_0", 50],
    ["50,000", 50_000],
    ["1,234,567.5", 1_234_567.5],
    ["50k", 50_000],
    ["50 K", 50_000],
    ["1.5M", 1_500_000],
    ["", NONE],
    ["k", NONE],
    ["1,5", NONE],
    ["0,005", NONE],
    ["50,00", NONE],
    ["50,0000", NONE],
    ["1_000,000", NONE],
    ["1__0", NONE],
    ["1_", NONE],
    ["1.2.3", NONE],
    ["5.", NONE],
    ["1e999", NONE],
    ["0x10", NONE],
    ["Infinity", NONE],
    ["toString", NONE],
    ["5toString", NONE],
  ] as const
) {
  Deno.test(`readNumber() of "${text}" => ${number}`, () => {
    assert.equal(readNumber(text), number === NONE ? undefined : number);
  });
}

for (
  const [text, unit, limit] of [
    ["300us", "ms", 0.3],
    ["300µs", "ms", 0.3],
    ["300 μs", "ms", 0.3],
    ["5ms", "ms", 5],
    ["1.1s", "ms", 1100],
    ["500000ns", "ms", 0.5],
    ["1ms", "µs", 1000],
    ["50 ns", "µs", 0.05],
    ["2us", "μs", 2],
    ["5k", "µs", 5000],
    ["64MiB", "MiB", 64],
    ["1 GiB", "MiB", 1024],
    ["1048576 B", "MiB", 1],
    ["128MB", "MiB", 128e6 / 2 ** 20],
    ["1kB", "KiB", 1000 / 1024],
    ["1KB", "KiB", 1000 / 1024],
    ["1GB", "MB/s", undefined],
    ["1GB/s", "MB/s", 1000],
    ["1 MiB/s", "MB/s", 1.048576],
    ["50k/s", "messages/s", 50_000],
    ["50k messages/s", "messages/s", 50_000],
    ["50 000", "messages/s", undefined],
    ["50,000 msg / s", "messages/s", 50_000],
    ["50/s", "1/s", 50],
    ["50 1/s", "1/s", 50],
    ["50 messages/s", "1/s", undefined],
    ["50MB/s", "messages/s", undefined],
    ["80%", "% of a core", 80],
    ["80 % of a core", "% of a core", 80],
    ["80%", "%", 80],
    ["80%", "ms", undefined],
    ["3", "", 3],
    ["3k", "", 3000],
    ["3ms", "", undefined],
    ["5m", "ms", undefined],
    ["5MS", "ms", undefined],
    ["100M", "MiB", undefined],
    ["50k", "MB/s", undefined],
    ["5 toString", "ms", undefined],
  ] as const
) {
  Deno.test(`readLimit() of "${text}" in ${unit || "no unit"} => ${limit ?? "refused"}`, () => {
    const read = (): number => readLimit(text, { id: "it", unit });
    if (limit === undefined) assert.throws(read, { name: "UsageError" });
    else assert.ok(Math.abs(read() - limit) <= Math.abs(limit) * 1e-14, `${read()}`);
  });
}

Deno.test("readLimit() leaves no dust of the conversion", () => {
  assert.equal(readLimit("1.1s", { id: "p99", unit: "ms" }), 1100);
  assert.equal(readLimit("300us", { id: "p99", unit: "ms" }), 0.3);
});

Deno.test("readLimit() says which units fit", () => {
  const refusal = (text: string, unit: string, message: string): void =>
    assert.throws(() => readLimit(text, { id: "it", unit }), { name: "UsageError", message });
  const BYTES = "B, kB, KB, MB, GB, KiB, MiB, GiB";
  refusal("5 h", "ms", 'it is in ms. Use ns, us, µs, ms, s or no unit: received "h"');
  refusal("100M", "MiB", `it is in MiB. Use ${BYTES} or no unit: received "M"`);
  refusal("5 s", "1/s", 'it is in 1/s. Use 1/s, /s or no unit: received "s"');
  refusal(
    "5 s",
    "messages/s",
    'it is in messages/s. Use messages/s, msg/s, 1/s, /s or no unit: received "s"',
  );
  refusal(
    "5 s",
    "% of a core",
    'it is in % of a core. Use %, % of a core or no unit: received "s"',
  );
  refusal("5 s", "", 'it is a plain number. Leave the unit out: received "s"');
  refusal(
    "1,5 ms",
    "ms",
    'a number must follow the operator, as 5, 0.5, 50_000 or 50k: received "1,5 ms"',
  );
});

Deno.test("readLimit() takes every metric's own unit", () => {
  for (const metric of scenarios.flatMap(({ metrics }) => metrics)) {
    assert.equal(readLimit(`1 ${metric.unit}`, metric), 1, metric.id);
  }
});
