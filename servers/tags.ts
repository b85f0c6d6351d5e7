/** What several servers of the list have in common, so that they can be named together: `lang:go`, `runtime:node`. */

import type { ServerEntry } from "./types.ts";

/** The kinds of tags, as they are typed: what a server is written in, what runs it, and what it speaks. */
export const TAGS = ["lang", "runtime", "protocol"] as const;

/** A kind of tag. */
export type Tag = typeof TAGS[number];

/** What else a value is called. */
const ALIASES: Readonly<Record<string, string>> = {
  javascript: "typescript",
  js: "typescript",
  ts: "typescript",
  golang: "go",
  "c++": "cpp",
  socketio: "socket.io",
};

/** The runtimes that run what is written in TypeScript. */
const OF_TYPESCRIPT = ["deno", "node", "bun"];

/** The tags of a server; a server that wsmark does not start itself is known by its protocol alone. */
export function tagsOf(
  { launch, protocol }: Pick<ServerEntry, "launch" | "protocol">,
): { readonly [tag in Tag]?: string } {
  const runtime = launch.by === "contract" ? launch.runtime : undefined;
  if (runtime === undefined) return { protocol };
  return { lang: OF_TYPESCRIPT.includes(runtime) ? "typescript" : runtime, runtime, protocol };
}

/** Whether a server has a tag with a value, in whatever case it is written. */
export function hasTag(server: ServerEntry, tag: Tag, value: string): boolean {
  const plain = value.toLowerCase();
  return tagsOf(server)[tag] === (ALIASES[plain] ?? plain);
}
