import { describeCase } from "../cases.ts";
import type { StudyEntry } from "./types.ts";

const ONE = { connections: 1, inFlight: 1 };
const SEVERAL = { connections: 16, inFlight: 1, size: 64 };
const ONE_AFTER_ANOTHER = { concurrency: 1 };

/** Python's websockets against Flask-SocketIO. */
export const websocketsFlaskSocketio: StudyEntry = {
  id: "websockets-flask-socketio",
  title: "websockets (Python) against Flask-SocketIO",
  about: [
    "A client sent the text hi for 5 s on one connection and counted round trips per second; the time to connect was compared, too, and the least, mean and greatest throughput of several clients.",
    "Their machine: Core i7-10750H, 16 GB, Windows 10, one core, one thread.",
    "The run here sends the same text for as long, waits for each reply before it sends again, and counts replies; several clients are 16 connections that each do so with 64 bytes.",
    "Which versions and which Flask-SocketIO server were used is not known.",
  ],
  claims: [
    {
      kind: "relation",
      text: "Flask-SocketIO makes more round trips per second than websockets on one connection.",
      scenario: "roundtrip",
      case: describeCase(ONE).id,
      metric: "rate",
      server: "flask-socketio",
      than: "websockets",
      relation: "higher",
      published: { server: 40_000, than: 2300 },
      remark:
        "The figures are about 40,000 and 2,300. A client that emits without waiting counts what it sent, whatever becomes of it, which may be how the greater one came about; here only replies count.",
    },
    {
      kind: "relation",
      text: "Connecting to Flask-SocketIO takes longer than to websockets.",
      scenario: "connect",
      case: describeCase(ONE_AFTER_ANOTHER).id,
      metric: "handshake.p50",
      server: "flask-socketio",
      than: "websockets",
      relation: "higher",
      remark:
        "Published without figures. A Socket.IO connection is open when its namespace is joined, which takes messages after the WebSocket handshake.",
    },
  ],
  run: {
    servers: ["websockets", "flask-socketio"],
    scenarios: [
      { id: "roundtrip", cases: [ONE] },
      { id: "throughput", cases: [SEVERAL] },
      { id: "connect", cases: [ONE_AFTER_ANOTHER] },
    ],
    rounds: 6,
    durationMs: 5000,
    warmupMs: 250,
  },
};
