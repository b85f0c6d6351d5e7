/** The options of every TypeScript server. */

import { readFileSync } from "node:fs";
import type { Address, Deflate, Feature, Introduction } from "../types.ts";

/** Where a server listens by default. */
export const defaults: Address = { hostname: "127.0.0.1", port: 8765 };

/** The options for `--help`, a line each. */
export const optionLines: readonly string[] = [
  `  --port N       port to listen on; 0 takes a free one (default ${defaults.port})`,
  `  --hostname H   host name or address to bind (default ${defaults.hostname})`,
  "  --tls FILE     encrypt the connections: PEM file of certificate and private key",
  "  --deflate M    compress messages where the client offers it: takeover or no-takeover",
];

interface Wrong {
  /** What is wrong with the options, in one line. */
  readonly wrong: string;
}

/** What each option adds to the address, given its value. */
const READERS: Readonly<Record<string, (value: string) => Partial<Address> | Wrong>> = {
  "--port"(value) {
    if (/^\d{1,5}$/.test(value) && Number(value) <= 65535) return { port: Number(value) };
    return {
      wrong: `Cannot listen on port '${value}'; give a --port from 0 to 65535, 0 for a free one`,
    };
  },
  "--hostname": (value) => ({ hostname: value.replace(/^\[(.*)\]$/, "$1") }),
  "--tls": readPem,
  "--deflate": (value) =>
    isDeflate(value)
      ? { deflate: value }
      : { wrong: `Unknown --deflate '${value}'; give takeover or no-takeover` },
};

function isDeflate(value: string): value is Deflate {
  return value === "takeover" || value === "no-takeover";
}

/** Reads the options of a server: where it is to listen, what is wrong, or that help is wanted. */
export function readOptions(
  args: readonly string[],
  { id, lacks = {} }: Pick<Introduction, "id" | "lacks">,
): Address | Wrong | { readonly help: true } {
  const lacking = (what: string, reason?: string): Wrong | undefined =>
    reason === undefined
      ? undefined
      : { wrong: `${id} has no ${what}, as ${reason}; leave it out` };
  let address = defaults;
  const words = args.flatMap((arg) => arg.split(/(?<=^--\w+)=/));
  while (words.length > 0) {
    const option = words.shift()!;
    if (option === "--help") return { help: true };
    const read = READERS[option];
    if (read === undefined) {
      return {
        wrong: `Unknown option '${option}'; give ${Object.keys(READERS).join(", ")} or --help`,
      };
    }
    const value = words.shift();
    if (!value) return { wrong: `${option} needs a value; give one, or leave the option out` };
    const part = lacking(option, lacks[option.slice(2) as Feature]) ?? read(value);
    if ("wrong" in part) return part;
    const mode = part.deflate && lacking(`${option} ${part.deflate}`, lacks[part.deflate]);
    if (mode) return mode;
    address = { ...address, ...part };
  }
  return address;
}

function readPem(path: string): Pick<Address, "tls"> | Wrong {
  const remedy = "give a PEM file with the certificate and its private key";
  try {
    const tls = readFileSync(path, "utf8");
    const holds = (what: RegExp): boolean => what.test(tls);
    return holds(/^-----BEGIN CERTIFICATE-----/m) && holds(/^-----BEGIN [A-Z ]*PRIVATE KEY-----/m)
      ? { tls }
      : { wrong: `--tls '${path}' lacks one of the two: ${remedy}` };
  } catch (error) {
    return { wrong: `Cannot read --tls '${path}': ${(error as Error).message}; ${remedy}` };
  }
}
