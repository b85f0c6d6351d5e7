import assert from "node:assert/strict";
import { baseUnit, snakeCase } from "./units.ts";

/** A unit of the tables, what Prometheus and OpenTelemetry call it, and the factor. */
const UNITS: readonly (readonly [string, string, string, number])[] = [
  ["ms", "seconds", "s", 1e-3],
  ["µs", "seconds", "s", 1e-6],
  ["messages/s", "messages_per_second", "{messages}/s", 1],
  ["1/s", "per_second", "1/s", 1],
  ["MB/s", "bytes_per_second", "By/s", 1e6],
  ["KiB", "bytes", "By", 1024],
  ["% of offered", "ratio", "1", 0.01],
  ["", "", "1", 1],
  ["plain ÷ compressed", "plain_compressed", "{plain_compressed}", 1],
  ["×", "", "1", 1],
  ["constructor", "constructor", "{constructor}", 1],
];

for (const [unit, name, ucum, factor] of UNITS) {
  Deno.test(`baseUnit() of ${JSON.stringify(unit)} is ${JSON.stringify(name)}`, () => {
    assert.deepEqual(baseUnit(unit), { name, ucum, factor });
  });
}

Deno.test("snakeCase() gives names of letters, digits and underscores", () => {
  assert.deepEqual(
    ["serviceTime", "p99.9", "cpu.message", "__x-Y"].map(snakeCase),
    ["service_time", "p99_9", "cpu_message", "x_y"],
  );
});
