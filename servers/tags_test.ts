import { deepEqual, equal, ok } from "node:assert/strict";
import { servers } from "./mod.ts";
import { hasTag, tagsOf } from "./tags.ts";

const named = (id: string) => servers.find((server) => server.id === id)!;

Deno.test("tagsOf() says what a server is written in, what runs it, and what it speaks", () => {
  const protocol = "websocket";
  deepEqual(tagsOf(named("ws-node")), { lang: "typescript", runtime: "node", protocol });
  deepEqual(tagsOf(named("tornado")), { lang: "python", runtime: "python", protocol });
  deepEqual(tagsOf(named("gws")), { lang: "go", runtime: "go", protocol });
  deepEqual(tagsOf({ launch: { by: "url", url: "ws://a/" }, protocol }), { protocol });
});

Deno.test("every server of the list has all tags", () => {
  for (const server of servers) equal(Object.keys(tagsOf(server)).length, 3, server.id);
});

Deno.test("hasTag() knows other names, in whatever case", () => {
  for (const name of ["js", "JavaScript", "TS", "typescript"]) {
    ok(hasTag(named("native"), "lang", name), name);
  }
  ok(!hasTag(named("native"), "lang", "go"));
  ok(hasTag(named("socketio"), "protocol", "Socket.IO"));
});
