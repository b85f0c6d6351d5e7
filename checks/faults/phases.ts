/** The phases of a trial as its server sees them, and what else the suite and its server must agree on. */

/**
 * `spawn`: the server has begun to run; `ready`: it listens, and has not said so yet; `connect`: the connections are
 * being opened; `warm-up`, `window`: messages come, or handshakes if the scenario opens connections all the time;
 * `drain`: the window is over, and replies are outstanding; `report`: the connections are being closed, the generator
 * reports, and the server is asked to end.
 */
export const PHASES = [
  "spawn",
  "ready",
  "connect",
  "warm-up",
  "window",
  "drain",
  "report",
] as const;

export type Phase = (typeof PHASES)[number];

/** Lengths of a trial of the suite, in milliseconds. */
export const WARMUP_MS = 300;
export const WINDOW_MS = 300;

export const CONNECTIONS = 4;

/** A server of `--command` is started twice before its trial: for the first contact, and to introduce itself. */
export const STARTS_BEFORE = 2;

/** How the lines of a server's log begin: it was started, or the fault has happened. */
export const STARTED = "start";
export const HAPPENED = "fault";
