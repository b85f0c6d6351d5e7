/** That the two scripts with which findings can be repeated say what comes. */

import assert from "node:assert/strict";
import { needing } from "../testing/needs.ts";

async function python(script: string, ...args: readonly string[]): Promise<string> {
  const file = new URL(`../../docs/findings/${script}`, import.meta.url).pathname;
  const { stdout, stderr } = await new Deno.Command("python3", { args: [file, ...args] }).output();
  return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
}

/** A port on which nobody listens now. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

Deno.test(needing(["python3"], {
  name: "say.py sends bytes to a server, and fields in the place of usual ones",
  async fn() {
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      (request) => {
        if (!request.headers.has("upgrade")) return new Response("No", { status: 426 });
        const { socket, response } = Deno.upgradeWebSocket(request);
        socket.onmessage = ({ data }) => socket.close(1000, data);
        return response;
      },
    );
    const port = String(server.addr.port);
    const said = await python("say.py", port, "81 85 00 00 00 00 48 65 6c 6c 6f");
    assert.match(said, /^HTTP\/1\.1 101 [^]*\n88 07 03 e8 48 65 6c 6c 6f\n/);
    assert.match(await python("say.py", port, "", "Upgrade:-"), /^HTTP\/1\.1 426 /);
  },
}));

Deno.test(needing(["python3"], {
  name: "answer.py accepts a client, and sends it bytes",
  async fn() {
    const port = freePort();
    const said = python("answer.py", String(port), "81 05 48 65 6c 6c 6f", "X-Own: 1");
    for (;;) {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
      const message = await new Promise((resolve) => {
        socket.onmessage = ({ data }) => resolve(data);
        // It does not listen yet.
        socket.onerror = () => resolve(undefined);
      });
      if (message === undefined) continue;
      assert.equal(message, "Hello");
      const { promise, resolve } = Promise.withResolvers<unknown>();
      socket.onclose = resolve;
      socket.close(1000);
      assert.match(await said, /^88 82 /);
      await promise;
      break;
    }
  },
}));
