/** Carries a conversation over a client and a console, with this machine's clock. */

import type { Client, Connection, Handlers } from "../types.ts";
import type { SessionRecorder } from "../../measure/model/session.ts";
import { type Console, openConsole } from "./console.ts";
import { Conversation } from "./conversation.ts";
import { masked } from "../../measure/text/secrets.ts";
import { hushedUrl } from "../../bench/plan/own_servers/secrets.ts";
import type { Effect, Happening } from "./effects.ts";
import type { Journal } from "./journal.ts";
import { replyText } from "./reply.ts";

interface Talk {
  /** Where it is shown; still there when it has ended. */
  readonly console: Console;
  readonly recorder: SessionRecorder;
  /** Resolves with the exit code when it has ended. */
  readonly ended: Promise<number>;
  interrupt(): void;
}

/** @param now milliseconds since the session began */
export function converse(
  client: Client,
  url: string,
  now: () => number,
  journal: Journal | undefined,
): Talk {
  const { promise: ended, resolve } = Promise.withResolvers<number>();
  const happens = (happening: Happening): void => {
    run(conversation.handle(happening, now()));
    for (;;) {
      const effects = conversation.next(now());
      if (effects.length === 0) break;
      run(effects);
    }
    console.want(conversation.wantsLines);
  };
  const interrupt = (): void => happens({ on: "interrupted" });
  const console = openConsole({
    line: (text) => happens({ on: "line", text }),
    ended: () => happens({ on: "input ended" }),
    interrupted: interrupt,
    // Not at once: it is noticed in the middle of something.
    unread: () => queueMicrotask(interrupt),
  });
  const { onTerminal } = console;
  const conversation = new Conversation({ url: masked(url), library: client.library, onTerminal });
  const patience = createPatience(() => happens({ on: "timeout" }));
  let connection: Connection;

  const handlers: Handlers = {
    opened() {
      console.listen();
      happens({ on: "opened" });
    },
    received: (message) => happens({ on: "received", message }),
    // A library may repeat the URL.
    closed: (code, reason) => happens({ on: "closed", code, reason: hushedUrl(url, reason) }),
  };

  const act: { readonly [One in Effect as One["do"]]: (effect: One) => void } = {
    connect: () => connection = client.connect(url, handlers),
    send: ({ text }) => connection.send(text),
    close: () => connection.close(),
    keep: ({ entry }) => journal?.add(entry),
    show: ({ text }) => console.show(text),
    "show reply": ({ latency, text }) => console.show(replyText(latency, text, console.columns)),
    complain: ({ text }) => console.complain(text),
    ask: ({ prompt }) => console.ask(prompt),
    wait: ({ ms }) => patience.start(ms),
    "stop waiting": () => patience.stop(),
    end({ code }) {
      console.close();
      resolve(code);
    },
  };

  function run(effects: readonly Effect[]): void {
    for (const effect of effects) (act[effect.do] as (effect: Effect) => void)(effect);
  }

  connection = client.connect(url, handlers);
  return { console, recorder: conversation.recorder, ended, interrupt };
}

/** A timeout that can be restarted with every reply, at the cost of reading a clock. */
function createPatience(over: () => void): { start(ms: number): void; stop(): void } {
  let dueMs = Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(): void {
    timer = undefined;
    if (dueMs === Infinity) return;
    const leftMs = dueMs - performance.now();
    if (leftMs > 0) timer = setTimeout(look, leftMs);
    else {
      dueMs = Infinity;
      over();
    }
  }

  return {
    start(ms) {
      const isSooner = performance.now() + ms < dueMs;
      dueMs = performance.now() + ms;
      if (isSooner) clearTimeout(timer);
      if (isSooner || timer === undefined) timer = setTimeout(look, ms);
    },
    stop() {
      dueMs = Infinity;
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
