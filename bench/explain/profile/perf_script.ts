/** Reads the stacks that perf-script(1) prints. */

import { kindOfScript, kindOfSymbol } from "../../../measure/explain/profile/kinds.ts";
import type { Frame, Stack } from "../../../measure/explain/profile/profile.ts";
import type { ModuleOf } from "./bundle_lines.ts";
import { shortPath } from "./paths.ts";
import type { NameAt } from "./perf_map.ts";

/**
 * Reads what `perf script -F comm,tid,period,ip,sym,dso` prints: a line that begins a sample, its functions from the
 * innermost one, an empty line. The period of the event `cpu-clock` is in nanoseconds.
 */
export async function stacksOf(
  lines: AsyncIterable<string>,
  moduleOf: ModuleOf,
  nameAt: NameAt = () => undefined,
): Promise<Stack[]> {
  const stacks: Stack[] = [];
  const known = new Map<string, Frame>();
  const nameless = new Map<string, Frame>();
  let us = 0;
  let frames: Frame[] = [];
  const end = (): void => {
    if (frames.length > 0) stacks.push({ frames: frames.reverse(), us });
    frames = [];
  };
  for await (const line of lines) {
    if (!/^\s/.test(line)) {
      end();
      us = Number(/(\d+)\s*$/.exec(line)?.[1] ?? 0) / 1000;
      continue;
    }
    let frame = known.get(line);
    if (frame === undefined) {
      frame = frameOf(line, moduleOf, nameAt);
      // Those without names are one.
      const { name, file = "" } = frame;
      if (name.startsWith("(")) frame = nameless.get(name + file) ?? frame;
      nameless.set(name + file, frame);
      known.set(line, frame);
    }
    // Where a stack cannot be unwound further perf says so as if it were a function.
    if (frame.name === NOWHERE) continue;
    // Functions of a program without names, one below the other, say no more than one.
    if (frame !== frames.at(-1) || !frame.name.startsWith("(")) frames.push(frame);
  }
  end();
  return stacks;
}

const NOWHERE = "";
/** What perf calls the list of compiled code. */
const COMPILED = "perf-0.map";

/** A line of a stack: address, name, and in brackets what has it. */
function frameOf(line: string, moduleOf: ModuleOf, nameAt: NameAt): Frame {
  const [, address = "", said = "", at = ""] =
    /^\s+([0-9a-f]+)\s+(.*) \(([^()]*|.*\)?)\)$/.exec(line) ?? [];
  // perf learns of compiled code by what is mapped as executable, V8 makes it so later.
  const compiled = said === "[unknown]" ? nameAt(parseInt(address, 16)) : undefined;
  const [name, place] = compiled === undefined ? [said, at] : [compiled, COMPILED];
  if (place === "[unknown]" && name === "[unknown]") return { name: NOWHERE, kind: "runtime" };
  const kind = kindOfSymbol({ name, place });
  const file = place.slice(place.lastIndexOf("/") + 1);
  // V8: `JS:*name file:///path:line:column`, with signs for how well it is compiled.
  const [, script = "", url = "", row = ""] =
    /^(?:JS|Function|Script|Eval|LazyCompile):\W*?([\w$#. <>\[\]-]*?) ?((?:\w+:|\/)\S*?):(\d+)(?::\d+)?$/
      .exec(name) ?? [];
  if (url !== "") {
    const module = moduleOf(url, Number(row));
    return {
      name: script === ""
        ? `(anonymous in ${shortPath(module ?? url)}${module === undefined ? `:${row}` : ""})`
        : script,
      kind: kindOfScript(module ?? url),
      file: shortPath(module ?? url),
      ...(module === undefined && { line: Number(row) }),
    };
  }
  if (kind === "kernel") return { name: name === "[unknown]" ? "(kernel)" : name, kind };
  const isCompiled = /^perf-\d+\.map$/.test(file);
  if (name === "[unknown]") {
    return isCompiled ? { name: "(compiled)", kind } : { name: `(${file})`, kind, file };
  }
  if (isCompiled) return { name: withoutTypes(name), kind };
  return { name: name.replace(/\.abi0$/, ""), kind, file };
}

/** A method of Java as people say it: without what it returns, and what it takes. */
function withoutTypes(name: string): string {
  const method = /^(?:[\w.$[\]]+ )?([\w$]+(?:\.[\w$<>]+)+)\(.*\)$/.exec(name)?.[1];
  return method ?? name;
}
