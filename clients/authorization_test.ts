import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { libraries } from "./mod.ts";

for (const { id, load } of libraries) {
  Deno.test(`${id} sends user and password of the URL as Basic authorization, decoded`, async () => {
    const sent: (string | null)[] = [];
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      (request) => {
        sent.push(request.headers.get("authorization"));
        return new Response(null, { status: 401 });
      },
    );
    const client = await load();
    const { promise, resolve } = Promise.withResolvers<string>();
    client.connect(`ws://us%20er:p%40ss%20%C3%A9@127.0.0.1:${server.addr.port}/a`, {
      opened() {},
      received() {},
      closed: (_code, reason) => resolve(reason),
    });
    assert.match(await promise, /401/);
    assert.deepEqual(sent, [`Basic ${Buffer.from("us er:p@ss é").toString("base64")}`]);
  });
}
