import assert from "node:assert/strict";
import { planRun, type RunPlan } from "../../bench/plan/options.ts";
import { agentLines } from "./agents_text.ts";
import { planText } from "./dry_run.ts";

const missesNothing = () => undefined;

function planOf(ids: readonly string[], ...scenarios: string[]): RunPlan {
  const agents = { nats: "nats://10.0.0.5:4222", ids, areHere: true };
  return planRun({ servers: ["native"], scenarios, agents }, missesNothing);
}

Deno.test("agentLines() says who the agents are, and what each would have of a case", () => {
  assert.deepEqual(agentLines(planOf(["a", "b", "c"], "rate", "connect", "burst", "capacity")), [
    "a, b and c at nats://10.0.0.5:4222",
    "rate, capacity: 22 connections on a, 21 connections each on b and c",
    "connect: 1 handshake at once on a, nothing on b and c",
    "connect: 11 handshakes at once each on a and b, 10 handshakes at once on c",
    "burst: all of it on a, nothing on b and c",
  ]);
});

Deno.test("agentLines() counts many agents, and says which one has the servers", () => {
  const ids = Array.from({ length: 12 }, (_, index) => `agent-${index}`);
  const plan = planOf(ids, "churn");
  const { settings } = plan;
  const served = {
    ...plan,
    settings: { ...settings, agents: { ...settings.agents!, server: "s" } },
  };
  assert.deepEqual(agentLines(served)[0], "12 agents at nats://10.0.0.5:4222; s has the servers");
  assert.ok(agentLines(served).includes("churn: its share each on 12 agents"));
});

Deno.test("planText() has a row of the agents, and none without them", () => {
  assert.match(planText(planOf(["a", "b"], "latency")), /^Agents {8}a and b at nats:/m);
  assert.doesNotMatch(planText(planRun({ servers: ["native"], scenarios: ["latency"] })), /Agents/);
});
