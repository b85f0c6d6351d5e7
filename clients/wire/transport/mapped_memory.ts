/** Memory that does not move, so that the system can be told where it is. */

import { describeErrno, type Libc, LINUX } from "./libc.ts";

/** Mapped memory, shared with the system. It must not be used after it is disposed of. */
export class MappedMemory implements Disposable {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The same as words of 32 bits. */
  readonly words: Int32Array<ArrayBuffer>;
  readonly #libc: Libc;
  readonly #pointer: Deno.PointerObject;
  /** An address has at most 57 bits in use, and those of user space on Linux 47: a number holds it exactly. */
  readonly #address: number;

  /**
   * @param length in bytes
   * @param fd a file that is mapped from `offset` on; memory of its own when left out
   * @throws {Error} if the system refuses it
   */
  constructor(libc: Libc, length: number, fd: number = -1, offset: number = 0) {
    const kind = fd < 0
      ? LINUX.MAP_PRIVATE | LINUX.MAP_ANONYMOUS
      : LINUX.MAP_SHARED | LINUX.MAP_POPULATE;
    const pointer = libc.call.mmap(
      null,
      BigInt(length),
      LINUX.PROT_READ | LINUX.PROT_WRITE,
      kind,
      fd,
      BigInt(offset),
    );
    const address = Deno.UnsafePointer.value(pointer);
    if (pointer === null || Number(BigInt.asIntN(64, BigInt(address))) === -1) {
      throw new Error(`Cannot map memory: ${describeErrno(libc.errno())}`);
    }
    this.#libc = libc;
    this.#pointer = pointer;
    this.#address = Number(address);
    const buffer = Deno.UnsafePointerView.getArrayBuffer(pointer, length);
    this.bytes = new Uint8Array(buffer);
    this.words = new Int32Array(buffer, 0, length >>> 2);
  }

  /** Writes the address of a byte of this memory: {@linkcode writeAddress}. */
  writeAddress(words: Int32Array, index: number, at: number): void {
    writeAddress(words, index, this.#address + at);
  }

  [Symbol.dispose](): void {
    this.#libc.call.munmap(this.#pointer, BigInt(this.bytes.length));
  }
}

/** Writes an address as two words, the low one first; allocates nothing. */
export function writeAddress(words: Int32Array, index: number, address: number): void {
  words[index] = address;
  words[index + 1] = address / 2 ** 32;
}
