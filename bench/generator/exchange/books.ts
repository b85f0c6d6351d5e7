/** All that is counted of a trial: the ledger of its messages, its accounts, and the recorder. */

import { type Account, type Hooked, listenerOf } from "../../../measure/record/accounts/account.ts";
import { BatchAccount } from "../../../measure/record/accounts/batches.ts";
import { CompressionAccount } from "../../../measure/record/accounts/compression.ts";
import { DeliveryAccount } from "../../../measure/record/accounts/deliveries.ts";
import { PingAccount } from "../../../measure/record/accounts/pings.ts";
import { PushAccount } from "../../../measure/record/accounts/pushes.ts";
import { UnaskedAccount } from "../../../measure/record/accounts/unasked.ts";
import { IntegrityLedger } from "../../../measure/record/integrity.ts";
import { Recorder } from "../../../measure/record/recorder.ts";
import type { Traffic } from "../../../scenarios/traffic/types.ts";
import { GroupNumbers } from "./groups.ts";
import type { ExchangeOptions } from "./options.ts";
import { Pushes } from "./pushes.ts";

/** The books of a trial. Connections are counted by their numbers; messages by stream where there are groups. */
export class Books {
  readonly recorder: Recorder;
  /** The account of all replies, by connection; where there are {@linkcode groups}, by stream. */
  readonly ledger: IntegrityLedger;
  /** The groups of connections that get each other's messages; undefined if each has its own replies. */
  readonly groups: GroupNumbers | undefined;
  /** How many connections are measured: those with the numbers below. */
  readonly measured: number;
  /** How many connections, or speakers in groups, send. */
  readonly senders: number;
  /** How many messages of each sender are followed, a power of two. */
  readonly ring: number;
  readonly pings: PingAccount;
  /** The account of compressed bytes; undefined if nothing is compressed. */
  readonly compression: CompressionAccount | undefined;
  /** The messages on their way to all connections of a group that this generator has. */
  readonly deliveries: DeliveryAccount | undefined;
  /** The streams, where the server sends by itself; undefined where it answers. */
  readonly pushes: Pushes | undefined;
  readonly batches = new BatchAccount();
  /** Accounts that count each message, each reply, and each connection that the server has closed. */
  readonly sentTo: Hooked<"sent"> | undefined;
  readonly repliedTo: Hooked<"replied"> | undefined;
  readonly #abandonedTo: Hooked<"abandoned"> | undefined;

  /** @param mayOvertake whether replies may come in any order */
  constructor(traffic: Traffic, options: ExchangeOptions, mayOvertake: boolean) {
    const { timeline, samples, sliceMs, closed, deflate } = options;
    const { slots, depth, groups, hasStreams, beside = 0 } = traffic;
    // Four times what can be outstanding: a late reply still finds when its message was sent.
    this.ring = 2 ** Math.ceil(Math.log2(Math.max(4, depth * 4)));
    this.measured = slots - beside;
    this.groups = groups && new GroupNumbers(groups);
    this.senders = this.groups?.senders(slots) ?? slots;
    // What the server sends by itself has an order.
    const mayCross = mayOvertake && !hasStreams;
    this.ledger = new IntegrityLedger(this.groups?.streams(slots) ?? slots, mayCross);
    const pushes = hasStreams && new PushAccount(slots);
    this.pushes = pushes && new Pushes(slots, pushes, this.ledger, options.streams);
    this.pings = new PingAccount(slots);
    this.compression = deflate && new CompressionAccount();
    // How long a message took is not known where it was not sent.
    this.deliveries = groups && groups.shared !== "listens"
      ? new DeliveryAccount(this.senders, groups.members, this.ring)
      : undefined;
    const accounts: readonly Account[] = [
      this.pings,
      this.compression,
      this.deliveries,
      this.batches,
      pushes,
      new UnaskedAccount(this.ledger),
      ...traffic.accounts ?? [],
    ].filter((account) => account !== undefined);
    this.sentTo = listenerOf(accounts, "sent");
    this.repliedTo = listenerOf(accounts, "replied");
    this.#abandonedTo = listenerOf(accounts, "abandoned");
    this.recorder = new Recorder(slots, { timeline, samples, sliceMs, closed, accounts });
  }

  /** Nobody will answer what is unanswered on a connection. */
  abandon(number: number): void {
    const unanswered = this.ledger.abandon(number);
    this.#abandonedTo?.abandoned(number, unanswered);
  }
}
