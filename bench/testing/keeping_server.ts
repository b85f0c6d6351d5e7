/**
 * A worker with an echo that opens a connection only some time after it was asked to, and counts the keep-alives of each
 * in memory that it is given; one that comes before counts a million. It posts its port.
 */

/// <reference lib="deno.worker" />

/** For how long a connection is not ready, in milliseconds: several keep-alives would be due. */
const OPENING_MS = 100;
const TOO_EARLY = 1_000_000;

self.onmessage = ({ data: counts }: MessageEvent<Int32Array>) => {
  let next = 0;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    const connection = next++;
    let isReady = false;
    socket.onmessage = ({ data }) => {
      if (data === "open") {
        setTimeout(() => {
          isReady = true;
          socket.send("opened");
        }, OPENING_MS);
      } else if (data === "alive") Atomics.add(counts, connection, isReady ? 1 : TOO_EARLY);
      else socket.send(data);
    };
    return response;
  });
  self.postMessage(server.addr.port);
};
