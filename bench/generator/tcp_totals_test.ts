import assert from "node:assert/strict";
import type { TcpInfo } from "../../clients/wire/transport/tcp_info.ts";
import { sumTcp, tcpBetween } from "./tcp_totals.ts";

const info = (count: number, generation = 1): TcpInfo => ({
  generation,
  rttUs: 50,
  segmentsIn: count,
  dataSegmentsIn: count,
  bytesIn: 10 * count,
  segmentsOut: count,
  dataSegmentsOut: count,
  bytesOut: 10 * count,
  retransmitted: 0,
});

Deno.test("tcpBetween() adds up what the connections counted in between", () => {
  const totals = tcpBetween([info(1), info(2), undefined], [info(11), info(22), undefined]);
  assert.ok(!("absent" in totals));
  assert.equal(totals.connections, 2);
  assert.equal(totals.dataSegmentsIn, 30);
  assert.equal(totals.bytesOut, 300);
  assert.equal(totals.rttUs, 100);
});

Deno.test("tcpBetween() has nothing to say of connections that come and go", () => {
  assert.deepEqual(tcpBetween([info(1), info(5, 1)], [info(11), info(1, 2)]), {
    absent: "connections came and went in the window",
  });
  assert.deepEqual(tcpBetween([undefined], [info(1)]), {
    absent: "no connection was open for the whole window",
  });
});

Deno.test("sumTcp() adds up generators, unless one does not know", () => {
  const one = tcpBetween([info(1)], [info(11)]);
  const sum = sumTcp([one, one]);
  assert.ok(!("absent" in sum));
  assert.equal(sum.segmentsIn, 20);
  assert.equal(sum.connections, 2);
  assert.deepEqual(sumTcp([one, { absent: "why" }]), { absent: "why" });
  assert.deepEqual(sumTcp([one, undefined]), { absent: "a generator did not say" });
});
