/** What workerd runs: a worker, and an object for each audience, as connections of a worker know nothing of each other. */

import { type Answers, answersOf } from "../../contract/page.ts";
import { Sessions } from "../../contract/sessions.ts";
import type { Asked } from "../../types.ts";

/** The part of workerd that is used here: its types are not installed. */
declare const WebSocketPair: new () => { readonly 0: WebSocket; readonly 1: WorkerSocket };

interface WorkerSocket extends WebSocket {
  accept(): void;
}

/** What the configuration binds. */
interface Environment {
  /** Where it listens. */
  readonly HOSTNAME: string;
  /** What the answer to a handshake agrees to if the client offers compression; empty for none. */
  readonly EXTENSIONS: string;
  readonly AUDIENCES: {
    getByName(name: string): { fetch(request: Request): Promise<Response> };
  };
}

const sessions = new Sessions<ArrayBuffer>();
let answer: Answers | undefined;

/** Accepts a connection, and serves what it asks for. */
function upgrade(
  request: Request,
  asked: Asked,
  { EXTENSIONS }: Environment,
  sessions: Sessions<ArrayBuffer>,
): Response {
  const { 0: client, 1: socket } = new WebSocketPair();
  socket.accept();
  socket.binaryType = "arraybuffer";
  const session = sessions.begin(asked, (message) => socket.send(message));
  socket.addEventListener("message", ({ data }) => session.received(data));
  socket.addEventListener("close", session.closed);
  socket.addEventListener("error", session.closed);
  const offer = request.headers.get("sec-websocket-extensions");
  const headers = new Headers();
  if (offer !== null && EXTENSIONS !== "") headers.set("sec-websocket-extensions", EXTENSIONS);
  return new Response(null, { status: 101, headers, webSocket: client } as ResponseInit);
}

/** Those who listen at one path. */
export class Audience {
  readonly #sessions = new Sessions<ArrayBuffer>();
  readonly #environment: Environment;

  constructor(_state: unknown, environment: Environment) {
    this.#environment = environment;
  }

  fetch(request: Request): Response {
    const { pathname: path } = new URL(request.url);
    return upgrade(request, { behaviour: "/broadcast", path }, this.#environment, this.#sessions);
  }
}

export default {
  fetch(request: Request, environment: Environment): Response | Promise<Response> {
    answer ??= answersOf("workerd", environment.HOSTNAME);
    const asked = answer(request);
    if (asked instanceof Response) return asked;
    return asked.behaviour === "/broadcast"
      ? environment.AUDIENCES.getByName(asked.path).fetch(request)
      : upgrade(request, asked, environment, sessions);
  },
};
