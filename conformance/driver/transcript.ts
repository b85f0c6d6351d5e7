/** What came on a connection of a case. */

/** A frame as it came, unmasked. */
export interface SeenFrame {
  /** First byte: FIN, reserved bits, opcode. */
  readonly first: number;
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** A message, assembled and inflated, or a pong, as it came. */
export interface SeenAnswer {
  readonly kind: "text" | "binary" | "pong";
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** An answer other than 101, as it came. */
export interface SeenRefusal {
  readonly status: number;
  /** Names in small letters. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
}

/** How the other side closed or answered a close. */
export interface SeenClose {
  /** 1005 for a close frame without a code. */
  readonly code: number;
  readonly reason: string;
}

/** All that came on a connection, filled as it comes. */
export interface Transcript {
  /** Why the connection or its handshake did not come about, in words. */
  notOpened?: string;
  /** The answer that did not accept an unusual request. */
  refusal?: SeenRefusal;
  /** Set if an unusual request was neither answered in time nor ended the connection. */
  isAwaited?: true;
  /** Set if the request was accepted without the extension that the case needs. */
  isDeclined?: true;
  /** What was wrong with its answer to the offer, in words, if that is why. */
  disagreement?: string;
  readonly frames: SeenFrame[];
  readonly answers: SeenAnswer[];
  close?: SeenClose;
  /** How the connection was ended by the other side. */
  end?: "ended" | "reset";
  /** What it sent that RFC 6455 forbids, in words. */
  violation?: string;
  /** Set if that was a message after its close frame. */
  hasGoneOn?: true;
  /** Set if that was in its opening handshake: nothing was sent on the connection. */
  isNotBegun?: true;
  /** Whether it closed, or ended, before the last bytes were sent. */
  isEarly?: boolean;
  /** Set if a ping was answered that asked after all steps whether the connection is still open. */
  hasSurvived?: true;
  /** Whether the suite closed the connection itself after all steps: a close that came before was the other side's. */
  isFarewell?: boolean;
}
