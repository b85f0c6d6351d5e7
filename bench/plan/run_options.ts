/** What a run can be asked to do: by the command line, a configuration file, or a program. */

import type { PushRule } from "../../protocols/messages/push.ts";
import type { OptionValues } from "../../protocols/types.ts";
import type { Study } from "../../measure/model/result.ts";
import type { CaseParameters } from "../../scenarios/parameters.ts";
import type { ScenarioChoice } from "../../scenarios/types.ts";
import type { GivenCpus } from "../process/given_cpus.ts";

/** A server that is not in the list: one that runs at a URL, or one that a command starts. */
export interface ForeignServer {
  /** Its name in options, files and tables: up to 100 letters, digits, `.`, `_`, `-`. */
  readonly name: string;
  /** Where it runs already, as `ws://localhost:9000/chat`; the path may be given here. */
  readonly url?: string;
  /**
   * What starts it, as one text or as a list of words; no shell reads it. `{port}` stands for the port that it is to
   * listen on at 127.0.0.1, which is also in the environment as `PORT`.
   */
  readonly command?: string | readonly string[];
  /**
   * Id of the protocol that it speaks, or the path of a file that exports one by default, beginning with `./`, `../` or
   * `/`; `websocket` when left out.
   */
  readonly protocol?: string;
  /** What is chosen of that protocol, by name: `deno task list PROTOCOL` shows them. */
  readonly protocolOptions?: OptionValues;
  /** Path at which it returns each message as it came, under Socket.IO the namespace; `/` by default. */
  readonly path?: string;
  /**
   * Fields of the handshake's request by their names, as `Authorization`, `Cookie`, `Origin` or `Host`. Here, in the user
   * and password of the URL and in the path, `{env.NAME}` stands for what the environment says, and `{connection}` and
   * `{random}` for the number of a connection and 16 random hexadecimal digits.
   */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Subprotocols that are offered, the best first. */
  readonly subprotocols?: readonly string[];
  /** Whether redirects of the handshake are followed. */
  readonly follow?: boolean;
  /** How connections are encrypted if the URL begins with `wss:`. */
  readonly tls?: ForeignTls;
  /** How long it may take until it accepts a handshake, in milliseconds; 10 seconds by default. */
  readonly startTimeoutMs?: number;
  /** How long it may take to answer the message that is sent before the run, in milliseconds; 3 seconds by default. */
  readonly replyTimeoutMs?: number;
  /**
   * Where the messages that it sends by itself have their number and their time, for the scenario push; when left out, each
   * is taken as it comes, and nothing is known of lost ones.
   */
  readonly push?: PushRule;
  /** Id of the process at the URL, if it is on this machine: its CPU time and memory are measured then. */
  readonly pid?: number;
}

/** How connections to a server of the user's own are encrypted. */
export interface ForeignTls {
  /** PEM file of certificates that are trusted. */
  readonly ca?: string;
  /** PEM file of the client's certificate. */
  readonly cert?: string;
  /** PEM file of its private key. */
  readonly key?: string;
  /** Whether any certificate is taken. */
  readonly insecure?: boolean;
  /** The name that the server is asked for, and that its certificate must be for, if not that of the URL. */
  readonly serverName?: string;
}

/** The agents that make the load of a run. */
export interface RunAgents {
  /** URL of the NATS server that they are reached by, as `nats://HOST:4222`; one in a plan has no secrets. */
  readonly nats: string;
  /** How many there must be; 1 when left out. */
  readonly least?: number;
  /** Labels that each must have, as `zone=a`. */
  readonly pick?: readonly string[];
  /** Ids of those that were found; only they are taken then. */
  readonly ids?: readonly string[];
  /** Id of the agent that the servers of the list are started on; this machine when left out. */
  readonly server?: string;
  /** Whether all of them run on this machine, and reach its loopback addresses; false when left out. */
  readonly areHere?: boolean;
}

/** What a run can be asked to do; whatever is left out comes from the profile. */
export interface RunOptions {
  /**
   * Ids of servers of the list, `all`, or tags such as `lang:go`, and your own servers; a minus before a word takes its
   * servers away again. Left out: those that need not be asked for.
   */
  readonly servers?: readonly (string | ForeignServer)[];
  /** How the servers are set up, those that have several set-ups: production, the default, tuned or minimal. */
  readonly class?: string;
  /** How many workers the servers have, those that can have several; what each takes by itself when left out. */
  readonly workers?: number;
  /** Whether a server that was named and cannot be started here is left out, as others of `all` or a tag always are. */
  readonly leaveOut?: boolean;
  /** The published comparison that the run repeats. */
  readonly study?: Study;
  /** Ids of the scenarios, some with their own cases, or `all`; left out: those that need not be asked for. */
  readonly scenarios?: readonly (string | ScenarioChoice)[];
  /** Ids of the clients; each server is driven by the first that speaks its protocol. `auto` chooses. */
  readonly clients?: readonly string[];
  /** Id of the profile. */
  readonly profile?: string;
  /** Rounds. */
  readonly rounds?: number;
  /**
   * Runs rounds until the 95 % intervals of the ratios of rates to the baseline's, or of the rates if there is one server,
   * reach no further than this share to either side, as 0.05 for ±5 %; at most `rounds`, 100 when left out.
   */
  readonly until?: number;
  /** Length of the measured window in milliseconds. */
  readonly durationMs?: number;
  /** Length of the warm-up in milliseconds. */
  readonly warmupMs?: number;
  /** Seed of the order of the trials, an integer; random when left out. */
  readonly seed?: number;
  /** Order of the trials of a round: `blocks`, the default, or `shuffled`, as older versions had it. */
  readonly order?: string;
  /** Overrides parameters of the cases that have them. */
  readonly overrides?: CaseParameters;
  /** Parameters by which the cases are multiplied: `tls`, `deflate`, `size`, `payload`. */
  readonly matrix?: readonly string[];
  /** What carries the bytes of the wire client; `auto`, the default, takes epoll if it can be used. */
  readonly engine?: string;
  /** Local addresses that connections come from in turn, where the ports of one run out; the system chooses when left out. */
  readonly sources?: readonly string[];
  /**
   * How many generator processes share the connections of a trial; 1 when left out. `auto` adds processes when the run
   * begins, until they could drive 1.5 × what the fastest server answers, or their CPUs are used.
   */
  readonly generators?: number | "auto";
  /** The agents that make the load in place of this machine. */
  readonly agents?: RunAgents;
  /** Id of the server that the others are compared with; the first one when left out. */
  readonly baseline?: string;
  /** How many single latencies of a trial are kept; 100 when left out. */
  readonly samples?: number;
  /** Whether server and generator are pinned to separate CPUs if that is possible; true when left out. */
  readonly pin?: boolean;
  /**
   * The CPUs of the server and of the generator, as Linux writes them: `0-3,8`; one that is left out has the cores that the
   * other leaves, and without any each has half of them.
   */
  readonly cpus?: GivenCpus;
  /** Whether the ceiling of the generator is measured, if that is possible; true when left out. */
  readonly ceiling?: boolean;
  /** Whether each case is run once more on each server, not scored, to tell why; false when left out. */
  readonly explain?: boolean;
  /** The command line, for the record. */
  readonly command?: string;
}

/** What a configuration file holds: what a run does, what must hold for it, and where its reports go. */
export interface Config extends Omit<RunOptions, "command" | "leaveOut" | "study"> {
  /** Assertions, as `latency.p99 < 5ms`. */
  readonly assert?: readonly string[];
  /** What ends the run early as soon as a trial shows it, in the form of assertions: `latency.p99 > 1s`. */
  readonly abortOn?: readonly string[];
  /** Folder to write, new or empty. */
  readonly out?: string;
  /** Reports to write, or `all`. */
  readonly reports?: readonly string[];
}
