/** The list of scenarios, in the order of the tables. */

import { burst } from "./burst.ts";
import { capacity } from "./capacity.ts";
import { churn } from "./churn.ts";
import { compression } from "./compression.ts";
import { connect } from "./connect.ts";
import { crowd } from "./crowd.ts";
import { curve } from "./curve.ts";
import { fanout } from "./fanout.ts";
import { idle } from "./idle.ts";
import { latency } from "./latency.ts";
import { mixed } from "./mixed.ts";
import { push } from "./push.ts";
import { rate } from "./rate.ts";
import { reconnect } from "./reconnect.ts";
import { rooms } from "./rooms.ts";
import { roundtrip } from "./roundtrip.ts";
import { scalability } from "./scalability.ts";
import { session } from "./session.ts";
import { sizes } from "./sizes.ts";
import { slowReader } from "./slow_reader.ts";
import { throughput } from "./throughput.ts";
import { stages } from "./stages.ts";
import type { Scenario } from "./types.ts";

/** Every scenario. */
export const scenarios: readonly Scenario[] = [
  roundtrip,
  latency,
  throughput,
  sizes,
  compression,
  session,
  rate,
  capacity,
  curve,
  stages,
  connect,
  churn,
  scalability,
  burst,
  fanout,
  rooms,
  push,
  mixed,
  idle,
  crowd,
  slowReader,
  reconnect,
];
