/**
 * A server for tests that does one thing wrong, named by its first argument: `refuse`, `kill` (itself, at the
 * first message, so that no trial is too short for it), `exit` (the same), `drop` (every 10th reply), `none`.
 */

const [fault] = Deno.args;
let messages = 0;

const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
  if (fault === "refuse") return new Response("no", { status: 500 });
  const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 0 });
  socket.onmessage = ({ data }) => {
    messages++;
    if (fault === "kill") Deno.kill(Deno.pid, "SIGKILL");
    if (fault === "exit") {
      Deno.stderr.writeSync(new TextEncoder().encode("out of luck\n"));
      Deno.exit(7);
    }
    if (fault === "drop" && messages % 10 === 0) return;
    socket.send(data);
  };
  return response;
});

Deno.addSignalListener("SIGTERM", () => Deno.exit(0));
const line = JSON.stringify({
  ready: true,
  url: `ws://127.0.0.1:${server.addr.port}/`,
  pid: Deno.pid,
  server: "faulty",
  runtime: "deno",
  library: "none",
});
Deno.stdout.writeSync(new TextEncoder().encode(line + "\n"));
