import assert from "node:assert/strict";
import { until } from "../../../checks/testing/until.ts";
import { readLines } from "../../process/lines.ts";
import { openHub, type Place } from "./hub.ts";
import type { Report } from "./report.ts";

const report: Report = {
  windowMs: 2000,
  collections: 3,
  pausedMs: 20,
  longestMs: 9,
  cpuShare: 0.5,
  allocatedBytes: 1000,
  delayMs: { absent: "no loop" },
};

async function join({ port }: Place, hello: unknown) {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const say = async (what: unknown): Promise<void> => {
    await connection.write(new TextEncoder().encode(JSON.stringify(what) + "\n"));
  };
  await say(hello);
  return { say, lines: readLines(connection.readable), close: () => connection.close() };
}

Deno.test("a hub tells of the window, and hears those who were there at its start", async () => {
  const hub = openHub();
  const { token } = hub.place;
  const early = await join(hub.place, { token, pid: 7 });
  const gone = await join(hub.place, { token, pid: 8 });
  await until("two", () => hub.pids().length === 2);
  hub.tell("ready");
  hub.tell("start");
  const late = await join(hub.place, { token, pid: 9 });
  await until("three", () => hub.pids().length === 3);
  gone.close();
  hub.tell("end");
  for (const told of ["ready", "start", "end"]) {
    assert.equal((await early.lines.next()).value, told);
  }
  await early.say(report);
  assert.deepEqual(await hub.answers(), [{ pid: 7, report }, { pid: 8, report: undefined }]);
  hub.close();
  await early.lines.return(undefined);
  late.close();
});

Deno.test("a hub hears nobody without its token, and forgets who ends before the window", async () => {
  const hub = openHub();
  const { token } = hub.place;
  const strangers = await Promise.all(
    [{ token: "guessed", pid: 7 }, { token }, "hello"].map((hello) => join(hub.place, hello)),
  );
  for (const { lines } of strangers) assert.equal((await lines.next()).done, true);
  const short = await join(hub.place, { token, pid: 7 });
  await until("one", () => hub.pids().length === 1);
  short.close();
  await until("none", () => hub.pids().length === 0);
  hub.tell("start");
  hub.tell("end");
  assert.deepEqual(await hub.answers(), []);
  hub.close();
});
