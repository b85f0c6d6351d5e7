/** The options that name servers of the user. */

import { protocols } from "../../protocols/mod.ts";
import { anyOf, type Option } from "./option.ts";

/** The options, each with `NAME=` before its value. */
export const ownServerOptions: readonly Option[] = [
  {
    name: "url",
    value: "NAME=ws://…",
    repeatable: true,
    help:
      "A server of your own that runs already; it must return messages as they came, or as its --protocol does",
    group: "A server of your own",
  },
  {
    name: "command",
    value: "NAME='CMD {port}'",
    repeatable: true,
    help: "A server of your own to start, on the port in {port} or $PORT",
    group: "A server of your own",
  },
  {
    name: "protocol",
    value: "NAME=WHAT",
    repeatable: true,
    help: `What it speaks: ${
      anyOf(protocols.map(({ id }) => id))
    }, or ./FILE.ts that exports a protocol (${protocols[0].id})`,
    group: "A server of your own",
  },
  {
    name: "set",
    value: "NAME=KEY=VALUE",
    repeatable: true,
    help: "What is chosen of its protocol: `wsmark list PROTOCOL` shows what there is",
    group: "A server of your own",
  },
  {
    name: "path",
    value: "NAME=/PATH",
    repeatable: true,
    help: `Path of its echo${
      protocols.map(({ title, pathNames }) => pathNames && `, under ${title} the ${pathNames}`)
        .join("")
    } (/)`,
    group: "A server of your own",
  },
  {
    name: "pid",
    value: "NAME=N",
    repeatable: true,
    help: "Process of a --url on this machine: its CPU time and memory are measured then",
    group: "A server of your own",
  },
];
