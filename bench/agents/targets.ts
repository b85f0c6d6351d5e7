/**
 * What an agent may be told to drive: its owner's word, not the coordinator's. What is judged is the address that is
 * then connected to, not a name that could mean another one a moment later.
 */

import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { endpointAt } from "../../clients/wire/transport/endpoint.ts";
import { reasonOf } from "../folder/files.ts";
import { UsageError } from "../usage.ts";
import { type Ranges, rangesOf } from "./ranges.ts";

/** Loopback, private and link-local addresses (RFC 1122, 1918, 3927, 4193, 4291). */
const USUAL = [
  ...["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"],
  ...["::1", "fc00::/7", "fe80::/10"],
];

/** Where clouds tell a machine its credentials: only who names such an address may drive it. */
const METADATA = rangesOf([
  ...["169.254.169.254", "169.254.170.2", "169.254.170.23"],
  ...["fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254"],
]);

/** How long a target may take to accept a connection, in milliseconds. */
const PATIENCE_MS = 5000;

/** What may be driven. */
export interface Targets {
  /** In words. */
  readonly words: readonly string[];
  /**
   * Finds the address at which a URL is driven, which is to be connected to and no other.
   *
   * @throws {Error} if it may not be driven, or cannot be reached; the message goes on after the agent's name
   */
  check(url: string): Promise<{ readonly address: string }>;
}

/** What one text allows. */
interface Allowed {
  /** A host's name, for whatever address it has. */
  readonly name?: string;
  readonly ranges?: Ranges;
  /** The first and the last port; all of them when left out. */
  readonly ports?: readonly [number, number];
  /** Whether it is a single address, and so may be one of {@linkcode METADATA}. */
  readonly isExact: boolean;
}

/** Finds the addresses of a name, as the system does it for every program. */
export type Resolve = (name: string) => Promise<readonly string[]>;

/**
 * Reads what may be driven.
 *
 * @param texts names, addresses and ranges of addresses, each with or without `:PORT` or `:PORT-PORT`, or `*`; loopback,
 * private and link-local addresses when empty
 * @throws {UsageError} for what is none of that
 */
export function allowedTargets(
  texts: readonly string[],
  resolve: Resolve = addressesOf,
): Targets {
  const isUsual = texts.length === 0;
  const allowed = (isUsual ? USUAL : texts).map(readAllowed);

  /** @param name that of the URL's host, if it is no address */
  function isAllowed(address: string, port: number, name?: string): boolean {
    return allowed.some(({ name: only, ranges, ports: [first, last] = [0, 65_535], isExact }) =>
      port >= first && port <= last && (isExact || !METADATA.has(address)) &&
      (ranges === undefined ? only === name : ranges.has(address))
    );
  }

  return {
    words: isUsual ? ["loopback and private addresses"] : texts,
    async check(url) {
      const { hostname, port } = endpointAt(url);
      const name = isIP(hostname) === 0 ? withoutDot(hostname) : undefined;
      const found = name === undefined ? [hostname] : await resolve(name);
      const may = found.filter((address) => isAllowed(address, port, name));
      if (may.length === 0) {
        const where = name === undefined
          ? withPort(hostname, port)
          : `${withPort(name, port)}, which is ${found.join(" and ")}`;
        throw new Error(
          `it may not drive ${where}: who runs the agent can start it with --allow ${
            withPort(found.find(METADATA.has) ?? name ?? hostname, port)
          }`,
        );
      }
      return { address: await answering(may, port, name ?? hostname) };
    },
  };
}

/** Reads one text: `10.0.0.0/8:8000-9000`, `[fd00::/8]:443`, `fd00::1`, `host.example:80`, `*`, `*:443`. */
function readAllowed(text: string): Allowed {
  const wrong = (): UsageError =>
    new UsageError(
      "--allow must be a name, an address or a range, with or without a port, such as " +
        `10.0.0.0/8, [fd00::1]:8080, chat.example:443 or *: received "${text}"`,
    );
  // An IPv6 address without brackets has no port.
  const isBareIPv6 = isIP(text.split("/")[0]!) === 6;
  const [, bracketed, plain, from, to = from] = isBareIPv6
    ? [text, text]
    : /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d{1,5})(?:-(\d{1,5}))?)?$/.exec(text) ?? [];
  const host = bracketed ?? plain ?? "";
  const ports = from === undefined ? undefined : [Number(from), Number(to)] as const;
  if (host === "" || ports !== undefined && !(ports[0] <= ports[1] && ports[1] <= 65_535)) {
    throw wrong();
  }
  const range = { ...(ports !== undefined && { ports }), isExact: false };
  if (host === "*") return { ...range, ranges: rangesOf(["0.0.0.0/0", "::/0"]) };
  if (host.includes("/") || bracketed !== undefined) {
    try {
      return { ...range, ranges: rangesOf([host]), isExact: !host.includes("/") };
    } catch {
      throw wrong();
    }
  }
  // What a URL would take for an address, such as 127.1, is one here, too.
  const canonical = URL.parse(`ws://${host}/`)?.hostname;
  if (canonical === undefined || canonical === "" || /[\s%@]/.test(host)) throw wrong();
  return isIP(canonical) === 0
    ? { ...range, name: withoutDot(canonical) }
    : { ...range, ranges: rangesOf([canonical]), isExact: true };
}

/** A name without the dot that may end it (RFC 1034 §3.1). */
function withoutDot(name: string): string {
  return name.replace(/\.$/, "");
}

function withPort(host: string, port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

async function addressesOf(name: string): Promise<string[]> {
  try {
    return (await lookup(name, { all: true })).map(({ address }) => address);
  } catch (error) {
    throw new Error(`it finds no address of ${name} (${reasonOf(error)})`);
  }
}

/** The first of some addresses that accepts a connection: a name may have one that nobody listens on. */
async function answering(
  addresses: readonly string[],
  port: number,
  host: string,
): Promise<string> {
  let reason = "";
  for (const address of addresses) {
    try {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      (await Deno.connect({ hostname: address, port, signal })).close();
      return address;
    } catch (error) {
      reason = reasonOf(error);
    }
  }
  throw new Error(`it cannot reach ${withPort(host, port)} (${reason})`);
}
