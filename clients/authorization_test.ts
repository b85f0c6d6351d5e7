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

for (const { id, load, cannot } of libraries) {
  Deno.test(`${id} sends headers and subprotocols that it is given`, async () => {
    const sent: Headers[] = [];
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      (request) => {
        sent.push(new Headers(request.headers));
        return new Response(null, { status: 401 });
      },
    );
    const client = await load();
    const { promise, resolve } = Promise.withResolvers<string>();
    const hasHost = cannot?.host === undefined;
    client.connect(
      `ws://127.0.0.1:${server.addr.port}/a`,
      { opened() {}, received() {}, closed: (_code, reason) => resolve(reason) },
      undefined,
      {
        headers: [
          ["Authorization", "Bearer t"],
          ["Cookie", "sid=42"],
          ["Origin", "https://app.example"],
          ["X-A", "1"],
          ["X-A", "2"],
          ...(hasHost ? [["Host", "app.example"] as const] : []),
        ],
        subprotocols: ["chat.v2", "chat.v1"],
      },
    );
    assert.match(await promise, /401/);
    const [headers] = sent;
    const names = ["authorization", "cookie", "origin", "x-a", "sec-websocket-protocol"];
    assert.deepEqual(
      names.map((name) => headers!.get(name)?.replaceAll(/, ?/g, ",")),
      ["Bearer t", "sid=42", "https://app.example", "1,2", "chat.v2,chat.v1"],
    );
    if (hasHost) assert.equal(headers!.get("host"), "app.example");
  });
}
