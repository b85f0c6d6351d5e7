/**
 * The process of a client under test: for each line of its stdin it opens a connection, and sends back what comes until
 * the connection has ended, which it tells.
 *
 * `deno run -A bench/conformance/clients/program.ts ID`
 */

import { libraries } from "../../../clients/mod.ts";
import type { Client } from "../../../clients/types.ts";
import { readLines } from "../../process/lines.ts";
import type { EchoEnded, EchoReady, EchoTask } from "./types.ts";

/** Does one task; resolves to how the connection ended. */
type Echo = (task: EchoTask) => Promise<string>;

/** What echoes, and how it describes itself. */
interface Echoing {
  readonly library: string;
  readonly echo: Echo;
}

function echoByLibrary({ connect, library }: Client): Echoing {
  return {
    library,
    echo({ url }) {
      const { promise, resolve } = Promise.withResolvers<string>();
      const connection = connect(url, {
        opened() {},
        received: (message) => connection.send(message),
        closed: (code, reason) => resolve(`code ${code}, ${reason}`),
      });
      return promise;
    },
  };
}

const [ENGINES, IN_BROWSER, BY_WS] = [
  "./wire_echo.ts",
  "./browser_echo.ts",
  "./ws_echo.ts",
] as const;

async function load(id: string): Promise<Echoing> {
  const [, engine] = /^wire-(epoll|uring|tcp)$/.exec(id) ?? [];
  if (engine !== undefined) {
    const { echo }: typeof import("./wire_echo.ts") = await import(ENGINES);
    return {
      library: `wsmark's own frames, deno ${Deno.version.deno}`,
      echo: ({ url, deflate }) =>
        echo(engine as "epoll" | "uring" | "tcp", url, deflate && "takeover"),
    };
  }
  if (id === "browser") {
    const { openBrowserEcho }: typeof import("./browser_echo.ts") = await import(IN_BROWSER);
    return await openBrowserEcho();
  }
  if (id === "ws") {
    const { wsEcho }: typeof import("./ws_echo.ts") = await import(BY_WS);
    return wsEcho;
  }
  return echoByLibrary(await libraries.find((one) => one.id === id)!.load());
}

function say(line: EchoReady | EchoEnded): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(line)}\n`));
}

// A library may leave an error to nobody; the connection of the case has ended with it.
addEventListener("unhandledrejection", (event) => event.preventDefault());

const { library, echo } = await load(Deno.args[0]!);
say({ library });
for await (const line of readLines(Deno.stdin.readable)) {
  // A client of another protocol notices late that a connection has ended: the next one need not wait for that.
  void echo(JSON.parse(line)).catch((error: Error) => error.message)
    .then((ended) => say({ ended }));
}
Deno.exit(0);
