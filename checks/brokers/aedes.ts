/** A broker of MQTT in JavaScript: aedes behind ws. Its argument: the port. */

import process from "node:process";
import { Aedes } from "aedes";
import { createWebSocketStream, WebSocketServer } from "ws";

const broker = await Aedes.createBroker();
const server = new WebSocketServer({ host: "127.0.0.1", port: Number(Deno.args[0]) });
server.on("connection", (socket) => {
  const stream = createWebSocketStream(socket);
  stream.on("error", () => {});
  broker.handle(stream);
});
process.on("SIGTERM", () => process.exit(0));
