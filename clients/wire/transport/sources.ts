/** Local addresses that connections come from: each has ports of its own, where those of one would run out. */

import { describeErrno, type Libc, LINUX, socketAddress } from "./libc.ts";

const ON = Uint8Array.of(1, 0, 0, 0);

/** Local addresses, which the slots of a transport take in turn. */
export class Sources {
  readonly #libc: Libc;
  readonly #names: readonly string[];
  readonly #addresses: readonly Uint8Array<ArrayBuffer>[];

  /**
   * @param names addresses of IPv4 or IPv6; none to leave the choice to the system
   * @param family that of the address that is connected to
   * @throws {Error} if one of them is of the other family, as a phrase
   */
  constructor(libc: Libc, names: readonly string[], family: number) {
    this.#libc = libc;
    this.#names = names;
    this.#addresses = names.map((name) => socketAddress(name, 0));
    const other = this.#addresses.findIndex(([own]) => own !== family);
    if (other < 0) return;
    throw new Error(
      `the server has an address of IPv${family === LINUX.AF_INET6 ? 6 : 4}, and ${
        names[other]
      } is none`,
    );
  }

  /**
   * Gives the socket of a slot its local address, if there are any. Its port is chosen when it connects, and may be one
   * that has connections to other servers (IP_BIND_ADDRESS_NO_PORT, ip(7)).
   *
   * @returns why that cannot be, as a phrase; undefined if it is done
   */
  bind(fd: number, slot: number): string | undefined {
    if (this.#addresses.length === 0) return undefined;
    const index = slot % this.#addresses.length;
    const address = this.#addresses[index]!;
    const { call } = this.#libc;
    call.setsockopt(fd, LINUX.IPPROTO_IP, LINUX.IP_BIND_ADDRESS_NO_PORT, ON, ON.length);
    if (call.bind(fd, address, address.length) === 0) return undefined;
    const errno = this.#libc.errno();
    const reason = errno === NOT_HERE ? "it is none of this machine" : describeErrno(errno);
    return `the local address ${this.#names[index]} cannot be used: ${reason}`;
  }
}

/** EADDRNOTAVAIL: of a local address that it is not there, of a connection that no port is free. */
const NOT_HERE = 99;
