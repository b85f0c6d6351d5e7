/** What the TypeScript servers answer, whatever library carries it. */

import type { Behaviour } from "./types.ts";
import order from "./document.json" with { type: "json" };

/** The paths of the behaviours, each a {@linkcode Behaviour}. */
export const behaviours: readonly Behaviour[] = ["/echo", "/tag", "/json", "/broadcast"];

/** The text that `/json` answers with: the document in `document.json` in its shortest form, 1,024 bytes of UTF-8. */
export const document: string = JSON.stringify(order);

/** The largest message that the servers are set to accept, in bytes: 64 MiB, as near as can be to the fixed limit of Deno.serve. */
export const maxMessageBytes: number = 64 * 1024 * 1024;

/**
 * The behaviour that a URL asks for; `/` is `/echo`.
 *
 * @param target path as it stands in the request line, with or without a query
 * @returns undefined where the path is none of the behaviours'
 */
export function behaviourAt(target: string): Behaviour | undefined {
  const path = target.split("?", 1)[0];
  return path === "/" ? "/echo" : behaviours.find((behaviour) => behaviour === path);
}

/**
 * What `/tag` answers: the text with ` - N` appended, N random in 0…999.
 *
 * @param text the text received
 */
export function tag(text: string): string {
  return `${text} - ${Math.floor(Math.random() * 1000)}`;
}
