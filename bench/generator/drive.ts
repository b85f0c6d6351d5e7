/** Moves the exchange of one trial through its phases: connect, warm-up, window, drain, close. */

import type { WindowLength } from "../../measure/warnings/detect_trial.ts";
import type { IntegrityLedger } from "../../measure/record/integrity.ts";
import type { Recorder } from "../../measure/record/recorder.ts";
import type { Phases, Settings } from "../../measure/model/result.ts";
import { after } from "../process/delay.ts";
import type { Exchange } from "./exchange/exchange.ts";

/** A moment of a trial at which the process that measures takes its samples. */
export type Moment = "before connecting" | "window starts" | "window ends" | "closed";

export interface DriveOptions extends Pick<Settings, "warmupMs" | "durationMs"> {
  /** Called at each moment, synchronously: what it takes is not inside the window. */
  readonly at: (moment: Moment) => void;
  /**
   * Called when the connections are open; the traffic starts when it resolves, to how much later that is than it should be, in
   * milliseconds: the warm-up is so much shorter.
   */
  readonly connected?: () => Promise<number>;
  /** Called when the last replies are there, before the connections are closed. */
  readonly drained?: () => void;
  /**
   * Called with how many messages were sent here to members of a group that other generators have, too, once all are
   * sent.
   */
  readonly said?: ((messages: number) => void) | undefined;
  /** Resolves to how many messages were sent elsewhere to each connection here. */
  readonly heard?: Promise<number> | undefined;
  /** How long to wait for what may never come. */
  readonly patience?: Patience;
  /** CPU time of this process so far, in milliseconds; left out if it is not known. */
  readonly cpuMs?: () => number;
}

/** How long to wait for what may never come, in milliseconds. */
export interface Patience {
  readonly connectMs: number;
  /** For a batch to be complete after its phase is over. */
  readonly batchMs: number;
  readonly drainMs: number;
  readonly closeMs: number;
}

export interface DriveOutcome {
  /** How long each phase took that the generator sees. */
  readonly phases: Pick<Phases, "connectMs" | "warmupMs" | "windowMs" | "drainMs">;
  /** How long the window was to be, and was. */
  readonly window: WindowLength;
  /** What was recorded in the window, with all accounts. */
  readonly recorder: Recorder;
  readonly ledger: IntegrityLedger;
  /** Connections open when the window ended. */
  readonly connections: number;
  /** Those of them that have their own rate: 0 if connections come and go. */
  readonly lasting: number;
}

/** How much longer to wait for each connection to open or to close, in milliseconds: thousands take their time. */
export const EACH_MS = { connect: 4, close: 1 } as const;

/** As long as it takes at worst. */
export const PATIENCE: Patience = {
  connectMs: 15_000,
  batchMs: 5_000,
  drainMs: 8_000,
  closeMs: 1_000,
};

/** How long to wait for how many messages other generators have sent, in milliseconds: their windows may end later. */
const HEARD_MS = 15_000;
/** Between two looks at what was said, in milliseconds. */
const TURN_MS = 5;

/** Between two looks at the clock, which show whether the client stood still, in milliseconds. */
const BEAT_MS = 100;
/** How late a look may come on a busy machine without being called a standstill, in milliseconds. */
const LATE_MS = 20;

function unanswered(count: number, { drainMs }: Patience): string {
  return `${count} ${count === 1 ? "handshake was" : "handshakes were"} still not answered ` +
    `${drainMs} ms after the window`;
}

/**
 * Runs one trial's traffic.
 *
 * @param exchange carries it; used once
 * @throws {Error} if the server does not accept a connection or closes one
 */
export async function drive(exchange: Exchange, options: DriveOptions): Promise<DriveOutcome> {
  const { at, patience = PATIENCE } = options;
  const { traffic, recorder, ledger } = exchange;
  const hasBatches = traffic.phases === "between batches";
  const batchMs = Math.max(patience.batchMs, traffic.batchMs ?? 0);
  const allowedMs = hasBatches ? batchMs / 2 : 0;

  async function connect(): Promise<void> {
    const { connections } = traffic;
    const { openingMs = patience.connectMs, connectingMs } = exchange;
    const limitMs = openingMs + connections * EACH_MS.connect + connectingMs;
    exchange.connect();
    if (await exchange.until(limitMs, () => exchange.openCount === connections)) return;
    throw new Error(
      `${connections - exchange.openCount} of ${connections} connections were not open after ` +
        `${limitMs} ms${exchange.awaited}`,
    );
  }

  /**
   * Lets the traffic run, and looks at the clock meanwhile: a client that comes late for that and used no CPU time was
   * stopped, or had no CPU. A batch is sent in one go: if its CPU time is not known, that looks like a standstill.
   * Returns how long the client stood still, in milliseconds.
   */
  async function pass(ms: number): Promise<number> {
    const { cpuMs = () => 0 } = options;
    const canTell = !hasBatches || options.cpuMs !== undefined;
    let standstillMs = 0;
    let nowMs = exchange.now();
    for (const endMs = nowMs + ms; nowMs < endMs;) {
      const [startMs, startCpuMs] = [nowMs, cpuMs()];
      const beatMs = Math.min(BEAT_MS, endMs - startMs);
      await exchange.until(beatMs, () => false);
      nowMs = exchange.now();
      const lateMs = nowMs - startMs - Math.max(beatMs, cpuMs() - startCpuMs);
      if (canTell && lateMs > LATE_MS) standstillMs += lateMs;
    }
    return standstillMs;
  }

  /**
   * Lets the traffic run for `ms`, then calls `change` when the traffic allows a change of phase. A batch that is still
   * not complete after `batchMs` is cut: its missing replies are counted at the end. Returns the same as
   * {@linkcode pass}.
   */
  async function phase(ms: number, change: () => void): Promise<number> {
    const standstillMs = await pass(ms);
    let changed = false;
    if (hasBatches) {
      exchange.batchEnded = () => {
        if (!changed) change();
        changed = true;
      };
      await exchange.until(batchMs, () => changed);
      exchange.batchEnded = () => {};
    }
    if (!changed) change();
    return standstillMs;
  }

  /** Says how many messages were sent to members elsewhere, or learns how many were sent there. */
  async function compareNotes(): Promise<void> {
    if (exchange.shared === "speaks") {
      await exchange.until(patience.drainMs, () => exchange.isAllSent);
      return options.said?.(exchange.said);
    }
    if (exchange.shared === undefined || options.heard === undefined) return;
    let heard: number | undefined;
    options.heard.then((messages) => heard = messages);
    const endMs = exchange.now() + HEARD_MS;
    while (heard === undefined) {
      if (exchange.now() > endMs) {
        throw new Error(
          `Nobody said within ${HEARD_MS} ms how many messages were sent by other generators`,
        );
      }
      // A loop of its own leaves nobody else a turn.
      await exchange.until(TURN_MS, () => false);
      using turn = after(0);
      await turn.over;
    }
    exchange.hear(heard);
  }

  /** Waits for the last replies: as long as some come, if the traffic asks for more time than usual. */
  async function drain(): Promise<void> {
    const endMs = exchange.now() + Math.max(patience.drainMs, traffic.drainMs ?? 0);
    let before: number;
    do {
      before = ledger.outstanding;
      const limitMs = Math.min(patience.drainMs, endMs - exchange.now());
      const isOver = await exchange.until(
        limitMs,
        () => exchange.isSettled && exchange.openingCount === 0,
      );
      if (isOver) return;
    } while (ledger.outstanding < before && exchange.now() < endMs);
  }

  let connectedMs = 0;
  let warmupStartMs = 0;
  let windowStartMs = 0;
  let windowEndMs = 0;
  let standstillMs = 0;
  let connections = 0;
  at("before connecting");
  const connectStartMs = exchange.now();
  try {
    await connect();
    connectedMs = exchange.now();
    const lateMs = await options.connected?.() ?? 0;
    warmupStartMs = exchange.now();
    recorder.begin(warmupStartMs);
    exchange.start(warmupStartMs);
    await phase(Math.max(0, options.warmupMs - lateMs), () => {
      // Before the samples, too: then little is left to be forgotten within the window.
      recorder.begin(exchange.now());
      at("window starts");
      exchange.catchUp();
      windowStartMs = exchange.now();
      recorder.begin(windowStartMs);
      traffic.measure?.(windowStartMs);
    });
    standstillMs = await phase(options.durationMs, () => {
      // A generator that was held up must not leave out what was due.
      exchange.catchUp();
      windowEndMs = exchange.now();
      recorder.end(windowEndMs, (connection) => exchange.isDue(connection));
      at("window ends");
      connections = exchange.openCount;
      traffic.stop();
    });
    await compareNotes();
    await drain();
    // If a server stops accepting connections, no reply is missing: the trial would look like one with fewer of them.
    if (exchange.openingCount > 0) throw new Error(unanswered(exchange.openingCount, patience));
  } finally {
    exchange.end();
  }
  const drainEndMs = exchange.now();
  options.drained?.();
  exchange.disconnect();
  const closeMs = patience.closeMs + exchange.openCount * EACH_MS.close;
  await exchange.until(closeMs, () => exchange.busyCount === 0);
  at("closed");

  return {
    phases: {
      connectMs: connectedMs - connectStartMs,
      warmupMs: windowStartMs - warmupStartMs,
      windowMs: windowEndMs - windowStartMs,
      drainMs: drainEndMs - windowEndMs,
    },
    window: {
      askedMs: options.durationMs,
      allowedMs,
      tookMs: windowEndMs - windowStartMs,
      standstillMs,
    },
    recorder,
    ledger,
    connections,
    lasting: traffic.connections === 0 ? 0 : Math.min(connections, exchange.measured),
  };
}
