import assert from "node:assert/strict";
import { servers } from "../../../servers/mod.ts";
import { needing } from "../../../checks/testing/needs.ts";
import type { Contender } from "../plan_types.ts";
import { checkSources } from "./sources.ts";

const native = servers.find(({ id }) => id === "native")!;
const byWire: Contender = { server: native, client: "wire" };

Deno.test(needing(["Linux"], {
  name: "checkSources() takes addresses of this machine, and any engine and client without them",
  fn() {
    checkSources(["127.0.0.2", "127.0.0.3"], { id: "epoll" }, [byWire]);
    checkSources([], { id: "tcp" }, [{ server: native, client: "ws" }]);
  },
}));

const refused: readonly [
  sources: readonly string[],
  engine: Parameters<typeof checkSources>[1],
  client: string,
  message: RegExp,
][] = [
  [["127.0.0.2"], { id: "tcp" }, "wire", /^The engine tcp cannot choose .*: name epoll or uring$/],
  [
    ["127.0.0.2"],
    { id: "tcp", reason: "epoll carries no TLS, and all cases of a run have the same engine" },
    "wire",
    /^The engine tcp cannot choose .* \(--source\), and epoll carries no TLS/,
  ],
  [["127.0.0.2"], { id: "epoll" }, "ws", /^The client "ws" cannot choose .* or leave out native$/],
  [["localhost"], { id: "epoll" }, "wire", /^--source needs addresses, .*: received "localhost"$/],
  [["192.0.2.1"], { id: "epoll" }, "wire", /^The address 192\.0\.2\.1 \(--source\) is none of/],
  [
    new Array(257).fill("127.0.0.2"),
    { id: "epoll" },
    "wire",
    /^--source takes at most 256 addresses: received 257$/,
  ],
];

for (const [sources, engine, client, message] of refused) {
  Deno.test(`checkSources() refuses ${sources.slice(0, 2)} over ${engine.id} by ${client}`, () => {
    assert.throws(() => checkSources(sources, engine, [{ server: native, client }]), {
      name: "UsageError",
      message,
    });
  });
}
