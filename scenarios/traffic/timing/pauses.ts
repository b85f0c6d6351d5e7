/** Which pause ends next: a binary heap in arrays, in which nothing is allocated for a pause once it has grown. */

/** How many pauses there is room for at first. */
const ROOM = 64;

/** Pauses of connections. A connection may have several. All times are milliseconds of one monotonic clock. */
export class Pauses {
  /** When the next one ends; Infinity if there is none. */
  nextMs = Infinity;
  /** When each ends and whose it is; that of each place ends no later than those of the places 2n + 1 and 2n + 2. */
  #endsMs = new Float64Array(ROOM);
  #connections = new Uint32Array(ROOM);
  #count = 0;

  /** Begins a pause that ends at a time. */
  add(connection: number, endMs: number): void {
    if (this.#count === this.#endsMs.length) this.#grow();
    const endsMs = this.#endsMs;
    const connections = this.#connections;
    let place = this.#count++;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (endsMs[above]! <= endMs) break;
      endsMs[place] = endsMs[above]!;
      connections[place] = connections[above]!;
      place = above;
    }
    endsMs[place] = endMs;
    connections[place] = connection;
    this.nextMs = endsMs[0]!;
  }

  /** Ends the next pause, of which there must be one; returns whose it was. */
  take(): number {
    const endsMs = this.#endsMs;
    const connections = this.#connections;
    const taken = connections[0]!;
    const last = --this.#count;
    let place = 0;
    for (let below = 1; below < last; below = 2 * place + 1) {
      if (below + 1 < last && endsMs[below + 1]! < endsMs[below]!) below++;
      if (endsMs[below]! >= endsMs[last]!) break;
      endsMs[place] = endsMs[below]!;
      connections[place] = connections[below]!;
      place = below;
    }
    endsMs[place] = endsMs[last]!;
    connections[place] = connections[last]!;
    this.nextMs = last === 0 ? Infinity : endsMs[0]!;
    return taken;
  }

  #grow(): void {
    const [endsMs, connections] = [this.#endsMs, this.#connections];
    this.#endsMs = new Float64Array(2 * endsMs.length);
    this.#endsMs.set(endsMs);
    this.#connections = new Uint32Array(2 * connections.length);
    this.#connections.set(connections);
  }
}
