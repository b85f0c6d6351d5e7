/** A sample of the suite; `deno task faults` tries all of it. */

import assert from "node:assert/strict";
import { needing } from "../testing/needs.ts";
import { agentFaults, runAgents } from "./agent_runs.ts";
import { type Cell, cellsOf, rows, type Seen } from "./cells.ts";
import { runOutside } from "./outside_runs.ts";
import { runServers } from "./server_runs.ts";

const { cells } = cellsOf(rows);

function cellsCalled(...names: readonly string[]): Cell[] {
  return names.map((name) => {
    const cell = cells.find((one) => one.name === name);
    assert.ok(cell, name);
    return cell;
  });
}

function assertRight(all: readonly Seen[]): void {
  for (const { cell, wrong } of all) assert.deepEqual(wrong, [], cell.name);
}

// Processes are found in /proc, and the engine is epoll.
Deno.test(needing("Linux", {
  name: "a run goes on if a server exits, refuses, talks nonsense or leaves",
  async fn() {
    const group = cellsCalled(
      ...["exit.window", "handshake-500.connect", "garbage.window", "close.warm-up"],
    );
    assertRight(await runServers(group));
  },
}));

Deno.test(needing("Linux", {
  name: "a run endures pings, and replies that answer nothing",
  async fn() {
    assertRight(await runServers(cellsCalled("pings.window", "reply-to-nobody.window")));
  },
}));

Deno.test(needing("Linux", {
  name: "a run ends as it should if its generator is killed, and if the user stops it",
  async fn() {
    assertRight(
      await Promise.all(cellsCalled("generator-killed.window", "term.window").map(runOutside)),
    );
  },
}));

Deno.test("every fault of agents can be done", () => {
  const ids = rows.filter(({ by }) => by === "agents").map(({ id }) => id);
  assert.deepEqual(Object.keys(agentFaults).sort(), ids.sort());
});

Deno.test(needing(["Linux", "nats-server"], {
  name:
    "a run by agents fails the trial of an agent that is killed, and refuses one of another version",
  async fn() {
    for (const cell of cellsCalled("agent-killed.window", "agent-version.spawn")) {
      assertRight([await runAgents(cell)]);
    }
  },
}));
