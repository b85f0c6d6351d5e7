import assert from "node:assert/strict";
import { fieldOf, leaveOut, omissions, plotOf, roundsOf, withNote } from "./chart.ts";
import { PLOTTED, SCENARIOS } from "./testdata.ts";

Deno.test("plotOf() makes an id that may be the name of a file", () => {
  const words = { section: "../a b", kind: "bars", title: "T", note: [], alt: ["A."] };
  assert.equal(plotOf(PLOTTED, words, {}).id, "a-b-bars");
  assert.equal(plotOf(PLOTTED, words, {}).section, "../a b");
});

Deno.test("plotOf() keeps words on one line", () => {
  const words = { section: "a", kind: "b", title: "T\n\u001b[1mU", note: [], alt: ["A.\n", "B."] };
  const { title, alt } = plotOf(PLOTTED, words, {});
  assert.deepEqual([title, alt], ["T U", "A. B."]);
});

Deno.test("withNote() breaks the note into lines", () => {
  const { title } = withNote({}, ["word ".repeat(30)]) as { title: { text: string[] } };
  assert.equal(title.text.length, 2);
});

Deno.test("fieldOf() leaves out who failed or replied wrongly", () => {
  const { throughput } = SCENARIOS;
  const { sound, leftOut } = fieldOf(PLOTTED, throughput, throughput.cases[0]!);
  assert.deepEqual(sound.map(({ server }) => server.id), ["native", "ws"]);
  assert.deepEqual(leftOut, [{ server: "socket.io", reason: "wrong replies: 49 lost" }]);
});

Deno.test("omissions() names each server once for a reason, and cuts long ones", () => {
  assert.deepEqual(omissions([]), []);
  const one = leaveOut("a", "r".repeat(200));
  const [text] = omissions([one, one]);
  assert.equal(text, `Not drawn: a (${"r".repeat(89)}…).`);
});

Deno.test("roundsOf() counts rounds", () => {
  assert.equal(roundsOf(PLOTTED, SCENARIOS.rate), "7 rounds");
  const first = { ...PLOTTED, trials: PLOTTED.trials.filter(({ round }) => round === 1) };
  assert.equal(roundsOf(first, SCENARIOS.rate), "1 round");
});
