/** Memory of WebAssembly, with what frames are made of and the buffers that they are written into and read from. */

import type { Parts } from "../../../protocols/types.ts";
import { SERIES } from "./series.generated.ts";

const PAGE_SIZE = 64 * 1024;
/** The most pages that 32 bits can address. */
const MOST_PAGES = 2 ** 16;
/** At the start of the memory `series.wat` has its own data, in bytes. */
const OWN_DATA = 32;
/** By how much more than a range `series.wat` reads or writes, in bytes; all ranges begin at a multiple of it. */
const SLACK = 16;

/** What `series.wat` exports; see there. */
export interface SeriesCode {
  readonly write: (series: number, at: number, count: number) => number;
  readonly count: (series: number, at: number, end: number, most: number) => number;
}

/** It grows while ranges are reserved: views of it must be asked for when all are. */
export class SeriesMemory {
  readonly code: SeriesCode;
  readonly #memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES });
  /** Tables of fillings that are here already. */
  readonly #tables = new Map<Parts["fillings"], number>();
  #used = OWN_DATA;
  #bytes = new Uint8Array(this.#buffer);
  #words = new Int32Array(this.#buffer);

  constructor() {
    const instance = new WebAssembly.Instance(new WebAssembly.Module(SERIES), {
      wire: { memory: this.#memory },
    });
    this.code = instance.exports as unknown as SeriesCode;
  }

  get #buffer(): ArrayBuffer {
    // It is not shared.
    return this.#memory.buffer as ArrayBuffer;
  }

  /** All of it. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes;
  }

  /** The same as words of 32 bits. */
  get words(): Int32Array<ArrayBuffer> {
    return this.#words;
  }

  /**
   * Reserves a range, and returns its address.
   *
   * @throws {RangeError} if there is not that much memory
   */
  reserve(size: number): number {
    const at = this.#used;
    this.#used = Math.ceil((at + size) / SLACK + 1) * SLACK;
    const missing = Math.ceil((this.#used - this.#bytes.length) / PAGE_SIZE);
    if (missing > 0) {
      this.#memory.grow(missing);
      this.#bytes = new Uint8Array(this.#buffer);
      this.#words = new Int32Array(this.#buffer);
    }
    return at;
  }

  /** Copies some bytes here, and returns their address. */
  place(bytes: Uint8Array): number {
    const at = this.reserve(bytes.length);
    this.#bytes.set(bytes, at);
    return at;
  }

  /**
   * Copies fillings here, once however often it is asked for.
   *
   * @returns the address of a table of their addresses, as words of 32 bits
   */
  placeFillings(fillings: Parts["fillings"]): number {
    let table = this.#tables.get(fillings);
    if (table === undefined) {
      const addresses = this.#placeAll(fillings);
      table = this.reserve(4 * addresses.length);
      this.#words.set(addresses, table / 4);
      this.#tables.set(fillings, table);
    }
    return table;
  }

  /** Copies pieces, which overlap here if they do; returns their addresses. */
  #placeAll(pieces: readonly Uint8Array[]): number[] {
    const [{ buffer }] = pieces as [Uint8Array];
    if (pieces.some((piece) => piece.buffer !== buffer)) {
      return pieces.map((one) => this.place(one));
    }
    const starts = pieces.map(({ byteOffset }) => byteOffset);
    const ends = pieces.map(({ byteOffset, length }) => byteOffset + length);
    const start = starts.reduce((a, b) => Math.min(a, b));
    const end = ends.reduce((a, b) => Math.max(a, b));
    const at = this.place(new Uint8Array(buffer, start, end - start));
    return starts.map((one) => at + one - start);
  }
}
