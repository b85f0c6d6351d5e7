/** Ranges of addresses, and whether an address is in one. */

import { BlockList, isIP } from "node:net";

/** Ranges such as `10.0.0.0/8` or `::1`. */
export interface Ranges {
  /**
   * Whether an address is in one of them. An IPv4 address within an IPv6 one (`::ffff:10.0.0.1`) is the IPv4 address; a
   * zone (`fe80::1%eth0`) does not matter. What is no address is in none.
   */
  has(address: string): boolean;
}

/**
 * Reads ranges.
 *
 * @param texts addresses, each with or without the number of its leading bits: `192.168.0.0/16`
 * @throws {SyntaxError} for what is no range
 */
export function rangesOf(texts: readonly string[]): Ranges {
  const list = new BlockList();
  for (const text of texts) {
    const [, address = "", bits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
    const version = isIP(address);
    const most = version === 4 ? 32 : 128;
    const prefix = Number(bits ?? most);
    if (version === 0 || prefix > most) {
      throw new SyntaxError(`Cannot read a range of addresses: received "${text}"`);
    }
    list.addSubnet(address, prefix, version === 4 ? "ipv4" : "ipv6");
  }
  return {
    has(address) {
      const [plain = ""] = address.split("%");
      const version = isIP(plain);
      return version !== 0 && list.check(plain, version === 4 ? "ipv4" : "ipv6");
    },
  };
}

/** This machine (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
export const LOOPBACK: Ranges = rangesOf(["127.0.0.0/8", "::1"]);
