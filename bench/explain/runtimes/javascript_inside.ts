/** Counts inside of a server on Deno, Node or Bun. Only its text gets there, so it refers to nothing outside. */

import type * as Net from "node:net";
import type * as V8 from "node:v8";
import type { Place, Told } from "./hub.ts";

/**
 * What a collection of garbage was, as `v8.GCProfiler` tells it on all three. Node's documentation has the cost in
 * microseconds; so does Bun, while Deno 2.9 gives nanoseconds.
 */
interface Collection {
  readonly gcType: string;
  readonly cost: number;
  readonly beforeGC: { readonly heapStatistics: { readonly usedHeapSize: number } };
  readonly afterGC: { readonly heapStatistics: { readonly usedHeapSize: number } };
}

/** The modules that it needs. */
interface Modules {
  readonly net: typeof Net;
  readonly v8: typeof V8;
}

/** Connects to the hub and does what it is told. What it opens keeps no program alive. */
export function countInside({ net, v8 }: Modules, { port, token }: Place): void {
  const TICK_MS = 10;
  const { process, performance, Deno } = globalThis as unknown as {
    process: { pid: number };
    performance: { now(): number };
    Deno?: unknown;
  };
  const costsOfMs = Deno === undefined ? 1e3 : 1e6;
  let end: (() => unknown) | undefined;

  /** The delay of the event loop: how much later than it should a timer fires. */
  function watchLoop(): () => unknown {
    const delays: number[] = [];
    let timer: ReturnType<typeof setTimeout>;
    function wait(): void {
      const due = performance.now() + TICK_MS;
      timer = setTimeout(() => {
        delays.push(Math.max(0, performance.now() - due));
        wait();
      }, TICK_MS);
      (timer as unknown as { unref?(): void }).unref?.();
    }
    wait();
    return () => {
      clearTimeout(timer);
      delays.sort((a, b) => a - b);
      return delays[Math.ceil(delays.length * 0.99) - 1] ??
        { absent: "no timer fired in the window" };
    };
  }

  function watchHeap(): () => object {
    const GCProfiler = (v8 as unknown as {
      GCProfiler?: new () => { start(): void; stop(): { statistics: Collection[] } };
    }).GCProfiler;
    if (GCProfiler === undefined) {
      const absent = { absent: "this Node does not tell: Node 18.15 or later does" };
      return () => ({
        collections: absent,
        pausedMs: absent,
        longestMs: absent,
        allocatedBytes: absent,
      });
    }
    const profiler = new GCProfiler();
    let used = v8.getHeapStatistics().used_heap_size;
    profiler.start();
    return () => {
      const { statistics } = profiler.stop();
      const last = v8.getHeapStatistics().used_heap_size;
      let allocatedBytes = 0;
      let pausedMs = 0;
      let longestMs = 0;
      let collections = 0;
      for (const { gcType, cost, beforeGC, afterGC } of statistics) {
        const pauseMs = cost / costsOfMs;
        pausedMs += pauseMs;
        longestMs = Math.max(longestMs, pauseMs);
        // The steps of a collection, and what follows it, take time, but are not one more.
        if (gcType !== "IncrementalMarking" && gcType !== "ProcessWeakCallbacks") collections++;
        allocatedBytes += beforeGC.heapStatistics.usedHeapSize - used;
        used = afterGC.heapStatistics.usedHeapSize;
      }
      allocatedBytes = Math.max(0, allocatedBytes + last - used);
      return { collections, pausedMs, longestMs, allocatedBytes };
    };
  }

  function start(): () => unknown {
    const startMs = performance.now();
    const heap = watchHeap();
    const loop = watchLoop();
    return () => {
      const delayMs = loop();
      const windowMs = performance.now() - startMs;
      const cpuShare = { absent: "JavaScript engines count only pauses" };
      return { windowMs, ...heap(), cpuShare, delayMs };
    };
  }

  const told: { readonly [what in Told]: () => void } = {
    ready() {},
    start() {
      end = start();
    },
    end() {
      if (end !== undefined) say(end());
      end = undefined;
    },
  };
  const socket = net.connect(port, "127.0.0.1");
  function say(what: unknown): void {
    socket.write(JSON.stringify(what) + "\n");
  }
  socket.unref();
  // Whoever wanted to know may be gone.
  socket.on("error", () => {});
  socket.on("connect", () => say({ token, pid: process.pid }));
  let rest = "";
  socket.on("data", (chunk) => {
    const lines = (rest + String(chunk)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) told[line as Told]?.();
  });
}
