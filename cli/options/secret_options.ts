/** The options that give secrets again. */

import type { Option } from "./option.ts";

/** The options that give a server's secrets again. */
export const secretOptions: readonly Option[] = [
  {
    name: "url",
    value: "NAME=ws://…",
    repeatable: true,
    help: "The URL of a server again, with the secrets that the plan has masked",
    group: "A server of your own",
  },
  {
    name: "command",
    value: "NAME='CMD {port}'",
    repeatable: true,
    help: "The command of a server again, the same way",
    group: "A server of your own",
  },
  {
    name: "header",
    value: "NAME='FIELD: VALUE'",
    repeatable: true,
    help: "A header of a server again, the same way",
    group: "A server of your own",
  },
];
