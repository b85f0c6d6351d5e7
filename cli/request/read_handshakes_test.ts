import assert from "node:assert/strict";
import { readArguments } from "../arguments.ts";
import { handshakeOptions } from "../options/own_server_options.ts";
import { withHandshakes } from "./read_handshakes.ts";

const SERVERS = [
  { name: "a", url: "wss://localhost:1/" },
  { name: "b", url: "ws://localhost:2/" },
];

const read = (...args: string[]) => withHandshakes(SERVERS, readArguments(args, handshakeOptions));

Deno.test("withHandshakes() puts what is said of a server, and of all, to it", () => {
  assert.deepEqual(
    read(
      ...["--header", "a=Authorization: Bearer x=y", "--header", "Origin: https://app.example"],
      ...["--header", "b=Origin: null", "--header", "a=X-A: 1", "--header", "a=X-A: 2"],
      ...["--subprotocol", "chat.v2, chat.v1", "--subprotocol", "b=mqtt", "--follow", "b"],
      ...["--ca", "./all=.pem", "--server-name", "a=app.example"],
      ...["--start-timeout", "12", "--reply-timeout", "b=0.5s"],
    ),
    [
      {
        ...SERVERS[0],
        headers: {
          Origin: ["https://app.example"],
          Authorization: ["Bearer x=y"],
          "X-A": ["1", "2"],
        },
        tls: { ca: "./all=.pem", serverName: "app.example" },
        subprotocols: ["chat.v2", "chat.v1"],
        startTimeoutMs: 12_000,
      },
      {
        ...SERVERS[1],
        headers: { Origin: ["null"] },
        subprotocols: ["mqtt"],
        follow: true,
        startTimeoutMs: 12_000,
        replyTimeoutMs: 500,
      },
    ],
  );
});

Deno.test("withHandshakes() leaves servers as they are if nothing is said", () => {
  assert.deepEqual(read(), SERVERS);
});

Deno.test("withHandshakes() puts --insecure all to those with TLS, and to one that is named", () => {
  assert.deepEqual(read("--insecure", "all").map(({ tls }) => tls), [
    { insecure: true },
    undefined,
  ]);
  const named = read("--insecure", "a,b").map(({ tls }) => tls);
  assert.deepEqual(named, [{ insecure: true }, { insecure: true }]);
});

const unknown = (option: string): string =>
  `--${option} is for a server of --url or --command, and none is called "c"`;

for (
  const [args, message] of [
    [["--header", "c=X: y"], unknown("header")],
    [["--insecure", "c"], unknown("insecure")],
    [["--ca", "c=x.pem"], unknown("ca")],
    [
      ["--header", "a=secret"],
      "--header needs NAME='FIELD: VALUE', such as mine='Cookie: sid={env.SID}': received one without a field and \":\"",
    ],
    [
      ["--header", "a=Cookie:"],
      "--header needs NAME='FIELD: VALUE', such as mine='Cookie: sid={env.SID}': received Cookie without a value",
    ],
    [["--ca", "a=x", "--ca", "a=y"], '--ca is given twice for "a"'],
    [["--ca", "a="], '--ca needs NAME=FILE: received "a="'],
    [
      ["--start-timeout", "a=soon"],
      '--start-timeout needs NAME=TIME, such as mine=10 or mine=10s, mine=500ms: received "soon"',
    ],
  ] as const
) {
  Deno.test(`withHandshakes() refuses ${args.join(" ")}`, () => {
    assert.throws(() => read(...args), { name: "UsageError", message: message });
  });
}

Deno.test("withHandshakes() refuses what is for nobody", () => {
  const args = readArguments(["--follow", "all"], handshakeOptions);
  assert.throws(() => withHandshakes([], args), {
    message: "--follow is for a server of --url or --command, and there is none",
  });
});
