import assert from "node:assert/strict";
import { until } from "../until.ts";
import { type Relay, type RelayOptions, startRelay } from "./relay.ts";

const encoder = new TextEncoder();

/** A client of an echo behind a relay. */
interface Through extends AsyncDisposable {
  readonly relay: Relay;
  /** What has come back so far. */
  heard(): string;
  say(text: string): Promise<void>;
  /** Resolves when the connection is over. */
  readonly over: Promise<void>;
  /** How many connections the server has had. */
  connections(): number;
}

async function through(options?: RelayOptions): Promise<Through> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let connections = 0;
  const serving = (async () => {
    for await (const connection of listener) {
      connections++;
      connection.readable.pipeTo(connection.writable).catch(() => {});
    }
  })();
  const relay = startRelay(listener.addr, options);
  const client = await Deno.connect({ hostname: "127.0.0.1", port: relay.port });
  let heard = "";
  const over = (async () => {
    const buffer = new Uint8Array(65_536);
    const decoder = new TextDecoder();
    for (let count; (count = await client.read(buffer)) !== null;) {
      heard += decoder.decode(buffer.subarray(0, count));
    }
  })().catch(() => {});
  return {
    relay,
    heard: () => heard,
    say: async (text) => {
      const bytes = encoder.encode(text);
      for (let done = 0; done < bytes.length;) done += await client.write(bytes.subarray(done));
    },
    over,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      client.close();
      await over;
      await relay[Symbol.asyncDispose]();
      listener.close();
      await serving;
    },
  };
}

Deno.test("startRelay() passes on all, in order, however slow", async () => {
  for (const options of [{}, { delayMs: 5 }, { delayMs: 1, loss: 0.02 }]) {
    await using one = await through(options);
    const text = Array.from({ length: 20_000 }, (_, index) => `${index} `).join("");
    await one.say(text);
    await until("all of it", () => one.heard().length === text.length);
    assert.equal(one.heard(), text);
  }
});

Deno.test("startRelay() delays both ways, as long as it is told", async () => {
  await using one = await through({ delayMs: 30 });
  const startMs = performance.now();
  await one.say("a");
  await until("the echo", () => one.heard() === "a");
  assert.ok(performance.now() - startMs >= 60);
  one.relay.set({});
  await one.say("b");
  await until("the echo", () => one.heard() === "ab");
});

Deno.test("startRelay() is silent while it is frozen, and then loses nothing", async () => {
  await using one = await through();
  await one.say("a");
  await until("the echo", () => one.heard() === "a");
  one.relay.freeze();
  await one.say("b");
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(one.heard(), "a");
  // One more gets as far as the relay.
  using _other = await Deno.connect({ hostname: "127.0.0.1", port: one.relay.port });
  await until("it", () => one.relay.open === 2);
  one.relay.thaw();
  await until("the echo", () => one.heard() === "ab");
});

Deno.test("startRelay() ends connections when it is cut, and takes new ones when it is mended", async () => {
  await using one = await through();
  await one.say("a");
  await until("the echo", () => one.heard() === "a");
  one.relay.cut();
  await one.over;
  const read = async (): Promise<number | null> => {
    using client = await Deno.connect({ hostname: "127.0.0.1", port: one.relay.port });
    await client.write(encoder.encode("b")).catch(() => {});
    return await client.read(new Uint8Array(1)).catch(() => null);
  };
  assert.equal(await read(), null);
  assert.equal(one.connections(), 1);
  one.relay.mend();
  assert.equal(await read(), 1);
});

Deno.test("startRelay() passes on the end of a connection", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  await using relay = startRelay(listener.addr, { delayMs: 5 });
  using client = await Deno.connect({ hostname: "127.0.0.1", port: relay.port });
  using server = await listener.accept();
  await client.write(encoder.encode("a"));
  await client.closeWrite();
  const buffer = new Uint8Array(10);
  assert.deepEqual([await server.read(buffer), await server.read(buffer)], [1, null]);
  // The other direction is still there.
  await server.write(encoder.encode("bc"));
  await server.closeWrite();
  assert.deepEqual([await client.read(buffer), await client.read(buffer)], [2, null]);
  await until("its end", () => relay.open === 0);
});

Deno.test("startRelay() ends a connection whose server is not there", async () => {
  const { port } = (() => {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    return listener.addr;
  })();
  await using relay = startRelay({ port });
  using client = await Deno.connect({ hostname: "127.0.0.1", port: relay.port });
  assert.equal(await client.read(new Uint8Array(1)), null);
});
