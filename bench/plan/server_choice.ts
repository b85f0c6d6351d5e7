/** Which servers of the list are meant: by name, by what they have in common, or all but some. */

import { hasTag, type Tag, TAGS, tagsOf } from "../../servers/tags.ts";
import type { ServerEntry } from "../../servers/types.ts";
import { unknownWord } from "../choice.ts";
import { UsageError } from "../usage.ts";

/** The word for every server. */
const ALL = "all";

/** The servers that are meant. */
export interface PickedServers {
  /** In the order of the list. */
  readonly picked: readonly ServerEntry[];
  /** Ids of those that were named one by one: the others may be left out where they cannot be started. */
  readonly byName: ReadonlySet<string>;
}

/** What a word means. */
interface Meant {
  readonly servers: readonly ServerEntry[];
  /** Set for a tag: the words behind it may be further values of it. */
  readonly tag?: Tag;
}

/**
 * Finds the servers that words mean, one word after the other: an id, `all`, or a tag with a value, as `lang:go`. A minus
 * before it takes its servers away again. A word that is a value of the tag before it belongs to that: `lang:go`, `rust`.
 *
 * @throws {UsageError} for a word that means nothing, and if no server is left
 */
export function pickServers(
  words: readonly string[],
  servers: readonly ServerEntry[],
): PickedServers {
  const picked = new Set<ServerEntry>();
  const byName = new Set<string>();
  let before: { tag: Tag | undefined; isTaken: boolean } = { tag: undefined, isTaken: true };
  for (const word of words) {
    const [, minus, name = ""] = /^(-?)(.*)$/s.exec(word)!;
    const continued = minus === "" && before.tag !== undefined
      ? servers.filter((server) => hasTag(server, before.tag!, name))
      : [];
    const { servers: meant, tag }: Meant = continued.length > 0
      ? { servers: continued, tag: before.tag! }
      : meaningOf(name, servers);
    const isTaken = continued.length > 0 ? before.isTaken : minus === "";
    if (!isTaken && picked.size === 0) {
      throw new UsageError(
        `There is nothing yet that "${word}" could leave out: name servers before it, as all,${word}`,
      );
    }
    for (const server of meant) {
      if (isTaken) picked.add(server);
      else picked.delete(server);
      if (!isTaken) byName.delete(server.id);
      else if (name === server.id && tag === undefined) byName.add(server.id);
    }
    before = { tag, isTaken };
  }
  if (picked.size > 0) return { picked: servers.filter((one) => picked.has(one)), byName };
  throw new UsageError(
    words.length === 0
      ? `No server is named. Known: ${servers.slice(0, 3).map(({ id }) => id).join(", ")} and ${
        servers.length - 3
      } more, ${ALL}: see deno task list`
      : `No server is left of "${words.join(",")}": leave out fewer`,
  );
}

/** Whether a word names several servers, by what they have in common. */
export function isTagged(word: string): boolean {
  return word.includes(":");
}

function meaningOf(name: string, servers: readonly ServerEntry[]): Meant {
  if (name === ALL) return { servers };
  if (isTagged(name)) return taggedBy(name, servers);
  const server = servers.find(({ id }) => id === name);
  if (server !== undefined) return { servers: [server] };
  const tag = TAGS.find((tag) => servers.some((server) => hasTag(server, tag, name)));
  if (tag !== undefined) {
    throw new UsageError(`No server is called "${name}": ${tag}:${name} names those that have it`);
  }
  const known = servers.map(({ id }) => id);
  const words = unknownWord("server", name, known);
  throw new UsageError(
    `Unknown ${words}${words.endsWith(" more") ? ": see deno task list" : `, ${ALL}`}`,
  );
}

function taggedBy(word: string, servers: readonly ServerEntry[]): Meant {
  const [, kind = "", value = ""] = /^([^:]*):(.*)$/s.exec(word)!;
  const tag = TAGS.find((one) => one === kind);
  if (tag === undefined) throw new UsageError(`Unknown ${unknownWord("tag", kind, TAGS)}`);
  const found = servers.filter((server) => hasTag(server, tag, value));
  if (found.length > 0) return { servers: found, tag };
  const values = [...new Set(servers.map((server) => tagsOf(server)[tag] ?? ""))];
  throw new UsageError(
    `Unknown ${unknownWord(tag, value, values.filter((one) => one !== ""), ` of "${word}"`)}`,
  );
}
