import assert from "node:assert/strict";
import { needing } from "../../checks/testing/needs.ts";
import { until } from "../../checks/testing/until.ts";
import { startNats } from "./broker/server.ts";
import { openBus } from "./bus.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (content: Uint8Array): string => new TextDecoder().decode(content);

Deno.test(needing(["nats-server", "Unix"], {
  name: "openBus() asks, answers, gathers, and knows who is gone",
  async fn(t) {
    await using server = await startNats({ hostname: "127.0.0.1", port: 0, configuration: "" });
    const url = `nats://127.0.0.1:${server.port}`;
    const lines: string[] = [];
    await using bus = await openBus({ url }, (line) => lines.push(line));
    await using other = await openBus({ url });
    assert.ok(bus.mostBytes > 1000);
    assert.ok(bus.steadyMs > 1e6, "a new connection has had no break");

    await t.step("what is asked is answered, whether at once or later", async () => {
      using _ = other.answer("echo", async (content) => {
        await Promise.resolve();
        return content;
      });
      // The server must know of it.
      await until("an answer", async () => (await bus.gather("echo", 50)).length === 1);
      assert.equal(text(await bus.ask("echo", bytes("hello"))), "hello");
    });

    await t.step("who does not answer is silent, who is not there is gone", async () => {
      using _ = other.answer("dead", () => Promise.reject(new Error("no")));
      await other.gather("dead", 1);
      await assert.rejects(bus.ask("dead", bytes(""), 200), {
        name: "SilenceError",
        isGone: false,
        message: "it did not answer for 0.2 s",
      });
      await assert.rejects(bus.ask("nobody", bytes("")), {
        name: "SilenceError",
        isGone: true,
        message: "it is gone: it has no connection to NATS any more",
      });
    });

    await t.step("what is too long is not said", async () => {
      await assert.rejects(bus.ask("echo", new Uint8Array(bus.mostBytes + 1)), {
        name: "RangeError",
      });
    });

    await t.step("all that listen are gathered, and nobody is nobody", async () => {
      using _one = other.answer("all", () => bytes("1"));
      using _two = other.answer("all", () => bytes("2"));
      await until("both", async () => (await bus.gather("all", 50)).length === 2);
      assert.deepEqual((await bus.gather("all", 200)).map(text).sort(), ["1", "2"]);
      assert.deepEqual(await bus.gather("nobody", 50), []);
    });

    await t.step("after a break it is not steady, and says so in words", async () => {
      const { port } = server;
      await server[Symbol.asyncDispose]();
      await until("the break", () => bus.steadyMs === 0);
      using _ = other.answer("later", (content) => content);
      const asked = bus.ask("later", bytes("hello"), 60_000);
      await using _again = await startNats({ hostname: "127.0.0.1", port, configuration: "" });
      await until("the connection", () => bus.steadyMs > 0);
      assert.ok(bus.steadyMs < 1e6);
      assert.equal(text(await asked), "hello");
      assert.deepEqual(lines, [
        "the connection to NATS is broken: it is made again",
        "the connection to NATS is there again",
      ]);
    });
  },
}));
