import { deepEqual, equal, ok } from "node:assert/strict";
import { variablesOf } from "../launch/set_up.ts";
import { descendantsOf } from "../../bench/process/descendants.ts";
import { startServer } from "../../bench/process/server_process.ts";
import { startBundler } from "../testing/process.ts";
