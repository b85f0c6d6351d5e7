import assert from "node:assert/strict";
import { until } from "../../checks/testing/until.ts";
import { LAYOUTS } from "./parts/layout.ts";
import { plotsOf } from "./mod.ts";
import { drawInThread, renderForPage, renderPng, renderSvg } from "./render.ts";
import { only } from "./testdata.ts";
import { DrawingThread } from "./thread.ts";

const [plot] = plotsOf(only("throughput"));

async function drawAll(): Promise<(string | Uint8Array)[]> {
  const svg = await renderSvg(plot!, "dark");
  return await Promise.all([svg, renderForPage(plot!.spec, LAYOUTS.file), renderPng(svg, 1)]);
}

Deno.test("drawInThread() changes where drawings are made, not what they are", async () => {
  const here = await drawAll();
  using _thread = drawInThread();
  assert.deepEqual(await drawAll(), here);
});

Deno.test("DrawingThread.draw() rejects what cannot be drawn, and draws what comes after it", async () => {
  using thread = new DrawingThread();
  const wrong = thread.draw({ kind: "png", svg: "no drawing", scale: 1 });
  const right = thread.draw({ kind: "svg", spec: plot!.spec, theme: "light" });
  await assert.rejects(wrong);
  assert.match(await right, /^<svg/);
});

Deno.test("DrawingThread.draw() starts a new thread after a pause", async () => {
  using thread = new DrawingThread();
  const task = { kind: "svg", spec: plot!.spec, theme: "light" } as const;
  const first = await thread.draw(task);
  await until("the end of the thread", () => !thread.isRunning);
  assert.equal(await thread.draw(task), first);
});
