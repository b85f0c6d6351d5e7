/** Small servers of Phoenix's channels and of Action Cable: what is said on a topic goes to all who have joined it. */

/** A server, and where it is. */
export interface ChannelServer extends AsyncDisposable {
  readonly url: string;
}

/** @param protocol the subprotocol that the server chooses, if any */
function serve(
  take: (text: string, socket: WebSocket) => void,
  greet: (socket: WebSocket) => void,
  protocol?: string,
): ChannelServer {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request, protocol ? { protocol } : {});
    socket.onopen = () => greet(socket);
    socket.onmessage = ({ data }) => take(data, socket);
    return response;
  });
  return {
    url: `ws://127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** Who has joined what. */
class Members {
  readonly #sockets = new Map<string, Set<WebSocket>>();

  of(name: string): Set<WebSocket> {
    let sockets = this.#sockets.get(name);
    if (sockets === undefined) this.#sockets.set(name, sockets = new Set());
    return sockets;
  }

  tell(name: string, text: string): void {
    for (const socket of this.of(name)) {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    }
  }
}

/** Replies to each event with its payload, and broadcasts it. */
export function phoenixServer(): ChannelServer {
  const members = new Members();
  return serve((text, socket) => {
    const [join, reference, topic, event, payload] = JSON.parse(text);
    const response = event.startsWith("phx_") ? {} : payload;
    if (event === "phx_join") members.of(topic).add(socket);
    if (event === "phx_leave") members.of(topic).delete(socket);
    socket.send(JSON.stringify([join, reference, topic, "phx_reply", { status: "ok", response }]));
    if (event.startsWith("phx_") || event === "heartbeat") return;
    members.tell(topic, JSON.stringify([null, null, topic, event, payload]));
  }, () => {});
}

/** Broadcasts the data of each message. */
export function cableServer(): ChannelServer {
  const members = new Members();
  return serve(
    (text, socket) => {
      const { command, identifier, data } = JSON.parse(text);
      if (command === "subscribe") {
        members.of(identifier).add(socket);
        socket.send(JSON.stringify({ type: "confirm_subscription", identifier }));
      } else if (command === "unsubscribe") members.of(identifier).delete(socket);
      else members.tell(identifier, JSON.stringify({ identifier, message: JSON.parse(data) }));
    },
    (socket) => socket.send('{"type":"welcome"}'),
    "actioncable-v1-json",
  );
}
