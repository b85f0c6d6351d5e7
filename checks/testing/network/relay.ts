/**
 * A relay of TCP connections, for what this machine's kernel cannot do to its own network: delay, loss, silence, an end.
 * What it passes on can be changed, too (`spoil.ts`).
 */

import { after } from "../../../bench/process/delay.ts";
import { Link, type LinkSettings } from "./link.ts";

/** What a change may need: what it held back can be sent later, until the connection is over. */
export interface Later {
  send(bytes: Uint8Array): void;
  readonly signal: AbortSignal;
}

/** Changes what comes: returns what is passed on in the place of some bytes. */
export type Change = (bytes: Uint8Array<ArrayBuffer>) => readonly Uint8Array[];

/** How a relay is set up. */
export interface RelayOptions extends LinkSettings {
  /** Address that it listens on (127.0.0.1). */
  readonly hostname?: string;
  /** Port that it listens on; 0 takes a free one (0). */
  readonly port?: number;
  /** Which segments are lost (1). */
  readonly seed?: number;
  /** Makes what changes that which the server sends over one connection. */
  readonly change?: (later: Later) => Change;
}

/** A relay that runs; disposing closes its connections. */
export interface Relay extends AsyncDisposable {
  readonly port: number;
  /** How many connections go through it. */
  readonly open: number;
  /** Changes what the network is like from now on. */
  set(settings: LinkSettings): void;
  /** From now on nothing is passed on, no end of a connection either; new connections are accepted and as silent. */
  freeze(): void;
  /** Passes on what came meanwhile, and all that comes. */
  thaw(): void;
  /** Closes all connections, and those that come at once, until {@linkcode mend}. */
  cut(): void;
  mend(): void;
}

/** How much is under way in one direction of a connection at most, in bytes: whoever sends more has to wait. */
const MOST_BYTES = 4_000_000;

/** Starts a relay to a server. */
export function startRelay(
  to: { readonly hostname?: string; readonly port: number },
  { hostname = "127.0.0.1", port = 0, seed = 1, change, ...settings }: RelayOptions = {},
): Relay {
  const listener = Deno.listen({ hostname, port });
  const open = new Map<Deno.TcpConn, AbortController>();
  const running = new Set<Promise<void>>();
  let network: LinkSettings = settings;
  let isCut = false;
  let thawed: PromiseWithResolvers<void> | undefined;
  let seeds = seed;

  async function carry(near: Deno.TcpConn): Promise<void> {
    using far = await Deno.connect({ hostname: to.hostname ?? "127.0.0.1", port: to.port });
    const over = new AbortController();
    open.set(near, over);
    using _near = near;
    for (const one of [near, far]) one.setNoDelay();
    const ended = new Promise((resolve) => over.signal.addEventListener("abort", resolve));
    const ways = [pass(near, far, over.signal), pass(far, near, over.signal, change)];
    // One that fails ends the other one.
    await Promise.race([ended, Promise.all(ways)]).catch(() => {});
    over.abort();
    open.delete(near);
  }

  async function pass(
    from: Deno.TcpConn,
    to: Deno.TcpConn,
    signal: AbortSignal,
    change?: RelayOptions["change"],
  ): Promise<void> {
    const link = new Link(seeds++);
    let sending = Promise.resolve();
    let pending = 0;

    function send(bytes: Uint8Array): void {
      const dueMs = link.arrivalMs(performance.now(), bytes.length, network);
      pending += bytes.length;
      inTurn(dueMs, async () => {
        await writeAll(to, bytes);
        pending -= bytes.length;
      });
    }

    function inTurn(dueMs: number, act: () => Promise<void>): void {
      sending = sending.then(async () => {
        const leftMs = dueMs - performance.now();
        if (leftMs > 0) {
          using wait = after(leftMs, signal);
          await wait.over;
        }
        while (thawed !== undefined) await thawed.promise;
        await act();
      });
      // It is awaited in the end.
      sending.catch(() => {});
    }

    const changed = change?.({ send, signal });
    const buffer = new Uint8Array(65_536);
    for (let count; (count = await from.read(buffer)) !== null;) {
      const bytes = buffer.slice(0, count);
      for (const part of changed?.(bytes) ?? [bytes]) send(part);
      if (pending > MOST_BYTES) await sending;
    }
    inTurn(link.arrivalMs(performance.now(), 1, network), () => to.closeWrite());
    await sending;
  }

  async function accept(): Promise<void> {
    for await (const near of listener) {
      if (isCut) {
        near.close();
        continue;
      }
      const carrying = carry(near).catch(() => near.close());
      running.add(carrying);
      carrying.finally(() => running.delete(carrying));
    }
  }

  function endAll(): void {
    for (const over of open.values()) over.abort();
  }

  const accepting = accept();
  return {
    port: listener.addr.port,
    get open() {
      return open.size;
    },
    set: (settings) => void (network = settings),
    freeze: () => void (thawed ??= Promise.withResolvers()),
    thaw() {
      thawed?.resolve();
      thawed = undefined;
    },
    cut() {
      isCut = true;
      endAll();
    },
    mend: () => void (isCut = false),
    async [Symbol.asyncDispose]() {
      listener.close();
      this.thaw();
      endAll();
      await Promise.all([accepting, ...running]);
    },
  };
}

async function writeAll(to: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) done += await to.write(bytes.subarray(done));
}
