import assert from "node:assert/strict";
import { startServer } from "../process/server_process.ts";
import { servers } from "../../servers/mod.ts";
import { freePort } from "../../checks/testing/port.ts";
import { firstContact } from "./first_contact.ts";
import { foreignServer } from "../plan/own_servers/custom_server.ts";

const program = new URL("../testing/plain_echo.ts", import.meta.url).pathname;
const deno = [Deno.execPath(), "run", "--quiet", "--allow-all"];

Deno.test("firstContact() is content with an echo, its port by argument or by environment", async () => {
  const byArgument = foreignServer({ name: "mine", command: [...deno, program, "{port}"] });
  assert.deepEqual(await firstContact(byArgument), []);
  const byEnvironment = foreignServer({ name: "mine", command: [...deno, program] });
  assert.deepEqual(await firstContact(byEnvironment), []);
});

Deno.test("firstContact() reports another reply than the message", async () => {
  const entry = foreignServer({ name: "mine", command: [...deno, program, "{port}", "no"] });
  assert.deepEqual(await firstContact(entry), [
    'mine does not return messages as they came (the answer is "no" to "wsmark"): its replies will count as wrong, unless --reply mine=… says what they are',
  ]);
});

Deno.test("firstContact() knows a server that follows the contract by its ready line", async () => {
  const native = new URL("../../servers/native.ts", import.meta.url).pathname;
  const command = [...deno, native, "--port", "{port}"];
  assert.deepEqual(await firstContact(foreignServer({ name: "mine", command })), []);
});

Deno.test("firstContact() says that a process it does not know cannot be measured", async () => {
  const socketio = servers.find(({ id }) => id === "socketio")!;
  const server = await startServer(socketio);
  try {
    const { url } = server.ready;
    const own = { name: "mine", url, protocol: "socket.io", path: "/echo" };
    assert.deepEqual(await firstContact(foreignServer(own)), [
      "mine: its CPU time and memory are not measured, as the id of the server's process was not given (--pid)",
    ]);
    assert.deepEqual(await firstContact(foreignServer({ ...own, pid: Deno.pid })), []);
  } finally {
    await server.stop();
  }
});

Deno.test("firstContact() fails with the reason if nobody is there", async () => {
  const port = freePort();
  const entry = foreignServer({ name: "mine", url: `ws://127.0.0.1:${port}/chat` });
  await assert.rejects(firstContact(entry), {
    message: `mine accepts no handshake at ws://127.0.0.1:${port}/chat: connection refused`,
  });
});

/** What a server opens a connection of Engine.IO with. */
const OPEN = '0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000}';

for (
  const [packets, expected] of [
    [["0null"], /opens a connection without an id: received '0null'": its trials will fail$/],
    [["0{"], /opens a connection without an id: received '0\{'"/],
    [["0"], /opens a connection without an id: received '0'"/],
    [["0[]"], /opens a connection without an id: received '0\[\]'"/],
    [[OPEN, "44"], /refuses a namespace without a message: received '44'"/],
    [[OPEN, '40{"sid":"b"}', '42["message"]'], /the answer is "?42/],
    [[OPEN, '40{"sid":"b"}', '42["message",null]'], /the answer is "?42/],
    [[OPEN, '40{"sid":"b"}', '42["message","\\u001b[31m no"]'], /the answer is "no" to "wsmark"/],
    [[OPEN, "4"], /it is not a packet: received '4'"/],
  ] as const
) {
  Deno.test(`firstContact() says what a server of Socket.IO does that sends ${packets.join(" ").replace(OPEN, "OPEN")}`, async () => {
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      (request) => {
        const { socket, response } = Deno.upgradeWebSocket(request);
        socket.onopen = () => packets.forEach((packet) => socket.send(packet));
        return response;
      },
    );
    const url = `ws://127.0.0.1:${server.addr.port}/`;
    const entry = foreignServer({ name: "mine", url, protocol: "socket.io" });
    assert.match((await firstContact(entry)).at(-1)!, expected);
  });
}
