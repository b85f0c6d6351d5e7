/** Profiles for the tests. */

import { type CpuProfile, type Frame, profileOf } from "../../measure/explain/profile/profile.ts";
import type { Absent, Result } from "../../measure/model/result.ts";
import type { Profiles } from "./data.ts";
import { EXPLAINED } from "../testing/explained_testdata.ts";

const main: Frame = { name: "main", kind: "user", file: "server.ts" };
const evil: Frame = { name: "</script><img src=x onerror=alert(1)>", kind: "library" };
const write: Frame = { name: "tcp_sendmsg", kind: "kernel" };

/** The server writes half of the time. */
export const BEFORE: CpuProfile = profileOf("a test", [
  { frames: [main, evil, write], us: 500 },
  { frames: [main, evil], us: 300 },
  { frames: [main], us: 200 },
]);

/** It writes 70 % of the time. */
export const AFTER: CpuProfile = profileOf("a test", [
  { frames: [main, evil, write], us: 700 },
  { frames: [main, evil], us: 300 },
]);

/** Two servers of the same case with a profile, and one whose file is lost. */
export const PROFILED: Result = {
  ...EXPLAINED,
  explanations: EXPLAINED.explanations!.slice(0, 3).map((one, index) => ({
    ...one,
    profile: `profile-${index + 1}.speedscope.json`,
  })),
};

/** By the names that {@linkcode PROFILED} has. */
export const PROFILES: Profiles = new Map<string, CpuProfile | Absent>([
  ["profile-1.speedscope.json", BEFORE],
  ["profile-2.speedscope.json", AFTER],
  ["profile-3.speedscope.json", { absent: "its file is not there" }],
]);
