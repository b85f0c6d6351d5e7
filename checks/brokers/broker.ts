/** Real servers of publish and subscribe, each started for a test on free ports, with its files in a folder of its own. */

import { freePort } from "../testing/port.ts";
import type { Need } from "../testing/needs.ts";
import { until } from "../testing/until.ts";

/** A server that runs. */
export interface Broker extends AsyncDisposable {
  /** Where its WebSocket is, by the id of the protocol that is spoken there. */
  readonly urls: Readonly<Record<string, string>>;
  /** Id of its process. */
  readonly pid: number;
}

/** A server that can be started. */
export interface BrokerEntry {
  readonly name: string;
  readonly needs: readonly Need[];
  /** Whether its WebSocket messages may have a part of a packet. */
  readonly cutsPackets?: true;
  start(): Promise<Broker>;
}

/** What is started beside a server, and ended with it. */
export interface Program {
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** How a server is started. */
export interface Launch {
  /** The last one is the server; those before it are started first. */
  readonly programs: readonly [...Program[], Program];
  /** The port that it listens on when it is ready. */
  readonly port: number;
  readonly urls: Broker["urls"];
}

/**
 * Starts a server in a new folder, which is removed after its end, and waits until it listens.
 *
 * @param prepare writes what it needs into the folder
 * @throws {Error} if it ends before that, with the end of what it said
 */
export async function startBroker(
  prepare: (folder: string) => Promise<Launch>,
): Promise<Broker> {
  const folder = await Deno.makeTempDir({ prefix: "wsmark-" });
  await Deno.chmod(folder, 0o755);
  const { programs, port, urls } = await prepare(folder);
  const children = programs.map(({ command: [program = "", ...args], env = {} }) =>
    new Deno.Command(program, {
      args,
      env,
      cwd: folder,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn()
  );
  const said: string[] = [];
  const listening = children.flatMap(({ stdout, stderr }) => [stdout, stderr]).map((stream) =>
    stream.pipeThrough(new TextDecoderStream()).pipeTo(
      new WritableStream({ write: (text) => void said.push(text) }),
    )
  );
  const server = children.at(-1)!;
  let hasEnded = false;
  const ending = server.status.then(() => hasEnded = true);

  async function stop(): Promise<void> {
    for (const child of children.toReversed()) {
      try {
        child.kill("SIGTERM");
      } catch {
        // It has ended by itself.
      }
      await child.status;
    }
    await Promise.all([ending, ...listening]);
    await Deno.remove(folder, { recursive: true });
  }

  try {
    await until(`${programs.at(-1)!.command[0]} to listen`, async () => {
      if (hasEnded) throw new Error(`It ended at once: ${said.join("").slice(-1000)}`);
      return await isListening(port);
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { urls, pid: server.pid, [Symbol.asyncDispose]: stop };
}

async function isListening(port: number): Promise<boolean> {
  try {
    using _connection = await Deno.connect({ hostname: "127.0.0.1", port });
    return true;
  } catch {
    return false;
  }
}

const mosquitto: BrokerEntry = {
  name: "mosquitto",
  needs: ["mosquitto"],
  start: () =>
    startBroker(async (folder) => {
      const port = freePort();
      // Version 2.0.11 does not start with a listener for WebSockets alone.
      const configuration = `
        listener ${freePort()} 127.0.0.1
        listener ${port} 127.0.0.1
        protocol websockets
        allow_anonymous true
        persistence false
        max_queued_messages 0
      `;
      await Deno.writeTextFile(`${folder}/mosquitto.conf`, configuration.replaceAll(/^ +/gm, ""));
      const command = ["sh", "-c", 'PATH="$PATH:/usr/sbin"; exec mosquitto -c mosquitto.conf'];
      return { programs: [{ command }], port, urls: { mqtt: `ws://127.0.0.1:${port}/mqtt` } };
    }),
};

const natsServer: BrokerEntry = {
  name: "nats-server",
  needs: ["nats-server"],
  start: () =>
    startBroker(async (folder) => {
      const port = freePort();
      const configuration = `
        listen: "127.0.0.1:${freePort()}"
        websocket { listen: "127.0.0.1:${port}", no_tls: true }
      `;
      await Deno.writeTextFile(`${folder}/nats.conf`, configuration);
      const command = ["sh", "-c", 'PATH="$PATH:/usr/sbin"; exec nats-server -c nats.conf'];
      return { programs: [{ command }], port, urls: { nats: `ws://127.0.0.1:${port}/` } };
    }),
};

/** The program itself: that on the PATH changes the user. */
const RABBITMQ = "/usr/lib/rabbitmq/bin/rabbitmq-server";

const rabbitmq: BrokerEntry = {
  name: "RabbitMQ",
  needs: ["RabbitMQ"],
  start: () =>
    startBroker(async (folder) => {
      const [stomp, mqtt, epmd] = [freePort(), freePort(), freePort()];
      const configuration = `
        listeners.tcp.1 = 127.0.0.1:${freePort()}
        mqtt.listeners.tcp.1 = 127.0.0.1:${freePort()}
        stomp.listeners.tcp.1 = 127.0.0.1:${freePort()}
        web_stomp.tcp.ip = 127.0.0.1
        web_stomp.tcp.port = ${stomp}
        web_mqtt.tcp.ip = 127.0.0.1
        web_mqtt.tcp.port = ${mqtt}
      `;
      await Deno.writeTextFile(`${folder}/rabbitmq.conf`, configuration.replaceAll(/^ +/gm, ""));
      const plugins = "[rabbitmq_web_mqtt,rabbitmq_web_stomp].\n";
      await Deno.writeTextFile(`${folder}/enabled_plugins`, plugins);
      const env = {
        HOME: folder,
        ERL_CRASH_DUMP_SECONDS: "0",
        ERL_EPMD_ADDRESS: "127.0.0.1",
        ERL_EPMD_PORT: `${epmd}`,
        RABBITMQ_CONF_ENV_FILE: "/dev/null",
        RABBITMQ_CONFIG_FILE: `${folder}/rabbitmq.conf`,
        RABBITMQ_DIST_PORT: `${freePort()}`,
        RABBITMQ_ENABLED_PLUGINS_FILE: `${folder}/enabled_plugins`,
        RABBITMQ_LOG_BASE: folder,
        RABBITMQ_MNESIA_BASE: folder,
        RABBITMQ_NODENAME: `wsmark${stomp}@localhost`,
      };
      return {
        // The daemon of Erlang that it would start itself would stay.
        programs: [{ command: ["epmd"], env }, { command: [RABBITMQ], env }],
        port: mqtt,
        urls: { stomp: `ws://127.0.0.1:${stomp}/ws`, mqtt: `ws://127.0.0.1:${mqtt}/ws` },
      };
    }),
};

const aedes: BrokerEntry = {
  name: "aedes",
  needs: [],
  cutsPackets: true,
  start: () =>
    startBroker(() => {
      const port = freePort();
      const program = new URL("aedes.ts", import.meta.url).pathname;
      const command = [Deno.execPath(), "run", "--quiet", "--allow-all", program, `${port}`];
      return Promise.resolve({
        programs: [{ command }],
        port,
        urls: { mqtt: `ws://127.0.0.1:${port}/` },
      });
    }),
};

const actionCable: BrokerEntry = {
  name: "Action Cable",
  needs: ["Action Cable"],
  start: () =>
    startBroker(() => {
      const port = freePort();
      const program = new URL("action_cable.ru", import.meta.url).pathname;
      return Promise.resolve({
        programs: [{ command: ["puma", "--bind", `tcp://127.0.0.1:${port}`, program] }],
        port,
        urls: { "action-cable": `ws://127.0.0.1:${port}/cable` },
      });
    }),
};

/** All of them. */
export const brokers = { mosquitto, natsServer, rabbitmq, aedes, actionCable };
