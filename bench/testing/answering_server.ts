/**
 * An echo that makes a result of a call: of JSON-RPC's `method` it makes `result`, and nothing else.
 */

const server = Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen({ port }) {
    const line = JSON.stringify({
      ready: true,
      url: `ws://127.0.0.1:${port}/`,
      pid: Deno.pid,
      server: "answering",
      runtime: "deno",
      library: "native",
    });
    Deno.stdout.writeSync(new TextEncoder().encode(line + "\n"));
  },
}, (request) => {
  const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 0 });
  socket.onmessage = ({ data }) =>
    socket.send(typeof data === "string" ? data.replace('"method"', '"result"') : data);
  return response;
});
Deno.addSignalListener("SIGTERM", () => Deno.exit(0));
await server.finished;
