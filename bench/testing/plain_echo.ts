/**
 * An echo that knows nothing of wsmark: no options, no ready line, the port in `PORT` or as its argument. With a second
 * argument it answers that text to whatever it is sent.
 */

const [port = Deno.env.get("PORT"), answer] = Deno.args;

Deno.serve({ hostname: "127.0.0.1", port: Number(port), onListen() {} }, (request) => {
  if (request.headers.get("upgrade") !== "websocket") return new Response("hello");
  const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: 0 });
  socket.onmessage = ({ data }) => socket.send(answer ?? data);
  return response;
});
Deno.stdout.writeSync(new TextEncoder().encode("listening\n"));
