/**
 * Loaded before the program: makes the wall clock jump by an hour, forth and back at each look, once there is a file
 * `step` next to the folder of the run. The clock of the machine itself stays as it is.
 */

const HOUR_MS = 3_600_000;
const file = new URL("./step", `file://${Deno.args[Deno.args.indexOf("--out") + 1]!}`);
const { now } = Date;
let looks = 0;

function stepped(): number {
  try {
    Deno.statSync(file);
  } catch {
    return now();
  }
  return now() + (looks++ % 2 === 0 ? HOUR_MS : -HOUR_MS);
}

Date.now = stepped;
globalThis.Date = new Proxy(Date, {
  construct: (target, args, self) =>
    Reflect.construct(target, args.length === 0 ? [stepped()] : args, self),
});
