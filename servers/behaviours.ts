/** What the TypeScript servers answer, whatever library carries it. */

import type { Behaviour } from "./types.ts";
import order from "./document.json" with { type: "json" };

export const behaviours: readonly Behaviour[] = ["/echo", "/tag", "/json", "/broadcast"];

/** The text that `/json` answers with: the document in `document.json` in its shortest form, 1,024 bytes of UTF-8. */
export const document: string = JSON.stringify(order);

/** The largest message that the servers are set to accept, in bytes: as close as possible to Deno.serve's fixed limit. */
export const maxMessageBytes: number = 64 * 1024 * 1024;

/** The behaviour that a path, with or without a query, asks for; `/` is `/echo`. */
export function behaviourAt(target: string): Behaviour | undefined {
  const path = target.split("?", 1)[0];
  return path === "/" ? "/echo" : behaviours.find((behaviour) => behaviour === path);
}

/** What `/tag` answers: the text received with ` - N` appended, N random in 0…999. */
export function tag(text: string): string {
  return `${text} - ${Math.floor(Math.random() * 1000)}`;
}
