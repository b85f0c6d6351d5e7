import assert from "node:assert/strict";
import { type Greeting, readGreeting } from "./greeting.ts";

const INFO = {
  server_id: "X",
  version: "2.9.10",
  proto: 1,
  host: "127.0.0.1",
  port: 4222,
  headers: true,
  max_payload: 1048576,
};

/** Reads what a server says, whatever that is, and then closes the connection. */
async function greetedBy(
  said: string | undefined,
  isEncrypted = false,
  patienceMs?: number,
): Promise<Greeting> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const over = Promise.withResolvers<void>();
  const serving = (async () => {
    using connection = await listener.accept();
    if (said === undefined) await over.promise;
    else await connection.write(new TextEncoder().encode(said));
  })();
  try {
    return await readGreeting({ hostname: "127.0.0.1", port, isEncrypted }, patienceMs);
  } finally {
    over.resolve();
    await serving;
  }
}

const info = (more: Readonly<Record<string, unknown>> = {}): string =>
  `INFO ${JSON.stringify({ ...INFO, ...more })} \r\n`;

Deno.test("readGreeting() reads what a server says of itself", async () => {
  assert.deepEqual(await greetedBy(info()), {
    version: "2.9.10",
    maxPayload: 1048576,
    asksWho: false,
    isReachable: false,
    isEncrypted: false,
  });
  assert.equal((await greetedBy(info({ auth_required: true }))).asksWho, true);
  assert.equal((await greetedBy(info({ host: "0.0.0.0" }))).isReachable, true);
  assert.equal((await greetedBy(info({ host: "localhost" }))).isReachable, false);
  assert.equal((await greetedBy(info({ tls_available: true }), true)).isEncrypted, true);
});

for (
  const [name, said, message] of [
    [
      "an HTTP server",
      "HTTP/1.1 400 Bad Request\r\n\r\n",
      /is no NATS server, as it says "HTTP\/1\.1 400 Bad Request": correct the address$/,
    ],
    ["a server that closes", "", /is no NATS server, as it closed the connection: correct/],
    ["an escape sequence", "\x1b[31mINFO\n", /as it says "\\u001b\[31mINFO"/],
    ["bad JSON", "INFO {no}\r\n", /is no NATS server, as it says "INFO \{no\}"/],
    ["a greeting without what it must have", "INFO {}\r\n", /as it says "INFO \{\}"/],
    [
      "a long line without an end",
      "x".repeat(1_000_000),
      /is no NATS server, as it says "x+… \([\d,]+ characters\) …x+": correct/,
    ],
    [
      "a server that is too old",
      info({ version: "2.1.9" }),
      /is too old or has no headers: give it nats-server 2\.2\.0 or later, received 2\.1\.9$/,
    ],
    [
      "a server without headers",
      info({ headers: false }),
      /is too old or has no headers: .*received 2\.9\.10$/,
    ],
    [
      "a server that wants a client certificate",
      info({ tls_required: true, tls_verify: true }),
      /asks for a client certificate, and wsmark has none/,
    ],
  ] as const
) {
  Deno.test(`readGreeting() refuses ${name}`, async () => {
    await assert.rejects(greetedBy(said), { name: "UsageError", message });
  });
}

for (const version of ["2.2.0", "2.10.0", "3.0.0", "2.12.1-RC.2"]) {
  Deno.test(`readGreeting() takes version ${version}`, async () => {
    assert.equal((await greetedBy(info({ version }))).version, version);
  });
}

Deno.test("readGreeting() refuses a server that cannot encrypt", async () => {
  await assert.rejects(greetedBy(info(), true), {
    message: /^The NATS at tls:\/\/127\.0\.0\.1:\d+ cannot encrypt, as it has no certificate/,
  });
});

Deno.test("readGreeting() gives up on a server that says nothing", async () => {
  await assert.rejects(greetedBy(undefined, false, 50), {
    name: "UsageError",
    message: /says nothing within 0\.05 s, and a NATS server greets at once/,
  });
});

Deno.test("readGreeting() says that nobody listens, and that there is no such host", async () => {
  const { port } = (() => {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    return listener.addr;
  })();
  await assert.rejects(readGreeting({ hostname: "127.0.0.1", port, isEncrypted: false }), {
    name: "UsageError",
    message: `Nobody listens at nats://127.0.0.1:${port}: start NATS there (deno task nats), ` +
      "or correct the address",
  });
  await assert.rejects(readGreeting({ hostname: "no.invalid", port, isEncrypted: false }), {
    name: "UsageError",
    message: /^There is no host "no\.invalid" \(.*\): correct the URL of NATS$/,
  });
});
