import assert from "node:assert/strict";
import { type Need, needing } from "../../../checks/testing/needs.ts";
import { EpollTransport } from "./epoll.ts";
import { UringTransport } from "./uring.ts";
import type { LoopTransport, TransportHandlers } from "./transport.ts";

const engines: readonly {
  readonly name: string;
  readonly needs: readonly Need[];
  readonly Transport: typeof EpollTransport | typeof UringTransport;
}[] = [
  { name: "EpollTransport", needs: ["Linux"], Transport: EpollTransport },
  { name: "UringTransport", needs: ["io_uring"], Transport: UringTransport },
];

/** Connects slots from local addresses to a listener; what happened, and from where each connection came. */
async function connect(
  Transport: typeof engines[number]["Transport"],
  sources: readonly string[],
  slots: number,
): Promise<{ happened: string[]; from: string[] }> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const happened: string[] = [];
  const from: string[] = [];
  const accepted: Deno.Conn[] = [];
  const handlers: TransportHandlers = {
    connected: (slot) => happened.push(`connected ${slot}`),
    received() {},
    ended: (slot, reason) => happened.push(`ended ${slot}: ${reason}`),
  };
  const transport: LoopTransport = new Transport(handlers, { ...listener.addr, sources }, slots);
  try {
    // One after the other, so that the first one that is accepted is that of the first slot.
    for (let slot = 0; slot < slots; slot++) {
      transport.connect(slot);
      while (happened.length <= slot) transport.poll(10);
      if (happened.at(-1)!.startsWith("ended")) continue;
      const connection = await listener.accept();
      accepted.push(connection);
      from.push((connection.remoteAddr as Deno.NetAddr).hostname);
    }
  } finally {
    transport.dispose();
    for (const connection of accepted) connection.close();
  }
  return { happened, from };
}

for (const { name, needs, Transport } of engines) {
  Deno.test(needing(needs, {
    name: `${name} connects from the local addresses in turn`,
    async fn() {
      const { from } = await connect(Transport, ["127.0.0.2", "127.0.0.3"], 5);
      assert.deepEqual(from, ["127.0.0.2", "127.0.0.3", "127.0.0.2", "127.0.0.3", "127.0.0.2"]);
    },
  }));

  Deno.test(needing(needs, {
    name: `${name} says which local address is none of this machine`,
    async fn() {
      // For documentation (RFC 5737): no machine has it.
      const { happened } = await connect(Transport, ["192.0.2.1"], 1);
      assert.deepEqual(happened, [
        "ended 0: the local address 192.0.2.1 cannot be used: it is none of this machine",
      ]);
    },
  }));

  Deno.test(needing(needs, {
    name: `${name} refuses local addresses of the other family`,
    fn() {
      const handlers: TransportHandlers = { connected() {}, received() {}, ended() {} };
      const address = { hostname: "127.0.0.1", port: 1, sources: ["127.0.0.2", "::1"] };
      assert.throws(() => new Transport(handlers, address, 1), {
        message: "the server has an address of IPv4, and ::1 is none",
      });
    },
  }));
}
