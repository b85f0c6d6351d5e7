/** The opening handshake of the strict peer: each rule is a line, and each can be left out as a fault. */

import { acceptKey } from "../../clients/wire/handshake/handshake.ts";
import { answerTo, isOffer, readExtensions } from "../driver/deflate_answer.ts";

/** A head as it came. */
export interface SeenHead {
  readonly line: string;
  /** Names as they are written. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** The lines that are no fields. */
  readonly others: readonly string[];
}

/**
 * Finds the head; undefined if it is not all there.
 *
 * @param isRequest before which empty lines do not count
 */
export function readHead(
  bytes: Uint8Array,
  isRequest: boolean,
): { head: SeenHead; end: number } | undefined {
  const text = new TextDecoder("latin1").decode(bytes);
  const start = isRequest ? /^(?:\r\n)*/.exec(text)![0].length : 0;
  const found = /\r?\n\r?\n/.exec(text.slice(start));
  if (found === null) return undefined;
  // A folded field is read as one line (RFC 9112 §5.2).
  const unfolded = text.slice(start, start + found.index).replaceAll(/\r?\n[ \t]+/g, " ");
  const [line = "", ...rest] = unfolded.split(/\r?\n/);
  const isBare = text.slice(start, start + found.index).replaceAll("\r\n", "").includes("\n");
  const parsed = rest.map((one) => /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*(.*?)[ \t]*$/.exec(one));
  return {
    head: {
      line,
      fields: parsed.flatMap((one) => one === null ? [] : [[one[1]!, one[2]!] as const]),
      others: [...rest.filter((_, index) => parsed[index] === null), ...isBare ? ["LF"] : []],
    },
    end: start + found.index + found[0].length,
  };
}

/** All values of a field. */
export function valuesOf({ fields }: SeenHead, name: string): readonly string[] {
  return fields.filter(([one]) => one.toLowerCase() === name.toLowerCase()).map(([, value]) =>
    value
  );
}

const elementsOf = (head: SeenHead, name: string): readonly string[] =>
  valuesOf(head, name).flatMap((value) => value.toLowerCase().split(",").map((one) => one.trim()));

interface Rule {
  /** What one does who leaves it out, as a phrase. */
  readonly fault: string;
  /** With what a request is refused. */
  readonly status: number;
  /** Whether a head breaks it. */
  isBroken(head: SeenHead): boolean;
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const KEY = /^[A-Za-z0-9+/]{21}[AQgw]==$/;

/** What a server looks at. */
export const REQUEST_RULES = [
  {
    fault: "takes any method",
    status: 405,
    isBroken: ({ line }) => /^\w+ \S+ HTTP\//.test(line) && !line.startsWith("GET "),
  },
  {
    fault: "takes any version of HTTP",
    status: 505,
    isBroken: ({ line }) => / HTTP\/(?!1\.1$)[\d.]+$/.test(line),
  },
  {
    fault: "takes any first line",
    status: 400,
    isBroken: ({ line }) => !/^[A-Z]+ \S+ HTTP\/[\d.]+$/.test(line),
  },
  {
    fault: "passes over what is no field",
    status: 400,
    isBroken: ({ others }) => others.some((one) => one !== "LF"),
  },
  {
    fault: "does without Host",
    status: 400,
    isBroken: (head) => valuesOf(head, "host").length === 0,
  },
  {
    fault: "takes any Host",
    status: 400,
    isBroken: (head) =>
      valuesOf(head, "host").length > 1 || valuesOf(head, "host")[0]!.includes(" "),
  },
  {
    fault: "does without Upgrade",
    status: 400,
    isBroken: (head) => !elementsOf(head, "upgrade").includes("websocket"),
  },
  {
    fault: "does without Connection",
    status: 400,
    isBroken: (head) => !elementsOf(head, "connection").includes("upgrade"),
  },
  {
    fault: "does without a key",
    status: 400,
    isBroken: (head) => (valuesOf(head, "sec-websocket-key")[0] ?? "") === "",
  },
  {
    fault: "takes any key",
    status: 400,
    isBroken: (head) => {
      const keys = valuesOf(head, "sec-websocket-key");
      return keys.length > 1 || keys.some((key) => key !== "" && !KEY.test(key));
    },
  },
  {
    fault: "takes other versions",
    status: 426,
    isBroken: (head) => /^(?:0|[1-9]\d*)$/.test(versionOf(head)) && versionOf(head) !== "13",
  },
  {
    fault: "takes any version",
    status: 400,
    isBroken: (head) => !/^(?:0|[1-9]\d*)$/.test(versionOf(head)),
  },
  {
    fault: "takes broken subprotocols",
    status: 400,
    isBroken: (head) => {
      const values = valuesOf(head, "sec-websocket-protocol");
      if (values.length === 0) return false;
      const offered = values.join(",").split(",").map((one) => one.trim());
      return new Set(offered).size < offered.length || !offered.every((one) => TOKEN.test(one));
    },
  },
  {
    fault: "takes broken extensions",
    status: 400,
    isBroken: (head) => {
      const value = valuesOf(head, "sec-websocket-extensions").join(",");
      return value !== "" && !value.includes("permessage-deflate;") &&
        (readExtensions(value) === undefined || /=\s*(?:$|[,;])/.test(value));
    },
  },
  {
    fault: "takes bodies for frames",
    status: 400,
    isBroken: (head) =>
      valuesOf(head, "transfer-encoding").length > 0 ||
      valuesOf(head, "content-length").some((value) => value !== "0"),
  },
] as const satisfies readonly Rule[];

const versionOf = (head: SeenHead): string => valuesOf(head, "sec-websocket-version").join(", ");

/** What a server can do wrong besides. */
export const REQUEST_FAULTS = [
  "answers a request with a wrong key",
  "refuses without a word",
  "does not answer what it refuses",
  "does not say its version",
  "knows names of fields by their capitals",
  "compares values letter by letter",
  "takes a list for one value",
  "reads a request only in one piece",
  "takes no long request",
  "does not know queries",
  "takes no early frames",
  "chooses a subprotocol that was not offered",
  "agrees to the first extension",
  "refuses extensions",
  "refuses subprotocols",
  "refuses bytes above ASCII",
  "has no permessage-deflate",
  "agrees to any compression",
  "keeps the context that was to be left out",
  "leaves the window out",
  "gives the client a window unasked",
  "takes the first offer only",
] as const;

/** What a server answers. */
export interface Reply {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly isAccepted: boolean;
  /** Whether messages may be compressed. */
  readonly isDeflating: boolean;
}

/** The answer to a request; undefined if there is none. */
export function replyTo(
  head: SeenHead,
  has: (fault: string) => boolean,
  isEarly: boolean,
): Reply | undefined {
  const broken = brokenRule(head, has, isEarly);
  if (broken !== undefined) {
    if (has("does not answer what it refuses")) return undefined;
    const version = broken === 426 && !has("does not say its version")
      ? "Sec-WebSocket-Version: 13\r\n"
      : "";
    const answer = has("refuses without a word")
      ? ""
      : `HTTP/1.1 ${broken} No\r\n${version}Content-Length: 0\r\n\r\n`;
    return { bytes: new TextEncoder().encode(answer), isAccepted: false, isDeflating: false };
  }
  const key = valuesOf(head, "sec-websocket-key")[0] ?? "";
  const offers = valuesOf(head, "sec-websocket-extensions").join(", ");
  const extension = extensionFor(offers, has);
  const lines = [
    "HTTP/1.1 101 Switching Protocols",
    "Upgrade: websocket",
    "Connection: Upgrade",
    `Sec-WebSocket-Accept: ${acceptKey(has("answers a request with a wrong key") ? "" : key)}`,
    ...has("chooses a subprotocol that was not offered") ? ["Sec-WebSocket-Protocol: other"] : [],
    ...extension === undefined ? [] : [`Sec-WebSocket-Extensions: ${extension}`],
  ];
  return {
    bytes: new TextEncoder().encode(`${lines.join("\r\n")}\r\n\r\n`),
    isAccepted: true,
    isDeflating: extension?.startsWith("permessage-deflate") ?? false,
  };
}

/** With which status a request is refused, if it is. */
function brokenRule(
  head: SeenHead,
  has: (fault: string) => boolean,
  isEarly: boolean,
): number | undefined {
  const rule = (REQUEST_RULES as readonly Rule[]).find(({ fault, isBroken }) =>
    isBroken(head) && !has(fault)
  );
  if (rule !== undefined) return rule.status;
  const text = [head.line, ...head.fields.map(([name, value]) => `${name}: ${value}`)].join("\n");
  const isFaulty = head.others.includes("LF") ||
    !text.includes("Upgrade: ") && has("knows names of fields by their capitals") ||
    !(text.includes(": websocket") && text.includes(": Upgrade")) &&
      has("compares values letter by letter") ||
    / (?:keep-alive|websocket|Upgrade|h2c|),/.test(text) && has("takes a list for one value") ||
    text.length > 1000 && has("takes no long request") ||
    text.includes("?") && has("does not know queries") ||
    isEarly && has("takes no early frames") ||
    text.includes("Sec-WebSocket-Extensions") && has("refuses extensions") ||
    text.includes("Sec-WebSocket-Protocol") && has("refuses subprotocols") ||
    /[^\0-\x7f]/.test(text) && has("refuses bytes above ASCII");
  return isFaulty ? 400 : undefined;
}

/** The extension that is agreed on, as a value of its field. */
function extensionFor(offers: string, has: (fault: string) => boolean): string | undefined {
  if (offers === "" || has("has no permessage-deflate")) return undefined;
  if (has("agrees to the first extension")) return offers.split(",")[0];
  if (has("agrees to any compression")) return "permessage-deflate";
  const [first] = readExtensions(offers) ?? [];
  if ((first === undefined || !isOffer(first)) && has("takes the first offer only")) {
    return undefined;
  }
  const answer = answerTo(offers);
  if (answer === undefined) return undefined;
  if (has("keeps the context that was to be left out")) {
    return answer.replace("; server_no_context_takeover", "");
  }
  if (has("leaves the window out")) return answer.replace(/; server_max_window_bits=\d+/, "");
  return has("gives the client a window unasked") ? `${answer}; client_max_window_bits=10` : answer;
}
