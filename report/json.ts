/** The result as JSON, with one line for each object or array without others in it, so that long runs stay readable. */

import { RULES } from "../measure/judge/judge.ts";
import type { Result } from "../measure/model/result.ts";
import type { RenderedFile } from "./format.ts";

export function render(result: Result): RenderedFile[] {
  return [{ path: "results.json", content: renderJson({ ...result, judgedBy: RULES }) }];
}

/** The result as JSON that ends with a line break; the same result gives the same text. */
export function renderJson(result: Result): string {
  // A round trip drops everything that JSON cannot represent, so that the layout has only plain values.
  return `${layOut(JSON.parse(JSON.stringify(result)), "")}\n`;
}

/** A plain value as JSON, after an indent. */
export function layOut(value: unknown, indent: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const isArray = Array.isArray(value);
  const [open, close] = isArray ? "[]" : "{}";
  const isFlat = Object.values(value).every((member) =>
    typeof member !== "object" || member === null
  );
  const inner = isFlat ? "" : `${indent}  `;
  const members = Object.entries(value).map(([key, member]) =>
    isArray ? layOut(member, inner) : `${JSON.stringify(key)}: ${layOut(member, inner)}`
  );
  if (isFlat) return `${open}${members.join(", ")}${close}`;
  return `${open}\n${inner}${members.join(`,\n${inner}`)}\n${indent}${close}`;
}
