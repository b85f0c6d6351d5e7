/**
 * A program with many agents that make no load: each says what an agent says, all over two connections to NATS, and
 * reports what a real generator once did. What the coordinator gets and has to answer is what real agents send; what it
 * costs to send is kept small, as real agents have machines of their own. Its first line of stdin says how many; it ends
 * with its stdin.
 */

import { type Broker, connectBroker } from "../../bench/agents/broker/connect.ts";
import { type Bus, openBus } from "../../bench/agents/bus.ts";
import { describeAgent, hostKey } from "../../bench/agents/host.ts";
import {
  aliveOf,
  type Answer,
  decode,
  encode,
  encodePart,
  HEARTBEAT_MS,
  type News,
  newsOf,
  Order,
  ordersOf,
} from "../../bench/agents/messages.ts";
import { announce } from "../../bench/agents/service.ts";
import { tellerOf } from "../../bench/agents/teller.ts";
import { clockMs } from "../../bench/generator/together/clock.ts";
import type { GeneratorReport } from "../../bench/generator/messages.ts";
import { readLines } from "../../bench/process/lines.ts";
import { VERSION } from "../../bench/version.ts";

/** What the first line asks for. */
export interface AskedFakes {
  readonly url: string;
  /** The numbers of the agents: from this one on, and how many. */
  readonly from: number;
  readonly count: number;
  readonly report: GeneratorReport;
}

/** What all agents of the program have. */
interface Shared {
  readonly bus: Bus;
  /** For questions whose answers nobody waits for. */
  readonly broker: Broker;
  readonly host: string;
  /** The report as bytes, of traffic that started then. */
  readonly reportAt: (startMs: number) => Uint8Array<ArrayBuffer>;
}

/** The most of a report in one answer, in bytes. */
const MOST_PART = 1_000_000;

/** Where answers go that nobody waits for. */
const NOWHERE = "wsmark.nowhere";

/** Starts an agent; it ends with the program. */
function startFake(
  { bus, broker, host, reportAt }: Shared,
  id: string,
): void {
  const instance = crypto.randomUUID();
  const identity = { id, instance, labels: {}, host, allows: ["nothing"] };
  const description = describeAgent(identity, null);
  const done: Answer = { answer: "done" };
  let session: string | null = null;
  let lengthMs = 0;
  let report: Uint8Array = new Uint8Array();

  function obey(order: Order): Answer {
    switch (order.order) {
      case "describe":
        return { answer: "description", description: { ...description, session } };
      case "clock":
        return { answer: "clock", atMs: clockMs() };
      case "take":
        session = order.session;
        beat(session);
        return { answer: "taken", description: { ...description, session }, machine: [] };
      case "connect":
        lengthMs = order.task.warmupMs + order.task.durationMs;
        inBackground(
          tellerOf(bus, instance, order.session, order.work)({
            kind: "connected",
            clockErrorMs: 0,
          }),
        );
        return done;
      case "run":
        inBackground(run(order.session, order.work, order.startMs));
        return done;
      case "release":
        session = null;
        return done;
      default:
        return done;
    }
  }

  async function run(of: string, work: string, startMs: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, startMs + lengthMs - clockMs()));
    report = reportAt(startMs);
    // Its first news was that it is connected.
    const news = { kind: "report", size: report.length } as const;
    await bus.ask(newsOf(of), encode({ from: instance, work, number: 2, news } satisfies News));
  }

  /** Asks whether the coordinator is alive, as agents do. */
  function beat(of: string): void {
    const content = encode({ from: instance });
    const timer = setInterval(() => {
      if (session !== of) return clearInterval(timer);
      broker.connection.publish(aliveOf(of), content, { reply: NOWHERE });
    }, HEARTBEAT_MS);
  }

  announce(bus, { instance, version: VERSION, metadata: { id }, subject: ordersOf(instance) });
  bus.answer(ordersOf(instance), (content) => {
    const order = decode(content, Order);
    if (order.order !== "fetch") return encode(obey(order));
    return encodePart(report.subarray(order.from, order.from + MOST_PART));
  });
}

/** The coordinator may be gone already. */
function inBackground(done: Promise<unknown>): void {
  done.catch(() => {});
}

const lines = readLines(Deno.stdin.readable);
const asked: AskedFakes = JSON.parse((await lines.next()).value!);
const { url, report, from, count } = asked;
const [before, after] = JSON.stringify({ ...report, startedAtMs: "?" }).split('"?"');
const shared: Shared = {
  bus: await openBus({ url }),
  broker: await connectBroker({ url }),
  host: await hostKey(),
  reportAt: (startMs) => new TextEncoder().encode(`${before}${startMs}${after}`),
};
for (let index = 0; index < count; index++) startFake(shared, `fake-${from + index}`);
Deno.stdout.writeSync(new TextEncoder().encode("ready\n"));
await lines.next();
Deno.exit(0);
