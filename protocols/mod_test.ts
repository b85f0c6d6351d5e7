import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { connectIn } from "../clients/browser_connect.ts";
import { clients, libraries } from "../clients/mod.ts";
import { reference, servers } from "../servers/mod.ts";
import { writerOf } from "./parts/composer.ts";
import { constantMessage } from "./parts/message.ts";
import { codecFor, protocolOf, protocols } from "./mod.ts";
import { PROTOCOL_FLAGS, PROTOCOL_NAMES } from "./names.ts";

const ids = protocols.map(({ id }) => id);

Deno.test("protocols have different ids, and protocolOf() finds each", () => {
  equal(new Set(ids).size, protocols.length);
  for (const protocol of protocols) equal(protocolOf(protocol.id), protocol);
  throws(() => protocolOf("smoke signals"), {
    name: "RangeError",
    message: "Cannot speak a protocol that is not in the list: received 'smoke signals'",
  });
});

Deno.test("help names the protocols and their options as the list has them", () => {
  deepEqual(PROTOCOL_NAMES.map(({ id }) => id), ids);
  for (const [index, { title, pathNames }] of protocols.entries()) {
    const named = pathNames && `${title} the ${pathNames}`;
    equal(PROTOCOL_NAMES[index]!.pathNames, named);
  }
  const flags = protocols.flatMap(({ options = {} }) =>
    Object.entries(options).flatMap(([name, { flag }]) => flag === undefined ? [] : [name])
  );
  deepEqual([...new Set(flags)].sort(), Object.keys(PROTOCOL_FLAGS).sort());
});

Deno.test("every server and every client speaks protocols of the list", () => {
  for (const { id, protocol } of [...servers, reference]) ok(ids.includes(protocol), id);
  for (const { id, protocols } of clients) {
    ok(protocols.length > 0 && protocols.every((one) => ids.includes(one)), id);
  }
});

Deno.test("every protocol has a client that speaks it, and a browser is given a connection for each of its own", () => {
  for (const id of ids) ok(libraries.some(({ protocols }) => protocols.includes(id)), id);
  const [browser] = clients.filter(({ inBrowser }) => inBrowser);
  deepEqual(Object.keys(connectIn).sort(), [...browser!.protocols].sort());
});

for (const { id, isTextOnly } of protocols) {
  Deno.test(`${id}: messages are no longer than they say`, () => {
    const { url, messages } = codecFor(id, "ws://localhost:1/echo");
    equal(url.host, "localhost:1");
    for (const isText of isTextOnly ? [true] : [true, false]) {
      for (const text of ["", "hello", '"größe"\n\0']) {
        const all = messages(constantMessage(isText, new TextEncoder().encode(text)));
        ok(all.length > 0);
        for (const message of all) {
          const bytes = new Uint8Array(message.size);
          ok(writerOf(message)(bytes, 0, 3, 5) <= message.size);
        }
      }
    }
  });
}
