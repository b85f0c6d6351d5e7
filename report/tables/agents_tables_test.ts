import assert from "node:assert/strict";
import type { Agent, CompletedTrial, Result, Sharing } from "../../measure/model/result.ts";
import { RESULT } from "../testing/testdata.ts";
import { agentsSection } from "./agents_tables.ts";
import { formatCell, type Table } from "./table.ts";

const agent: Agent = {
  id: "a",
  host: "0123456789ab",
  isHere: false,
  clockOffsetMs: 3600.5,
  clockErrorMs: 0.25,
  roundTripMs: 0.5,
  machine: [{ group: "Processor", name: "Model", value: "X" }],
};
const agents: readonly Agent[] = [
  agent,
  { ...agent, id: "b", labels: { zone: "x", size: "big" } },
  { ...agent, id: "c", isHere: true, host: "ffff" },
];

const sharing: Sharing = {
  startSpreadMs: 0.75,
  overlapMs: 999.25,
  generators: ["a", "b", "c"].map((id, index) => ({
    agent: id,
    connections: 10,
    sent: 100 + index,
    replies: 100,
    offered: 101,
    pacingP99Ms: 0.5,
    ownPacingP99Ms: 0.05,
    cpu: index === 2 ? { absent: "no /proc" } : 0.5,
    wait: 0.01,
    beganMs: index / 4,
    clockErrorMs: 0.25,
    clockOffsetMs: 3600.5,
    clockDrift: 2e-5,
  })),
};

function withSharing(shared: Sharing): Result {
  const trials = RESULT.trials.map((trial, index) =>
    index === 0 ? { ...trial as CompletedTrial, sharing: shared } : trial
  );
  return { ...RESULT, trials };
}

const rows = ({ columns, rows }: Table): string[] =>
  rows.map((row) => row.map((cell, index) => formatCell(cell, columns[index]!)).join("|"));

Deno.test("agentsSection() has the agents, their shares, and the hardware of each other machine", () => {
  const [section] = agentsSection({ ...withSharing(sharing), agents });
  assert.equal(section!.title, "Agents");
  const [who, shares, hardware, ...others] = section!.tables;
  assert.deepEqual(rows(who!), [
    "a|0123456789ab||0.500|3,600.500|0.250",
    "b|0123456789ab|zone=x, size=big|0.500|3,600.500|0.250",
    "c|the one that the run was started on||0.500|3,600.500|0.250",
  ]);
  assert.equal(shares!.rows.length, 3);
  assert.match(rows(shares!)[1]!, /\|b\|.*\|10\|101\|100\|101\|0\.500\|0\.0500\|50\|1\|0\.250\|/);
  assert.equal(hardware!.title, "Hardware of a, b");
  assert.equal(hardware!.rows.length, 1);
  assert.deepEqual(others, []);
});

Deno.test("agentsSection() has the shares of generators on one machine, and nothing for one generator", () => {
  const generators = sharing.generators.map(({ agent: _, clockDrift: __, ...rest }) => rest);
  const [section] = agentsSection(withSharing({ ...sharing, generators }));
  assert.equal(section!.title, "Generators");
  const [shares] = section!.tables;
  assert.ok(shares!.columns.every(({ title }) => title !== "Clock drift"));
  assert.deepEqual(shares!.rows.map(([, name]) => name!.value), ["1", "2", "3"]);
  assert.deepEqual(agentsSection(RESULT), []);
});
