/** A CPU profile: which stacks of functions the CPU time of a server went to. */

/** Whose code a function is: the system's, the runtime's (with its standard library), a library's, or the server's own. */
export const KINDS = ["kernel", "runtime", "library", "user"] as const;

/** Whose code a function is. */
export type Kind = typeof KINDS[number];

/** A function on a stack. */
export interface Frame {
  /** Its name. */
  readonly name: string;
  /** Whose code it is. */
  readonly kind: Kind;
  /** The file or program that has it; absent if that is not known. */
  readonly file?: string;
  /** Its line there, from 1. */
  readonly line?: number;
}

/** A stack, and the CPU time that was spent in it. */
export interface Stack {
  /** The functions, the outermost first. */
  readonly frames: readonly Frame[];
  /** In microseconds. */
  readonly us: number;
}

/** A CPU profile; equal stacks are one. */
export interface CpuProfile {
  /** What took it, and what it does not see, as a phrase. */
  readonly by: string;
  /** The heaviest first. */
  readonly stacks: readonly Stack[];
  /** What was left out for its size: so many stacks are one of their kind each now. */
  readonly leftOut?: number;
  /** Why it does not see the kernel, whose time is then that of what called it; absent if it does. */
  readonly noKernel?: string;
}

/** The most stacks that are kept: what a browser shows at once, and a file of less than a megabyte. */
const MOST_STACKS = 1500;
/** The most characters of a name: those of templates can be a page long. */
const MOST_NAME = 160;

/**
 * Puts equal stacks together, and the rarest of many.
 *
 * @param most stacks that are kept
 */
export function profileOf(by: string, stacks: Iterable<Stack>, most = MOST_STACKS): CpuProfile {
  const byKey = new Map<string, { readonly frames: readonly Frame[]; us: number }>();
  for (const { frames, us } of stacks) {
    if (frames.length === 0 || !(us > 0)) continue;
    const named = frames.map((frame) => ({ ...frame, name: shortened(frame.name) }));
    const key = named.map(frameKey).join("\n");
    const there = byKey.get(key);
    if (there === undefined) byKey.set(key, { frames: named, us });
    else there.us += us;
  }
  const all = [...byKey.values()].sort((one, other) => other.us - one.us);
  if (all.length <= most) return { by, stacks: all };
  const rare = all.slice(most);
  const together = KINDS.flatMap((kind): Stack[] => {
    const us = total(rare.filter(({ frames }) => frames.at(-1)!.kind === kind));
    return us === 0 ? [] : [{ frames: [{ name: `(rarer stacks: ${kind})`, kind }], us }];
  });
  return { by, stacks: [...all.slice(0, most), ...together], leftOut: rare.length };
}

/** What tells a function from others. */
export function frameKey({ name, kind, file = "", line = 0 }: Frame): string {
  return `${name}\t${kind}\t${file}\t${line}`;
}

/** CPU time of all stacks, in microseconds. */
export function total(stacks: readonly Stack[]): number {
  return stacks.reduce((sum, { us }) => sum + us, 0);
}

/** The share of each kind in the CPU time: of the innermost functions, which ran. */
export function sharesOf({ stacks }: CpuProfile): Record<Kind, number> {
  const all = total(stacks);
  const share = (kind: Kind): number =>
    all === 0 ? 0 : total(stacks.filter(({ frames }) => frames.at(-1)!.kind === kind)) / all;
  return {
    kernel: share("kernel"),
    runtime: share("runtime"),
    library: share("library"),
    user: share("user"),
  };
}

/** A name without the arguments of its templates if it is long: they say what the name says, a hundred times. */
export function shortened(name: string): string {
  let text = name;
  // From the innermost outwards; the < of operators and of Rust's `<A as B>` stays where nothing closes it.
  while (text.length > MOST_NAME) {
    const less = text.replace(/(?<=[\w:])<(?!…>)[^<>]*(?:<…>[^<>]*)*>/g, "<…>");
    if (less === text) break;
    text = less;
  }
  return text.length > MOST_NAME ? `${text.slice(0, MOST_NAME - 1)}…` : text;
}
