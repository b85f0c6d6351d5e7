import assert from "node:assert/strict";
import { plotsOf } from "../plots/mod.ts";
import { renderPicture } from "../plots/pictures/picture.ts";
import { only } from "../plots/testdata.ts";
import { drawAhead, drawAll, drawn } from "./drawn.ts";

const KINDS = ["picture", "sheet", "page"] as const;

/** Plots that nothing has drawn yet. */
const plots = (): ReturnType<typeof plotsOf> => plotsOf(only("throughput"));

Deno.test("drawAhead() draws what drawn() would", async () => {
  const [plot] = plots();
  const here = await drawAll({ plot: { ...plot! }, kinds: KINDS });
  using _drawing = drawAhead([{ plot: plot!, kinds: KINDS }]);
  for (const kind of KINDS) assert.deepEqual(await drawn(plot!, kind), here[kind], kind);
});

Deno.test("drawn() draws what the worker was not asked for", async () => {
  const [plot] = plots();
  using _drawing = drawAhead([{ plot: plot!, kinds: ["page"] }]);
  const { svg } = await drawn(plot!, "picture");
  assert.equal(svg, await renderPicture(plot!));
});

Deno.test("drawn() draws what the worker had not drawn when it ended", async () => {
  const [plot] = plots();
  drawAhead([{ plot: plot!, kinds: ["page"] }])[Symbol.dispose]();
  assert.match((await drawn(plot!, "page")).narrow, /^<svg/);
});

Deno.test("drawn() fails with the reason for which the worker could not draw a plot, and draws the next", async () => {
  const [plot] = plots();
  const wrong = { ...plot!, spec: { mark: "none such" } };
  using _drawing = drawAhead([{ plot: wrong, kinds: ["picture"] }, {
    plot: plot!,
    kinds: ["page"],
  }]);
  assert.match((await drawn(plot!, "page")).narrow, /^<svg/);
  await assert.rejects(drawn(wrong, "picture"));
});
