/** How the suite and the process of a client talk: a line of JSON each. */

/** What a client is to do: connect, send back what comes, and say when the connection has ended. */
export interface EchoTask {
  /** `ws://host:port/case/ID`. */
  readonly url: string;
  /** Set if it is to offer compression, if it can. */
  readonly deflate?: true;
}

/** Its first line: it is ready. */
export interface EchoReady {
  /** Library with its version. */
  readonly library: string;
}

/** Its line after each task. */
export interface EchoEnded {
  /** How the connection ended, in its own words. */
  readonly ended: string;
}
