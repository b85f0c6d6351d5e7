/**
 * What a server is to wsmark: an entry in the list, a process that follows the server contract, and, for those
 * written in TypeScript, a function that starts it.
 */

import type { HeaderField } from "../clients/wire/handshake/request.ts";
import type { TlsOptions } from "../clients/wire/transport/endpoint.ts";

/** An entry of the list of servers. */
export interface ServerEntry {
  /** Name in options, files and tables. */
  readonly id: string;
  /** Name in headings. */
  readonly title: string;
  /** Id of the protocol that it speaks, of the list of protocols, or the URL of a file that exports one. */
  readonly protocol: string;
  /** What is chosen of the protocol, by name; secrets are masked. */
  readonly protocolOptions?: Readonly<Record<string, unknown>>;
  /**
   * Returns them with the secrets; absent if nothing is masked. A function, because neither JSON nor a log shows what it
   * returns.
   */
  readonly wholeProtocolOptions?: () => Readonly<Record<string, unknown>>;
  /** How it is started. */
  readonly launch: Launch;
  /**
   * The one path (under Socket.IO the namespace) at which it returns each message as it came; absent for a server that
   * has the paths of the behaviours.
   */
  readonly path?: string;
  /** How connections to it are opened; only for a server of the user's own. */
  readonly handshake?: HandshakeOptions;
  /** The rule of what it sends by itself: where that has number and time. Only for a server of the user's own. */
  readonly push?: { readonly [name in "sequence" | "time" | "unit" | "pattern"]?: string };
  /** Set if it runs only when it is named, or with `all`. */
  readonly isOptional?: true;
  /** What it cannot do, each with the reason as a phrase. */
  readonly lacks?: Lacks;
  /** How it is set up, if otherwise than by default. */
  readonly setUp?: SetUp;
}

/** How a server is set up: as its documentation recommends, with what else it offers, or with the least. */
export type ServerClass = "production" | "tuned" | "minimal";

/** How a server is set up otherwise than by default; only what its {@linkcode ByContract} has. */
export interface SetUp {
  /** Its class; production when left out. */
  readonly class?: Exclude<ServerClass, "production">;
  /** How many workers it has; as many as it takes by itself when left out. */
  readonly workers?: number;
}

/** What variables of its environment make of a server. */
export interface Variables {
  /** What they change, as a phrase: `GOGC=400: the garbage collector runs less often`. */
  readonly about: string;
  /** By their names. */
  readonly variables: Readonly<Record<string, string>>;
}

/** How a server has several workers. */
export interface Workers {
  /** How, as a phrase. */
  readonly about: string;
  /** Whether what one of them knows the others know, too, so that a message can reach all connections. */
  readonly areThreads: boolean;
  /** What gives it so many. */
  of(count: number): Variables;
}

/** What connections may be asked to be: encrypted, compressed, or compressed in one of the two ways. */
export type Feature = "tls" | "deflate" | "takeover" | "no-takeover";

/** What a server cannot do, each with the reason as a phrase. */
export type Lacks = { readonly [feature in Feature]?: string };

/** How a server is started: by the server contract, by a command that knows nothing of it, or it runs already. */
export type Launch = ByContract | ByCommand | AtUrl;

/**
 * It is given `--hostname` and `--port` with their values, for some cases `--tls` with the path of a PEM file of
 * certificate and private key, and `--deflate` with a {@linkcode Deflate}; it prints a {@linkcode ReadyLine}.
 */
export interface ByContract {
  /** Discriminant. */
  readonly by: "contract";
  /** Finds the program, and the arguments that come before those two; a bundle that it needs is made. */
  command(): readonly string[] | Missing;
  /** Only looks for the program; undefined if it is there. Absent for Deno, which runs this. */
  missing?(): Missing | undefined;
  /** Id of what runs it, as `deno`, `node` or `go`; absent for one that is not in the list. */
  readonly runtime?: string;
  /** What it needs beside Deno, as a phrase: `on Node`, `in Go`; absent if nothing. */
  readonly platform?: string;
  /** Its classes beside production. */
  readonly classes?: { readonly [name in NonNullable<SetUp["class"]>]?: Variables };
  /** How it has several workers; absent if it has one whatever it is told. */
  readonly workers?: Workers;
  /** The word behind `deno task setup` that builds what it needs, as `go`; absent if it runs as it is. */
  readonly language?: string;
}

/** It is started, and ready as soon as a handshake is accepted, or when it prints a {@linkcode ReadyLine}. */
export interface ByCommand {
  /** Discriminant. */
  readonly by: "command";
  /** Program and arguments, secrets masked; `{port}` stands for the port, which is also in the environment as `PORT`. */
  readonly command: readonly string[];
  /**
   * Returns them, and the path of the entry, with the secrets; absent if nothing is masked. A function, because neither
   * JSON nor a log shows what it returns.
   */
  readonly whole?: () => { readonly command: readonly string[]; readonly path?: string };
}

/** It runs already, and goes on when the run is over. */
export interface AtUrl {
  /** Discriminant. */
  readonly by: "url";
  /** Its base URL, the password masked; secrets of the query are masked in the path of its entry. */
  readonly url: string;
  /**
   * Returns both with the secrets; absent if nothing is masked. A function, because neither JSON nor a log shows what it
   * returns.
   */
  readonly whole?: () => { readonly url: string; readonly path: string };
  /** Id of its process on this machine, whose tree is measured; without it, CPU time and memory are not. */
  readonly pid?: number;
}

/** How connections to a server of the user's own are opened, in addition to its URL, and how long it is waited for. */
export interface HandshakeOptions {
  /** Fields of the request, secrets masked; their values may have placeholders. */
  readonly headers?: readonly HeaderField[];
  /** Returns them with the secrets; absent if nothing is masked. */
  readonly whole?: () => readonly HeaderField[];
  /** Subprotocols that are offered, the best first. */
  readonly subprotocols?: readonly string[];
  /** Set if redirects are followed. */
  readonly follow?: true;
  /** How connections are encrypted; certificates and keys are the paths of PEM files. */
  readonly tls?: Omit<TlsOptions, "isCaItself">;
  /** How long it may take until it accepts a handshake, in milliseconds. */
  readonly startTimeoutMs?: number;
  /** How long it may take to answer the message that is sent before the run, in milliseconds. */
  readonly replyTimeoutMs?: number;
}

/** Why a server cannot be started here. */
export interface Missing {
  /** What is missing and the remedy, in one line. */
  readonly missing: string;
  /** Set if nothing was looked for: it may be there. */
  readonly isUnchecked?: true;
}

/** Where a server listens. */
export interface Address {
  /** Host name or address to bind. */
  readonly hostname: string;
  /** Port to bind; 0 lets the system choose. */
  readonly port: number;
  /** Certificate and private key, both in this text as PEM: connections are encrypted. */
  readonly tls?: string;
  /**
   * Every message is compressed if the client offers permessage-deflate (RFC 7692), and may refer to those before it
   * on its connection (`takeover`) or not.
   */
  readonly deflate?: Deflate;
  /** Whether other processes listen at the same port. */
  readonly sharesPort?: boolean;
}

/** Whether a compressed message may refer to those before it on its connection. */
export type Deflate = "takeover" | "no-takeover";

/** A server that accepts connections. */
export interface RunningServer {
  /** The port that it listens on. */
  readonly port: number;
  /** Id of the process that serves, if it is not this one. */
  readonly pid?: number;
  /** Stops listening and drops the connections. */
  close(): Promise<void>;
}

/** How a server introduces itself when it is ready. */
export interface Introduction {
  /** Name of the implementation: the id in the list of servers, without the runtime. */
  readonly id: string;
  /** Library with its version, as `ws 8.21.3`. */
  readonly library: string;
  /** Runtime with its version, if it is not that of the process that says so. */
  readonly runtime?: string;
  /** What was set differently from the defaults and what its limits are, a sentence each. */
  readonly notes: readonly string[];
  /** What it cannot do, each with the reason as a phrase; the list of servers says the same. */
  readonly lacks?: Lacks;
}

/** The JSON line that a server prints once it accepts connections, whatever language it is written in. */
export interface ReadyLine {
  /** Always true; distinguishes the line from other output. */
  readonly ready: true;
  /** Base URL: a behaviour's path is appended to it. */
  readonly url: string;
  /** Id of its process, whose tree is measured. */
  readonly pid: number;
  /** Name of the implementation: the id in the list of servers, which may add the runtime, as `ws-node` for `ws`. */
  readonly server: string;
  /** Runtime with its version, as `deno 2.9.6`. */
  readonly runtime: string;
  /** Library with its version. */
  readonly library: string;
  /** What was set differently from the defaults. */
  readonly notes?: readonly string[];
}

/**
 * What a server does with a message, chosen by path (by namespace under Socket.IO): `/echo` returns it as it came,
 * `/tag` returns its text with ` - N` appended, N random in 0…999, `/json` answers with a fixed document,
 * `/broadcast` sends it to every client on that path, and so does each of the rooms `/room/N`. On `/push/RATE/SIZE` it
 * answers none, and sends RATE messages of SIZE bytes per second by itself: see `contract/stream.ts`.
 */
export type Behaviour = "/echo" | "/tag" | "/json" | "/broadcast" | "/push";

/** What a path asks for. */
export interface Asked {
  /** What the server does; that of a room is `/broadcast`, that of a stream `/push`. */
  readonly behaviour: Behaviour;
  /** The path without a query: those at the same one get what is sent to all. */
  readonly path: string;
}
