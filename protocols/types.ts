/**
 * What a protocol is to wsmark: what is said over a WebSocket, between the handshake and the close.
 *
 * A protocol knows nothing about sockets, frames, clocks or scenarios. {@linkcode Protocol.codec} makes what all
 * connections to one URL share; {@linkcode Codec.messages} says how the content of a message is wrapped, and a
 * {@linkcode Conversation} is the small state machine of one connection.
 */

/** A protocol: an entry of the list. */
export interface Protocol {
  /** Name in options, files and tables. */
  readonly id: string;
  /** Name in headings. */
  readonly title: string;
  /** What the path of a server's URL names, if not the path at which the WebSocket is opened. */
  readonly pathNames?: string;
  /** What can be chosen, by name; nothing when left out. */
  readonly options?: { readonly [name: string]: ProtocolOption };
  /**
   * Set if a message can go to all connections of a {@linkcode CodecSettings.groupOf group}, as with publish and
   * subscribe: each of them gets it, its sender included. A function if that depends on the options, which it is given
   * with their defaults.
   */
  readonly hasGroups?: true | ((options: OptionValues) => boolean);
  /** Set if content must be text. */
  readonly isTextOnly?: true;
  /**
   * Why options do not fit one another, as a sentence without its end; undefined if they do. Each by itself has no
   * {@linkcode ProtocolOption.problem}.
   *
   * @param options as in {@linkcode CodecSettings.options}
   */
  readonly problem?: (options: OptionValues) => string | undefined;
  /**
   * Prepares what the connections to a URL say.
   *
   * @param url `ws://host:port/path`, as it is written: what is not part of a handshake must not be escaped
   * @throws {SyntaxError} for a URL that the protocol cannot use
   */
  codec(url: string, settings: CodecSettings): Codec;
  /**
   * Why a path of a server cannot be used, as a phrase that follows its name; undefined if it can. Left out if the
   * path is that of the handshake.
   *
   * @param path begins with a slash
   */
  readonly pathProblem?: (path: string) => string | undefined;
}

/** What the value of an option may be: JSON. */
export type OptionValue =
  | string
  | number
  | boolean
  | null
  | readonly OptionValue[]
  | { readonly [name: string]: OptionValue };

/** The values of a protocol's options, by name. */
export type OptionValues = { readonly [name: string]: OptionValue };

/** One thing that can be chosen for a protocol. */
export interface ProtocolOption {
  /** What it is, as help says it. */
  readonly about: string;
  /** How a value is read from the command line; `json` for anything that JSON can say. */
  readonly type: "text" | "number" | "json";
  /** The value when nothing is given; the option is left out of the values if there is none. */
  readonly default?: OptionValue;
  /** The only values that it may have. */
  readonly oneOf?: readonly OptionValue[];
  /** Set if it is never shown or written. */
  readonly isSecret?: true;
  /** Set if its value is a list: on the command line it is given once for each of its elements. */
  readonly isList?: true;
  /**
   * Set if the command line has an option of this name, in addition to `--set`: a server for which it is given speaks
   * this protocol.
   */
  readonly flag?: { readonly value: string; readonly help: string };
  /**
   * Reads a value, or an element of a list, from the command line, instead of as its type says.
   *
   * @throws {SyntaxError} if it cannot be read, with a phrase that follows the option's name
   */
  readonly read?: (text: string) => OptionValue;
  /** Why a value, or an element of a list, cannot be used, as a phrase that follows its name; undefined if it can. */
  readonly problem?: (value: OptionValue) => string | undefined;
}

/** What a codec is made for. */
export interface CodecSettings {
  /** The options as they were given, those with a default filled in: `withDefaults()` of `options.ts` does it. */
  readonly options: OptionValues;
  /** Letters and digits that no other generator has: names at the server that must not be shared begin with it. */
  readonly run: string;
  /** Letters and digits that all generators of a trial share: names of groups begin with it. As `run` when left out. */
  readonly trial?: string | undefined;
  /**
   * The group of a connection: what it sends goes to all connections of the group. Each is a group of its own where a
   * message is answered to its sender alone.
   */
  readonly groupOf: (connection: number) => number;
}

/** What all connections to one URL share. */
export interface Codec {
  /** Where the WebSocket is opened. */
  readonly url: URL;
  /** The subprotocols that the handshake offers, those preferred first; none when left out. */
  readonly subprotocols?: readonly string[];
  /** Headers of the handshake, beside those that every one has. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Set if replies may overtake one another: each names its message, and another order is no fault. */
  readonly mayOvertake?: true;
  /** How long the opening may take, in milliseconds; as long as all of a connection's opening when left out. */
  readonly openingMs?: number;
  /** After which time {@linkcode Conversation.keepAlive} is called, again and again, in milliseconds; never if left out. */
  readonly keepAliveMs?: number;
  /**
   * The WebSocket messages that carry some content, in the order in which they are sent.
   *
   * @param content is written once for each message
   */
  messages(content: Message): readonly Message[];
  /**
   * The WebSocket message that carries some content of the server, if each is one message whose bytes are known, and
   * nothing but the content has to be seen: replies can then be compared as they come, without taking them apart.
   */
  readonly reply?: (content: Message) => Message;
  /**
   * Begins the conversation of a connection. Left out if only content is sent: then messages may be sent as soon as
   * the WebSocket is open, and all that arrives is a reply. That path is as short as can be.
   *
   * @param handlers called with what the server says
   * @param connection its number, from 0
   */
  readonly conversation?: (handlers: ConversationHandlers, connection: number) => Conversation;
}

/**
 * One WebSocket message, or the content of one: another for each connection and number, but put together of the same
 * parts. `parts/composer.ts` and, in series, `bench/generator/wire/series.ts` write it.
 */
export interface Message {
  /** Whether it is text. */
  readonly isText: boolean;
  /** How many bytes it takes at most. */
  readonly size: number;
  /** What messages are put together of: for all connections the same, or for some others than for the rest. */
  readonly parts: readonly Parts[];
  /** Which of the parts the messages of a connection have, as an index. */
  partsOf(connection: number): number;
}

/**
 * What messages are put together of, as data: a head with numbers in it, one of a few fillings, and a tail. So what they
 * share can be prepared before the traffic begins.
 */
export interface Parts {
  /** The head: bytes that are always the same, with spaces or zeros where a number with a width is written. */
  readonly head: Uint8Array;
  /** Where the head has numbers, the first one first. */
  readonly holes: readonly Hole[];
  /** At least one, which may be empty; a message has that of `fillingOf()`. */
  readonly fillings: readonly Uint8Array[];
  /** What comes after the filling. */
  readonly tail: Uint8Array;
  /** Where the tail has numbers, the first one first; nowhere when left out. */
  readonly tailHoles?: readonly Hole[];
}

/** A place of a number in the head of messages. */
export interface Hole {
  /** Where it is, in bytes from the start of {@linkcode Parts.head}. */
  readonly at: number;
  /** The connection, the message's number on it, 64 bits that differ by both, or how many bytes follow. */
  readonly holds: "connection" | "sequence" | "random" | "length";
  /** What is written in the place of the connection or number: the connection's group, say. */
  readonly of?: (number: number) => number;
  /**
   * An unsigned integer of 32 bits, little endian, or of 16, big endian; decimal digits, or padded with zeros before them;
   * for random bits only, 16 hexadecimal digits; for a length only, seven bits a byte, the lowest first, as in MQTT.
   */
  readonly as: "uint32" | "uint16" | "decimal" | "padded" | "hex" | "varint";
  /** What is added to the number; for random bits what they differ by, too. 0 when left out. */
  readonly plus?: number;
  /**
   * How many bytes of the head it takes: 4 for a `uint32`, 2 for a `uint16`. Digits stand at its start, and the spaces after them stay; with
   * 0 they are put in between, so that a head with a longer number is longer: so are a `varint` and a length.
   */
  readonly width: number;
  /** Of a length: from which byte of the head on it counts, and how many bytes at the end of the tail it leaves out. */
  readonly counts?: { readonly from: number; readonly without: number };
}

/** What is said on one connection. */
export interface Conversation {
  /** To be called when the WebSocket is open: begins the opening. */
  open(): void;
  /**
   * To be called for each WebSocket message that arrives: on the hot path, so nothing may be allocated for what is
   * a reply.
   *
   * @param buffer holds it from `start` to before `end`, during the call only
   * @throws {Error} for what does not fit the protocol, and if the server refuses, with its reason
   */
  receive(isText: boolean, buffer: Uint8Array, start: number, end: number): void;
  /** To be called every {@linkcode Codec.keepAliveMs} while the connection is ready: says that the client is there. */
  keepAlive?(): void;
  /** To be called before the WebSocket is closed: says goodbye if the protocol does. */
  close(): void;
  /** What the opening waits for, as in "waits for …"; undefined if it is over, or says no more. */
  readonly awaited?: string | undefined;
}

/** Stands for the number of the message whose reply is due next: see {@linkcode ConversationHandlers.answered}. */
export const NEXT: number = -1;

/**
 * What a conversation reports: one call for each message that arrives, or for each packet in it. Ranges are valid until the call returns
 * or another conversation of the codec is used.
 */
export interface ConversationHandlers {
  /** A WebSocket message is to be sent that belongs to the opening, to an acknowledgement or to the end. */
  send(isText: boolean, bytes: Uint8Array): void;
  /** The opening is over: now messages may be sent. */
  ready(): void;
  /**
   * The server sent content, which is checked.
   *
   * @param sequence number of the message that the reply names beside its content, which must then be that of this
   * message; when left out, the payload knows which message of the traffic it answers
   */
  reply(
    isText: boolean,
    buffer: Uint8Array,
    start: number,
    end: number,
    sequence?: number,
  ): void;
  /**
   * The server answered a message as it should, and nothing else of the reply is to be checked.
   *
   * @param sequence number of the message, or {@linkcode NEXT}; one that answers none is counted as a wrong reply
   */
  answered(sequence: number, isText: boolean, buffer: Uint8Array, start: number, end: number): void;
  /** The server answered a message, but not as it should: a refusal, or other content. Parameters as above. */
  wrong(sequence: number, isText: boolean, buffer: Uint8Array, start: number, end: number): void;
  /**
   * The server said something that cannot be read: a reply that was spoilt, if one is missing in the end, else something
   * that nobody asked for.
   *
   * @param contentStart where the JSON begins that it carries, if something precedes it
   */
  unreadable(
    isText: boolean,
    buffer: Uint8Array,
    start: number,
    end: number,
    contentStart?: number,
  ): void;
  /** The server said something that nobody asked for: it is counted, and changes nothing. */
  unasked(isText: boolean, buffer: Uint8Array, start: number, end: number): void;
  /**
   * The server sent by itself what a client has subscribed to: a message of its stream in the scenario push; elsewhere
   * nobody asked for it. What never is one, such as a greeting, is {@linkcode unasked}.
   */
  pushed(isText: boolean, buffer: Uint8Array, start: number, end: number): void;
  /** The server will send no more by itself: that ends the connection where it is a stream, and nothing else. */
  exhausted(reason: string): void;
  /** A keep-alive is to be answered; if the server reads nothing, only with the last answer. */
  keepAlive(isText: boolean, answer: Uint8Array): void;
  /** The server ended the conversation: the WebSocket is to be closed. */
  ended(reason: string): void;
}
