import assert from "node:assert/strict";
import { thisSystem } from "../machine/system.ts";
import { acknowledgementsObserver, parseDelayedAcks } from "./acknowledgements.ts";

const TARGET = { server: undefined as never, pid: 7, folder: "" };
const WINDOW = { replies: 1, windowMs: 1 };

/** As Linux 6 writes it, with fewer fields. */
const netstat = (delayed: number): string =>
  `TcpExt: SyncookiesSent TW DelayedACKs DelayedACKLocked\nTcpExt: 0 544 ${delayed} 3\nIpExt: InNoRoutes\nIpExt: 0\n`;

Deno.test("parseDelayedAcks() finds the field by its name", () => {
  assert.equal(parseDelayedAcks(netstat(76)), 76);
  assert.equal(parseDelayedAcks("TcpExt: TW\nTcpExt: 544\n"), null);
  assert.equal(parseDelayedAcks(""), null);
});

Deno.test("delayed acknowledgements are those of the window", async () => {
  let text = netstat(76);
  const observer = acknowledgementsObserver({
    ...thisSystem,
    platform: "linux",
    read: (path) => path === "/proc/7/net/netstat" ? text : null,
  });
  const watch = await observer.attach(TARGET);
  watch.windowStarts!();
  text = netstat(83);
  watch.windowEnds!();
  assert.deepEqual(await watch.read(WINDOW), { totals: { "acks.delayed": 7 } });
});

Deno.test("delayed acknowledgements that cannot be counted are absent, with the reason", async () => {
  const elsewhere = await acknowledgementsObserver({ ...thisSystem, platform: "darwin" })
    .attach(TARGET);
  assert.deepEqual(await elsewhere.read(WINDOW), {
    totals: { "acks.delayed": { absent: "only Linux counts them" } },
  });
  const nothing = await acknowledgementsObserver({
    ...thisSystem,
    platform: "linux",
    read: () => null,
  })
    .attach(TARGET);
  nothing.windowStarts!();
  nothing.windowEnds!();
  assert.deepEqual(await nothing.read(WINDOW), {
    totals: { "acks.delayed": { absent: "the kernel does not say" } },
  });
});
