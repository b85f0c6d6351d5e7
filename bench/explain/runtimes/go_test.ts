import assert from "node:assert/strict";
import { until } from "../../../checks/testing/until.ts";
import { isMeasured } from "../../../measure/model/result.ts";
import { servers } from "../../../servers/mod.ts";
import { testServer } from "../../../servers/testing/process.ts";
import { startServer } from "../../process/server_process.ts";
import { go } from "./go.ts";
import { openHub } from "./hub.ts";

const REQUESTS = 200;
/** What net/http allocates at least for a request: its readers, its header. */
const LEAST_BYTES = 500;

const gws = servers.find(({ id }) => id === "gws")!;

testServer(gws, "tells what it allocated, and how long goroutines waited", async () => {
  const hub = openHub();
  const equipment = { variables: go.prepare("", hub.place) };
  const server = await startServer(gws, { equipment });
  try {
    await until("the server", () => hub.pids().length === 1);
    hub.tell("ready");
    hub.tell("start");
    const url = server.ready.url.replace(/^ws/, "http");
    for (let i = 0; i < REQUESTS; i++) await (await fetch(url)).text();
    hub.tell("end");
    const [{ report } = { report: undefined }] = await hub.answers();
    assert(report !== undefined);
    const { allocatedBytes, collections, pausedMs, longestMs, delayMs, windowMs } = report;
    assert(isMeasured(allocatedBytes) && allocatedBytes > LEAST_BYTES * REQUESTS);
    assert(isMeasured(collections) && isMeasured(pausedMs) && isMeasured(longestMs));
    assert(longestMs <= pausedMs && pausedMs < windowMs && (collections > 0) === (pausedMs > 0));
    assert(isMeasured(delayMs));
  } finally {
    await server.stop();
    hub.close();
  }
});
