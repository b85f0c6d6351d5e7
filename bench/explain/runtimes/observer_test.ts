import assert from "node:assert/strict";
import { servers } from "../../../servers/mod.ts";
import type { Launch, ServerEntry } from "../../../servers/types.ts";
import { type System, thisSystem } from "../../machine/system.ts";
import { runtimesObserver } from "./observer.ts";

const WINDOW = { replies: 10, windowMs: 1000 };
const elsewhere: System = { ...thisSystem, platform: "darwin" };

function named(id: string): ServerEntry {
  return servers.find((one) => one.id === id)!;
}

function own(launch: Launch): ServerEntry {
  return { id: "mine", title: "mine", protocol: "websocket", launch };
}

/** What is found of a server that tells nothing. */
async function found(server: ServerEntry) {
  const folder = await Deno.makeTempDir({ prefix: "wsmark-" });
  const observer = runtimesObserver(elsewhere);
  try {
    const { variables = {} } = server.launch.by === "url" ? {} : observer.prepare!(server, folder);
    const watch = await observer.attach({ server, pid: 7, folder });
    watch.windowStarts!();
    watch.windowEnds!();
    await watch.detach!();
    const { totals } = await watch.read(WINDOW);
    return { names: Object.keys(variables), totals };
  } finally {
    observer.close!();
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a server of the list is asked as its runtime is, one of the user's in all ways", async () => {
  const names = async (server: ServerEntry) => (await found(server)).names;
  assert.deepEqual(await names(named("gws")), ["WSMARK_COUNTERS"]);
  assert.deepEqual(await names(named("netty")), ["JDK_JAVA_OPTIONS"]);
  assert.deepEqual(await names(named("tornado")), ["PYTHONPATH"]);
  assert.deepEqual(await names(named("axum")), []);
  const mine = await names(own({ by: "command", command: ["npm", "start"] }));
  for (const name of ["NODE_OPTIONS", "JDK_JAVA_OPTIONS", "PYTHONPATH"]) {
    assert(mine.includes(name), name);
  }
});

Deno.test("what cannot be told has the reason", async () => {
  const absent = async (server: ServerEntry) => (await found(server)).totals["gc.share"];
  assert.deepEqual(await absent(named("axum")), { absent: "Rust has no garbage collector" });
  assert.deepEqual(await absent(own({ by: "command", command: ["./mine", "{port}"] })), {
    absent: "nothing in it told: only Deno, Node, Bun, Python and Java do",
  });
  assert.deepEqual(await absent(own({ by: "command", command: ["deno", "serve", "a.ts"] })), {
    absent: "Deno loads nothing in front of what deno serve runs; deno run does",
  });
  assert.deepEqual(await absent(own({ by: "url", url: "ws://127.0.0.1:1" })), {
    absent: "it ran already: only what is started here can be made to tell",
  });
});
