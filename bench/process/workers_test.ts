/** Servers with several workers, as real processes. */

import assert from "node:assert/strict";
import { reference, servers } from "../../servers/mod.ts";
import { inSetUp } from "../../servers/launch/set_up.ts";
import { lackOfServer } from "../../servers/testing/process.ts";
import { lacking, lackOf } from "../../checks/testing/needs.ts";
import { until } from "../../checks/testing/until.ts";
import { descendantsOf } from "./descendants.ts";
import { startServer } from "./server_process.ts";

/** Returns what a server answers to a text. */
function ask(url: string, text: string): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const socket = new WebSocket(url);
  socket.onopen = () => socket.send(text);
  socket.onerror = () => reject(new Error(`no answer from ${url}`));
  socket.onmessage = ({ data }) => {
    socket.onclose = () => resolve(data);
    socket.close();
  };
  return promise;
}

for (const id of ["native", "ws", "ws-node", "bun", "tornado", reference.id]) {
  const entry = servers.find((server) => server.id === id) ?? reference;
  const name = `startServer() starts workers of ${id} that share its port, and end with it`;
  const lack = entry === reference ? lackOf(["Linux"]) : lackOfServer(entry);
  Deno.test(lacking(lack, {
    name,
    async fn() {
      const { ready, stop } = await startServer(inSetUp(entry, { workers: 2 }));
      const pid = ready.pid as number;
      const below = descendantsOf(pid);
      try {
        if (Deno.build.os === "linux") assert.ok(below.length >= 1, "it is one process");
        const texts = Array.from({ length: 8 }, (_, index) => `message ${index}`);
        assert.deepEqual(
          await Promise.all(texts.map((one) => ask(`${ready.url}echo`, one))),
          texts,
        );
      } finally {
        await stop();
      }
      await until("the end of its workers", () => below.every(({ pid }) => hasEnded(pid)));
    },
  }));
}

/** Whether a process is gone, or nobody has asked how it ended. */
function hasEnded(pid: number): boolean {
  try {
    return /\) Z /.test(Deno.readTextFileSync(`/proc/${pid}/stat`));
  } catch {
    return true;
  }
}
