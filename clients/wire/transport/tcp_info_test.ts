import assert from "node:assert/strict";
import { needing } from "../../../checks/testing/needs.ts";
import { EpollTransport } from "./epoll.ts";
import { parseTcpInfo } from "./tcp_info.ts";

Deno.test("parseTcpInfo() needs the fields of Linux 4.6", () => {
  const info = new DataView(new ArrayBuffer(256));
  info.setUint32(68, 125, true);
  info.setBigUint64(128, 6600n, true);
  info.setUint32(152, 100, true);
  assert.equal(parseTcpInfo(info, 152, 3), undefined);
  const found = parseTcpInfo(info, 160, 3)!;
  assert.deepEqual([found.generation, found.rttUs, found.bytesIn, found.dataSegmentsIn], [
    3,
    125,
    6600,
    100,
  ]);
});

Deno.test(needing(["Linux"], {
  name: "tcpInfo() counts the bytes and segments of a connection",
  async fn() {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const accepted = listener.accept();
    let arrived = 0;
    let isOpen = false;
    const transport = new EpollTransport(
      {
        connected: () => void (isOpen = true),
        received: (_slot, _buffer, start, end) => void (arrived += end - start),
        ended() {},
      },
      { hostname: "127.0.0.1", port: listener.addr.port },
      2,
    );
    const turnsUntil = async (condition: () => boolean): Promise<void> => {
      while (!condition()) {
        transport.poll(0);
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
    };
    try {
      transport.connect(0);
      await turnsUntil(() => isOpen);
      using far = await accepted;
      const before = transport.tcpInfo(0)!;
      for (let number = 1; number <= 3; number++) {
        transport.write(0, new Uint8Array(100), 0, 100);
        await far.read(new Uint8Array(1000));
        await far.write(new Uint8Array(70));
        await turnsUntil(() => arrived === 70 * number);
      }
      const after = transport.tcpInfo(0)!;
      assert.equal(after.bytesIn - before.bytesIn, 210);
      assert.equal(after.dataSegmentsIn - before.dataSegmentsIn, 3);
      assert.equal(after.bytesOut - before.bytesOut, 300);
      assert.equal(after.dataSegmentsOut - before.dataSegmentsOut - after.retransmitted, 3);
      assert.equal(after.generation, before.generation);
      assert.equal(transport.tcpInfo(1), undefined, "no connection");
    } finally {
      transport.dispose();
    }
  },
}));
