/** The rules by which the strict client reads an answer: each is a line, and each can be left out as a fault. */

import { acceptKey } from "../../clients/wire/handshake/handshake.ts";
import { readExtensions } from "../driver/deflate_answer.ts";
import { type SeenHead, valuesOf } from "./strict_opening.ts";

/** The key of the strict client. */
export const KEY = "dGhlIHNhbXBsZSBub25jZQ==";

/** What the strict client sends first. */
export const REQUEST = [
  "GET / HTTP/1.1",
  "Host: strict",
  "Upgrade: websocket",
  "Connection: Upgrade",
  `Sec-WebSocket-Key: ${KEY}`,
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Extensions: permessage-deflate",
].map((line) => `${line}\r\n`).join("") + "\r\n";

interface Rule {
  /** What one does who leaves it out, as a phrase. */
  readonly fault: string;
  /** Whether a head breaks it. */
  isBroken(head: SeenHead): boolean;
}

const elementsOf = (head: SeenHead, name: string): readonly string[] =>
  valuesOf(head, name).flatMap((value) => value.toLowerCase().split(",").map((one) => one.trim()));

/** What a client looks at. */
export const ANSWER_RULES = [
  {
    fault: "takes any status",
    isBroken: ({ line }) => !/^HTTP\/1\.1 101(?: |$)/.test(line) && /^HTTP\/1\.1 /.test(line),
  },
  {
    fault: "takes any first line of an answer",
    isBroken: ({ line }) => !/^HTTP\/1\.1 /.test(line),
  },
  {
    fault: "does not read Upgrade",
    isBroken: (head) => elementsOf(head, "upgrade").join() !== "websocket",
  },
  {
    fault: "does not read Connection",
    isBroken: (head) => !elementsOf(head, "connection").includes("upgrade"),
  },
  {
    fault: "does not read Sec-WebSocket-Accept",
    isBroken: (head) => valuesOf(head, "sec-websocket-accept").join(" ") !== acceptKey(KEY),
  },
  {
    fault: "takes any subprotocol",
    isBroken: (head) => valuesOf(head, "sec-websocket-protocol").length > 0,
  },
  {
    fault: "takes any extension",
    isBroken: (head) => {
      const values = valuesOf(head, "sec-websocket-extensions");
      if (values.length === 0 || values.join() === "") return false;
      const [first, ...others] = readExtensions(values.join(", ")) ?? [];
      return first?.name !== "permessage-deflate" || others.length > 0 || first.parameters.size > 0;
    },
  },
  {
    fault: "passes over lines that are no fields",
    isBroken: ({ others, fields }) =>
      others.some((one) => one !== "LF") || fields.some(([, value]) => value.includes("\0")),
  },
] as const satisfies readonly Rule[];

/** What a client can do wrong besides. */
export const ANSWER_FAULTS = [
  "refuses any answer",
  "refuses long answers",
  "goes on when it has refused",
  "stays silent when it has refused",
  "knows no interim answers",
  "takes masked frames",
] as const;

/** Whether a client takes an answer. */
export function takes(head: SeenHead, has: (fault: string) => boolean): boolean {
  const isBroken = (ANSWER_RULES as readonly Rule[]).some(({ fault, isBroken }) =>
    isBroken(head) && !has(fault)
  );
  return !isBroken && !has("refuses any answer");
}
