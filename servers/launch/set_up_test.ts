import { deepEqual, equal, match, ok } from "node:assert/strict";
import { servers } from "../mod.ts";
import type { ServerEntry, SetUp } from "../types.ts";
import { changesOf, inSetUp, variablesOf } from "./set_up.ts";

function named(id: string, setUp: SetUp = {}): ServerEntry {
  return inSetUp(servers.find((server) => server.id === id)!, setUp);
}

Deno.test("inSetUp() gives a server what it has of a set-up, and leaves one that has nothing of it as it is", () => {
  deepEqual(named("gws", { class: "tuned", workers: 2 }).setUp, { class: "tuned", workers: 2 });
  deepEqual(named("tornado", { class: "tuned", workers: 2 }).setUp, { workers: 2 });
  equal(named("ws-bun", { class: "tuned", workers: 2 }), named("ws-bun"));
});

Deno.test("variablesOf() says what the environment of a server has, by its runtime", () => {
  const of = (id: string, setUp: SetUp) => variablesOf(named(id, setUp));
  deepEqual(of("gws", {}), {});
  deepEqual(of("gws", { class: "tuned", workers: 2 }), { GOGC: "400", GOMAXPROCS: "2" });
  deepEqual(of("axum", { workers: 3 }), { TOKIO_WORKER_THREADS: "3" });
  for (const id of ["native", "ws-node", "bun", "tornado"]) {
    deepEqual(of(id, { workers: 4 }), { WSMARK_WORKERS: "4" }, id);
  }
});

Deno.test("variablesOf() puts options of a class and of workers side by side", () => {
  deepEqual(variablesOf(named("netty", { class: "tuned", workers: 2 })), {
    JDK_JAVA_OPTIONS: "-XX:+UseParallelGC -XX:ActiveProcessorCount=2",
  });
});

Deno.test("every class and kind of workers says what it changes, as a phrase", () => {
  for (const server of servers) {
    if (server.launch.by !== "contract") continue;
    for (const name of ["tuned", "minimal"] as const) {
      for (const { about } of changesOf(inSetUp(server, { class: name, workers: 2 }))) {
        match(about, /^\S.*[^.]$/, server.id);
      }
    }
  }
});

Deno.test("at least four servers have two classes", () => {
  const several = servers.filter(({ launch }) => launch.by === "contract" && launch.classes);
  ok(several.length >= 4, String(several.length));
});
