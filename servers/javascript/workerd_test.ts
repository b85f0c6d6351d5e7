/** What workerd needs beside the contract of all servers, as another process starts it. */

import { equal } from "node:assert/strict";
import process from "node:process";
import { until } from "../../checks/testing/until.ts";
import { servers } from "../mod.ts";
import { startProcess, testServer } from "../testing/process.ts";

const workerd = servers.find(({ id }) => id === "workerd")!;

function isAlive(pid: number): boolean {
  try {
    // Only asks: no signal is sent.
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

testServer(workerd, "ends with whoever started it, even if that was killed", async () => {
  await using server = await startProcess(workerd);
  const { pid } = server.ready;
  equal(isAlive(pid), true);
  server.kill("SIGKILL");
  await until("the end of workerd", () => !isAlive(pid));
});
