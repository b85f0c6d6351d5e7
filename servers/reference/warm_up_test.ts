import { equal, ok } from "node:assert/strict";
import { needing } from "../../checks/testing/needs.ts";
import { freePort } from "../../checks/testing/port.ts";
import { EpollTransport } from "../../clients/wire/transport/epoll.ts";
import { warmUp } from "./warm_up.ts";

/** A server that answers each read with what `answer` makes of it. */
function startServer(answer: (bytes: Uint8Array) => Uint8Array | undefined) {
  const told: string[] = [];
  let reads = 0;
  const transport: EpollTransport = new EpollTransport(
    {
      connected: () => told.push("connected"),
      ended: () => told.push("ended"),
      received(slot, buffer, start, end) {
        reads++;
        const reply = answer(buffer.slice(start, end));
        if (reply !== undefined) transport.write(slot, reply, 0, reply.length);
      },
    },
    { hostname: "127.0.0.1", port: 0 },
    4,
  );
  const port = transport.listen();
  return {
    told,
    reads: () => reads,
    address: { hostname: "127.0.0.1", port },
    poll: (timeoutMs: number) => transport.poll(timeoutMs),
    [Symbol.dispose]: () => transport.dispose(),
  };
}

Deno.test(needing("Linux", {
  name: "warmUp() has a server answer thousands of messages, and leaves no connection open",
  fn() {
    using server = startServer((bytes) => bytes);
    ok(warmUp(server.address, server.poll));
    ok(server.reads() > 3000);
    equal(server.told.join(), "connected,ended,connected,ended");
  },
}));

Deno.test(needing("Linux", {
  name: "warmUp() gives up on a server that does not answer, and on none",
  fn() {
    using silent = startServer(() => undefined);
    equal(warmUp(silent.address, silent.poll), false);
    equal(warmUp({ hostname: "127.0.0.1", port: freePort() }, () => {}), false);
  },
}));
