import assert from "node:assert/strict";
import { lacking } from "../../../checks/testing/needs.ts";
import { isMeasured } from "../../../measure/model/result.ts";
import { servers } from "../../../servers/mod.ts";
import { lackOfServer } from "../../../servers/testing/process.ts";
import { javascript } from "./javascript.ts";
import { watchProgram } from "./testing.ts";

/** How often an array of ten numbers that are not integers is made. */
const ARRAYS = 400_000;
/** Each takes 80 bytes for its numbers, and those of its heads; as long as it is not optimised, other 80 for integers. */
const [LEAST_BYTES, MOST_BYTES] = [80 * ARRAYS, 300 * ARRAYS];
const BLOCKED_MS = 60;

const PROGRAM = `
let kept;
function work() {
  for (let i = 0; i < ${ARRAYS}; i++) kept = new Array(10).fill(i + 0.5);
  setTimeout(() => {
    const end = Date.now() + ${BLOCKED_MS};
    while (Date.now() < end);
    setTimeout(() => console.log("done"), 20);
  }, 20);
}
console.log("up");
process.stdin.on("data", () => setTimeout(work, 100));
`;

/** No collection is over sooner, in milliseconds: in another unit, costs would be a thousandth of that. */
const LEAST_PAUSE_MS = 0.005;

const RUNS: readonly (readonly [string, readonly string[]])[] = [
  ["deno", [Deno.execPath(), "run", "-A"]],
  ["node", ["node"]],
  ["bun", ["bun"]],
];
for (const [runtime, command] of RUNS) {
  const lack = runtime === "bun"
    ? lackOfServer(servers.find(({ id }) => id === "bun")!)
    : undefined;
  Deno.test(lacking(lack, {
    name: `${runtime} tells of garbage, allocation and a loop that was blocked`,
    async fn() {
      const file = await Deno.makeTempFile({ suffix: ".cjs" });
      try {
        await Deno.writeTextFile(file, PROGRAM);
        const report = await watchProgram(javascript, [...command, file]);
        const { windowMs, collections, pausedMs, longestMs, allocatedBytes, delayMs } = report;
        assert(isMeasured(allocatedBytes) && isMeasured(pausedMs) && isMeasured(longestMs));
        assert(isMeasured(delayMs) && isMeasured(collections));
        assert(allocatedBytes > LEAST_BYTES && allocatedBytes < MOST_BYTES, `${allocatedBytes}`);
        assert(delayMs > BLOCKED_MS - 15, `${delayMs} ms`);
        assert(collections > 0 && longestMs <= pausedMs && pausedMs < windowMs);
        assert(pausedMs > LEAST_PAUSE_MS * collections, `${pausedMs} ms in ${collections}`);
      } finally {
        await Deno.remove(file);
      }
    },
  }));
}
