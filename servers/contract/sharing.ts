/** Whether a server in TypeScript is to be several processes that share its port, or is one of them. */

import process from "node:process";

/** Variable of the environment that says how many processes are wanted. */
const COUNT = "WSMARK_WORKERS";
/** Variable of the environment that a process has which is one of them. */
export const IS_ONE = "WSMARK_IS_WORKER";

/** How many processes are wanted; undefined if this one is to serve by itself. */
export function wantedWorkers(): number | undefined {
  const count = Number(process.env[COUNT]);
  return Number.isInteger(count) && count > 1 && !isWorker() ? count : undefined;
}

/** Whether this process is one of several that listen at the same port. */
export function isWorker(): boolean {
  return process.env[IS_ONE] !== undefined;
}
