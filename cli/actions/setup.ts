/** `setup`: builds servers, and installs what they need. */

import { setup } from "../../servers/setup/main.ts";
import type { Action } from "../command.ts";

export const action: Action = (args) => setup(args.positional);
