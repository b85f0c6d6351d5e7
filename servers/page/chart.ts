/// <reference lib="dom" />
/** The small histogram of a run, drawn in the size in which it is shown, so that its letters stay readable. */

import type { Bars } from "./bars.ts";
import { whole } from "./results.ts";

const HEIGHT = 150;
const TOP = 20;
const BOTTOM = 40;
const SIDE = 18;

/** Draws bars as a picture of `width` pixels. */
export function chartOf(
  { fromMs, toMs, widthMs, counts, ticksMs }: Bars,
  width: number,
): SVGElement {
  // deno-lint-ignore wsmark/no-spread-arguments -- as many as there are bars
  const most = Math.max(...counts);
  const x = (ms: number): number => SIDE + (ms - fromMs) / (toMs - fromMs) * (width - 2 * SIDE);
  const y = (count: number): number => HEIGHT - BOTTOM - count / most * (HEIGHT - BOTTOM - TOP);
  const ground = HEIGHT - BOTTOM;
  const latencies = `Latencies from ${fromMs} to ${toMs} ms`;
  return element("svg", {
    viewBox: `0 0 ${width} ${HEIGHT}`,
    width,
    height: HEIGHT,
    role: "img",
    "aria-label": `${latencies}; the highest bar has ${whole(most)} messages`,
  }, [
    ...counts.map((count, index) => {
      const left = fromMs + index * widthMs;
      const bar = {
        class: "bar",
        x: x(left) + 0.5,
        y: y(count),
        width: Math.max(1, x(left + widthMs) - x(left) - 1),
        height: ground - y(count),
      };
      return element("rect", bar, [element("title", {}, [`${whole(count)} messages`])]);
    }),
    element("path", { class: "axis", d: `M${SIDE} ${ground}H${width - SIDE}` }),
    ...ticksMs.flatMap((ms) => [
      element("path", { class: "axis", d: `M${x(ms)} ${ground}v5` }),
      element("text", { x: x(ms), y: ground + 18, "text-anchor": "middle" }, [String(ms)]),
    ]),
    element("text", { x: width / 2, y: HEIGHT - 4, "text-anchor": "middle" }, ["Latency in ms"]),
    element("text", { x: SIDE, y: 12 }, [
      `Messages in bars of ${widthMs} ms; the highest: ${whole(most)}`,
    ]),
  ]);
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly (Element | string)[] = [],
): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  // deno-lint-ignore wsmark/no-spread-arguments -- parts of one picture
  made.append(...children);
  return made;
}
