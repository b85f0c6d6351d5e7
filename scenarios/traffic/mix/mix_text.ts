/** A mix of traffic in one line: `900 ping 1s + 80 200B 5/s + 20 64KiB 1/s`. */

import { largest } from "../../../measure/statistics/statistics.ts";
import { LARGE, MIXES, type MixGroup } from "./mixes.ts";

/** The most groups that a mix may have. */
const MOST_GROUPS = 16;
/** The most messages per second of a connection, and the most seconds between its pings. */
const MOST = 100_000;
/** The largest message that every server takes, in bytes. */
const MOST_BYTES = 2 ** 20;
const UNITS = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20 } as const;
type Unit = keyof typeof UNITS;
const NUMBER = String.raw`\d+(?:\.\d+)?`;
const GROUP = new RegExp(
  String.raw`^(\d+)(?: (\d+) ?(B|KiB|MiB) (${NUMBER})/s( constant)?)?(?: ping (${NUMBER}) ?s)?$`,
);

/** How a group is written, for error messages. */
const MANNER = "write groups as '900 ping 1s + 80 200B 5/s + 20 64KiB 1/s constant'";

/**
 * Finds the mix of a name, or reads one in its own words: groups with `+` between them. A group has the number of its
 * connections in proportion to the others, what each of them sends (the size, how often in a second, and `constant` if
 * not at random), and every how many seconds it pings.
 *
 * @returns the groups, those with the largest messages last
 * @throws {SyntaxError} if the text is neither
 * @throws {RangeError} for a mix without messages, and for an impossible number
 */
export function readMix(text: string): readonly MixGroup[] {
  const known = Object.hasOwn(MIXES, text) ? MIXES[text]! : read(text);
  return known.toSorted((a, b) => (a.messages?.size ?? 0) - (b.messages?.size ?? 0));
}

function read(text: string): MixGroup[] {
  const parts = text.split("+").map((part) => part.trim().replaceAll(/\s+/g, " "));
  if (parts.length > MOST_GROUPS) {
    throw new RangeError(`A mix has at most ${MOST_GROUPS} groups: received ${parts.length}`);
  }
  if (/^[\w-]+$/.test(text) && !GROUP.test(text)) {
    const names = Object.keys(MIXES).join(", ");
    throw new SyntaxError(`Unknown mix "${text}": name ${names}, or ${MANNER}`);
  }
  const groups = parts.map(readGroup);
  if (groups.every(({ messages }) => messages === undefined)) {
    throw new RangeError(`Some group of a mix must send messages: received "${text}"`);
  }
  return groups;
}

function readGroup(part: string): MixGroup {
  const found = GROUP.exec(part);
  if (found === null) throw new SyntaxError(`Unknown group of a mix "${part}": ${MANNER}`);
  const [, connections = "", size, unit, rate, constant, ping] = found;
  return {
    title: "",
    connections: within("number of connections", Number(connections), 1, MOST),
    ...(rate !== undefined && {
      messages: {
        size: within("size of a message", bytesOf(size!, unit as Unit), 1, MOST_BYTES),
        rate: within("rate of a connection", Number(rate), 1e-3, MOST),
        arrivals: constant === undefined ? "poisson" : "constant",
      },
    }),
    ...(ping !== undefined && {
      pingEveryS: within("time between pings", Number(ping), 1e-3, MOST),
    }),
  };
}

function bytesOf(size: string, unit: Unit): number {
  return Number(size) * UNITS[unit];
}

function within(title: string, value: number, least: number, most: number): number {
  if (value >= least && value <= most) return value;
  throw new RangeError(`The ${title} of a mix must be from ${least} to ${most}: received ${value}`);
}

/**
 * Gives each group its part of the connections: in proportion, but at least one.
 *
 * @returns how many each has, in their order
 * @throws {RangeError} if there are fewer connections than groups
 */
export function divided(groups: readonly MixGroup[], connections: number): number[] {
  if (connections < groups.length) {
    throw new RangeError(
      `A mix of ${groups.length} groups needs as many connections or more: received ${connections}`,
    );
  }
  const whole = groups.reduce((sum, group) => sum + group.connections, 0);
  const counts = groups.map((group) =>
    Math.max(1, Math.round(group.connections / whole * connections))
  );
  let left = connections - counts.reduce((sum, count) => sum + count, 0);
  for (; left !== 0; left -= Math.sign(left)) {
    // What is left by rounding goes to the largest group, or is taken from it: it matters least there.
    counts[counts.indexOf(largest(counts))]! += Math.sign(left);
  }
  return counts;
}

/** A mix with a name in words: `90 % listeners (ping 1 s), 8 % talkers (200 B 5/s), 2 % senders (64 KiB 1/s)`. */
export function mixInWords(groups: readonly MixGroup[]): string {
  const whole = groups.reduce((sum, { connections }) => sum + connections, 0);
  return groups.map(({ title, connections, messages, pingEveryS }) => {
    const manner = [
      ...messages === undefined ? [] : [`${sizeInWords(messages.size)} ${messages.rate}/s`],
      ...pingEveryS === undefined ? [] : [`ping ${pingEveryS} s`],
    ];
    return `${Number((connections / whole * 100).toPrecision(2))} % ${title} (${
      manner.join(", ")
    })`;
  }).join(", ");
}

function sizeInWords(bytes: number): string {
  return bytes >= UNITS.KiB && bytes % UNITS.KiB === 0 ? `${bytes / UNITS.KiB} KiB` : `${bytes} B`;
}

/** Whether a group's messages are large. */
export function isLarge({ messages }: MixGroup): boolean {
  return messages !== undefined && messages.size >= LARGE;
}
