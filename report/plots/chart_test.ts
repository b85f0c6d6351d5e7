import assert from "node:assert/strict";
import {
  captionOf,
  fieldOf,
  leaveOut,
  omissions,
  plotOf,
  rounded,
  roundsOf,
  varies,
  withNote,
} from "./chart.ts";
import { PLOTTED, SCENARIOS } from "./testdata.ts";

const DRAWING = { spec: ({ place }: { place: string }) => ({ mark: place }) };

Deno.test("plotOf() makes an id that is a valid file name", () => {
  const words = {
    section: "../a b",
    kind: "bars",
    title: "T",
    question: "Q?",
    note: [],
    alt: ["A."],
  };
  assert.equal(plotOf(PLOTTED, words, DRAWING).id, "a-b-bars");
  assert.equal(plotOf(PLOTTED, words, DRAWING).section, "../a b");
});

Deno.test("plotOf() keeps texts on one line", () => {
  const words = {
    section: "a",
    kind: "b",
    title: "T\n\u001b[1mU",
    question: "Q?",
    note: [],
    alt: ["A.\n", "B."],
  };
  const { title, alt } = plotOf(PLOTTED, words, DRAWING);
  assert.deepEqual([title, alt], ["T U", "A. B."]);
});

Deno.test("plotOf() draws for a file with question and note, and for a page with the figures' title", () => {
  const words = { section: "a", kind: "b", title: "T", question: "Q?", note: ["N."], alt: [] };
  const legend = PLOTTED.servers.slice(1, 2);
  const { spec, page } = plotOf(PLOTTED, words, { ...DRAWING, figures: "F (ms)", legend });
  const text = (one: unknown): unknown => (one as { title: { text: string[] } }).title.text;
  assert.deepEqual([spec.mark, page!.wide!.mark, page!.narrow.mark], ["file", "wide", "narrow"]);
  assert.deepEqual([text(spec), text(page!.wide)], [["Q? N."], ["F (ms)"]]);
  assert.deepEqual([page!.note, page!.legend], ["N.", [{ server: 1, name: "ws" }]]);
});

Deno.test("withNote() breaks the note into lines", () => {
  const { title } = withNote({}, ["word ".repeat(30)]) as { title: { text: string[] } };
  assert.equal(title.text.length, 2);
});

Deno.test("fieldOf() leaves out servers that failed or replied wrongly", () => {
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

Deno.test("rounded() keeps five digits", () => {
  assert.equal(rounded(1 / 3), 0.33333);
});

Deno.test("captionOf() has machine, versions and date", () => {
  assert.equal(
    captionOf(PLOTTED),
    "Example CPU @ 2.50GHz; Deno.serve, ws 8.21.3, socket.io 4.8.1 on deno 2.9.6; wsmark 0.1.0; 2026-01-31.",
  );
});

Deno.test("captionOf() names each runtime if they differ, and leaves out what is unknown", () => {
  const [native, ws] = PLOTTED.servers;
  const servers = [{ ...native!, runtime: "node 24" }, ws!, { id: "u", title: "u", protocol: "p" }];
  assert.equal(
    captionOf({ ...PLOTTED, machine: [], servers }),
    "Deno.serve on node 24, ws 8.21.3 on deno 2.9.6; wsmark 0.1.0; 2026-01-31.",
  );
});

Deno.test("varies() is true if one parameter differs, with enough values", () => {
  const { scalability, throughput, rate } = SCENARIOS;
  assert.equal(varies(scalability, "connections"), true);
  assert.equal(varies({ ...scalability, cases: scalability.cases.slice(1) }, "connections"), false);
  assert.equal(varies(throughput, "connections"), false);
  assert.equal(varies(rate, "rate"), true);
});

Deno.test("varies() is false if another parameter differs too, or two cases are equal", () => {
  const { scalability, rate } = SCENARIOS;
  const [one, ...rest] = scalability.cases;
  const other = { ...one!, parameters: { connections: 1, size: 9 } };
  assert.equal(varies({ ...scalability, cases: [other, ...rest] }, "connections"), false);
  assert.equal(varies({ ...scalability, cases: [one!, one!, ...rest] }, "connections"), false);
  const mixed = [
    rate.cases[0]!,
    { ...rate.cases[1]!, parameters: { connections: 9, rate: 7 } },
  ];
  assert.equal(varies({ ...rate, cases: mixed }, "rate"), false);
});
