import assert from "node:assert/strict";
import { servers } from "../../servers/mod.ts";
import { pickServers } from "./server_choice.ts";

/** The ids of what is picked, of a list with servers of each kind. */
function picked(...words: readonly string[]): string[] {
  const few = ["native", "ws", "socketio", "ws-node", "bun", "tornado", "gws", "axum"];
  const list = servers.filter(({ id }) => few.includes(id));
  return pickServers(words, list).picked.map(({ id }) => id);
}

for (
  const [words, ids] of [
    ["gws,native", ["native", "gws"]],
    ["lang:go", ["gws"]],
    ["lang:go,rust", ["gws", "axum"]],
    ["lang:go,ws,rust", 'No server is called "rust": lang:rust names those that have it'],
    ["runtime:node,bun", ["ws-node", "bun"]],
    ["protocol:socket.io,native", ["native", "socketio"]],
    ["all,-lang:python", ["native", "ws", "socketio", "ws-node", "bun", "gws", "axum"]],
    ["all,-lang:js,python,-gws", ["axum"]],
    ["lang:js,-runtime:deno,ws", ["ws", "ws-node", "bun"]],
    ["-ws", 'There is nothing yet that "-ws" could leave out: name servers before it, as all,-ws'],
    ["ws,-ws", 'No server is left of "ws,-ws": leave out fewer'],
    [
      "lang:pyton",
      'Unknown lang "pyton" of "lang:pyton", did you mean "python"? Known: typescript, python, go, rust',
    ],
    ["langs:go", 'Unknown tag "langs", did you mean "lang"? Known: lang, runtime, protocol'],
    [
      "natve",
      'Unknown server "natve", did you mean "native"? Known: native, ws, socketio, ws-node, bun, tornado, gws, axum, all',
    ],
  ] as const
) {
  Deno.test(`pickServers() takes ${words} as ${ids}`, () => {
    const pick = (): string[] => picked(...words.split(","));
    if (typeof ids !== "string") assert.deepEqual(pick(), ids);
    else assert.throws(pick, { name: "UsageError", message: ids });
  });
}

Deno.test("pickServers() says which were named one by one", () => {
  const byName = (...words: readonly string[]): string[] => [...pickServers(words, servers).byName];
  assert.deepEqual(byName("ws", "lang:go", "gws", "all"), ["ws", "gws"]);
  assert.deepEqual(byName("runtime:bun", "bun"), []);
  assert.deepEqual(byName("all", "ws", "-ws", "lang:js"), []);
});

Deno.test("pickServers() throws when nothing is named", () => {
  assert.throws(() => pickServers([], servers), {
    message: /^No server is named\. Known: native, /,
  });
});
