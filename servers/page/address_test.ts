import { deepEqual, equal, throws } from "node:assert/strict";
import { SocketIoPackets, socketIoTarget } from "../../protocols/socket_io/packets.ts";
import { behaviours } from "../contract/behaviours.ts";
import { BEHAVIOURS, targetOf } from "./address.ts";

Deno.test("targetOf() appends the behaviour's path to a URL without one", () => {
  for (const text of ["ws://a:1", "ws://a:1/", " http://a:1/ ", "a:1", "WS://A:1/"]) {
    deepEqual(targetOf(text, "websocket", "/tag"), {
      protocol: "websocket",
      behaviour: "/tag",
      path: "/tag",
      socketUrl: "ws://a:1/tag",
    }, text);
  }
});

Deno.test("targetOf() keeps an encrypted connection encrypted", () => {
  equal(targetOf("https://a/", "websocket", "/echo").socketUrl, "wss://a/echo");
  equal(targetOf("wss://a", "websocket", "/echo").socketUrl, "wss://a/echo");
});

Deno.test("targetOf() takes any other path as written", () => {
  const own = targetOf("ws://[::1]:2/chat?room=1#x", "websocket", "/echo");
  deepEqual([own.socketUrl, own.behaviour], ["ws://[::1]:2/chat?room=1", "/echo"]);
});

Deno.test("targetOf() judges by the behaviour that a path names", () => {
  equal(targetOf("ws://a/json", "websocket", "/tag").behaviour, "/json");
});

Deno.test("targetOf() makes a namespace of Socket.IO's path", () => {
  const { socketUrl, path } = targetOf("ws://a:1", "socket.io", "/tag");
  deepEqual([socketUrl, path], [socketIoTarget("ws://a:1/").handshake.href, "/tag"]);
  equal(new SocketIoPackets(path).namespace, path);
});

Deno.test("targetOf() says in one line what is not a URL of a server", () => {
  for (const text of ["", "  ", "ftp://a", "ws://", "ws://a b", "ws://a:99999"]) {
    throws(() => targetOf(text, "websocket", "/tag"), (error) => {
      equal((error as Error).name, "SyntaxError", text);
      equal((error as Error).message.includes("\n"), false);
      return true;
    });
  }
});

Deno.test("the page offers the behaviours of the servers", () => {
  deepEqual([...BEHAVIOURS].sort(), [...behaviours].sort());
});
