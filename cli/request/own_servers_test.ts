import assert from "node:assert/strict";
import type { ForeignServer } from "../../bench/plan/run_options.ts";
import { readArguments } from "../arguments.ts";
import { ownServerOptions } from "../options/own_server_options.ts";
import { readOwnServers } from "./own_servers.ts";

const read = (...args: string[]): ForeignServer[] =>
  readOwnServers(readArguments(args, ownServerOptions));

Deno.test("readOwnServers() puts together what belongs to a name", () => {
  assert.deepEqual(
    read(
      ...["--url", "a=ws://localhost:1/?x=y", "--url=b=ws://localhost:2"],
      ...["--command", "c=node s.js --port={port}", "--pid", "a=17", "--path=c=/chat"],
      ...["--protocol", "b=socket.io", "--protocol", "a=./p.ts"],
      ...["--set", "a=level=2", "--set", "a=name=x y"],
    ),
    [
      {
        name: "a",
        url: "ws://localhost:1/?x=y",
        protocol: "./p.ts",
        protocolOptions: { level: 2, name: "x y" },
        pid: 17,
      },
      { name: "b", url: "ws://localhost:2", protocol: "socket.io" },
      { name: "c", command: "node s.js --port={port}", path: "/chat" },
    ],
  );
  assert.deepEqual(read(), []);
});

Deno.test("readOwnServers() takes options of a protocol, which say that a server speaks it", () => {
  assert.deepEqual(
    read(
      ...["--url=a=ws://x", "--open", "a=LOGIN {env.TOKEN} => +ok", "--open=a==> ready"],
      ...["--message", 'a={"id":{sequence}}', "--reply=a=id:/id", "--ignore=a=tick"],
      ...["--set", 'a=ignore={"/type":"news"}', "--close", "a=bye"],
    ),
    [{
      name: "a",
      url: "ws://x",
      protocol: "messages",
      protocolOptions: {
        open: [{ send: "LOGIN {env.TOKEN}", expect: "+ok" }, { expect: "ready" }],
        message: '{"id":{sequence}}',
        reply: { id: "/id" },
        ignore: ["tick", { "/type": "news" }],
        close: "bye",
      },
    }],
  );
});

const wrong: readonly [args: readonly string[], message: string][] = [
  [["--url", "ws://localhost:1"], '--url needs NAME=ws://…: received "ws://localhost:1"'],
  [["--url", "=ws://x"], '--url needs NAME=ws://…: received "=ws://x"'],
  [["--path", "a="], '--path needs NAME=/PATH: received "a="'],
  [["--url=a=ws://x", "--url=a=ws://y"], '--url is given twice for "a"'],
  [["--url=a=ws://x", "--command=a=y"], '--url and --command both name "a"'],
  [["--url=a=ws://x", "--pid=a=x"], '--pid needs the number of a process: received "x"'],
  [
    ["--url=mine=ws://x", "--path=mien=/y"],
    '--path is for a server of --url or --command, and none is called "mien", did you mean "mine"?',
  ],
  [
    ["--url=a=ws://x", "--protocol=a=socket.io", "--reply=a=echo"],
    "--reply is for a server that speaks messages, and a speaks socket.io",
  ],
  [["--url=a=ws://x", "--reply=a=echo", "--reply=a=echo"], '--reply is given twice for "a"'],
  [["--url=a=ws://x", "--set=a=qos"], '--set needs NAME=KEY=VALUE: received "a=qos"'],
  [["--url=a=ws://x", "--set=a=qos=1"], 'a: WebSocket has no option "qos"'],
  [["--set=a=qos=1"], '--set is for a server of --url or --command, and none is called "a"'],
  [
    ["--url=a=ws://x", "--protocol=a=./p.ts", "--set=a=k=1", "--set=a=k=2"],
    '--set gives "k" twice for "a"',
  ],
  [
    ["--pid=a=7"],
    '--pid is for a server of --url or --command, and none is called "a"',
  ],
];

for (const [args, message] of wrong) {
  Deno.test(`readOwnServers() refuses ${args.join(" ")}`, () => {
    assert.throws(() => read(...args), { name: "UsageError", message });
  });
}
