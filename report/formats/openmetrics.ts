/**
 * Metrics as OpenMetrics text, version 1.0.0
 * (https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md): for Prometheus, its push gateway and
 * what else reads that. There are no time stamps: what reads a file says itself when it did.
 */

import type { Result } from "../../measure/model/result.ts";
import type { RenderedFile } from "../format.ts";
import { type Buckets, familiesOf, type Family, type Labels } from "./families.ts";

export function render(result: Result): RenderedFile[] {
  return [{ path: "openmetrics.txt", content: openMetricsText(familiesOf(result)) }];
}

/** The media type of the text. */
export const OPEN_METRICS_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/** The text; a family without points is left out. */
export function openMetricsText(families: readonly Family[]): string {
  return `${families.map(familyText).join("")}# EOF\n`;
}

function familyText(family: Family): string {
  if (family.points.length === 0) return "";
  const { unit: { name: unit }, type, help } = family;
  const name = `wsmark_${family.name}${unit === "" ? "" : `_${unit}`}`;
  const lines = [
    `# TYPE ${name} ${type}`,
    ...(unit === "" ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${escaped(help)}`,
    ...(family.type === "histogram"
      ? family.points.flatMap(({ labels, value }) => histogramLines(name, labels, value))
      : family.points.map(({ labels, value }) =>
        line(family.type === "counter" ? `${name}_total` : name, labels, value)
      )),
  ];
  return `${lines.join("\n")}\n`;
}

function histogramLines(name: string, labels: Labels, value: Buckets): string[] {
  const { bounds, counts, count, sum } = value;
  let below = 0;
  return [
    ...bounds.map((bound, index) =>
      line(`${name}_bucket`, { ...labels, le: number(bound) }, below += counts[index]!)
    ),
    line(`${name}_bucket`, { ...labels, le: "+Inf" }, count),
    line(`${name}_count`, labels, count),
    line(`${name}_sum`, labels, sum),
  ];
}

function line(name: string, labels: Labels, value: number): string {
  const inBraces = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}${inBraces.length === 0 ? "" : `{${inBraces.join(",")}}`} ${number(value)}`;
}

/** A bound is a float, which has a point or an exponent. */
function number(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value);
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
