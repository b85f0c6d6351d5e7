/** A bus without a network, for tests: everybody who has one of it hears the others. */

import { type Bus, type Content, SilenceError } from "../bus.ts";

type Handler = (content: Content) => Content | Promise<Content>;

/** What holds the buses of a test together. */
export interface MemoryNet {
  /** A bus of a participant. */
  bus(): Bus;
  /** Takes all handlers of a bus away, as if its process had been killed. */
  cut(bus: Bus): void;
  /** How often each message is delivered; more than once as when answers are lost. */
  times: number;
}

/** Makes a net, on which a message has at most so many bytes. */
export function memoryNet(mostBytes: number = 1024 * 1024): MemoryNet {
  const handlers = new Map<Bus, Map<string, Handler>>();
  const at = (subject: string): Handler[] =>
    [...handlers.values()].flatMap((all) => all.get(subject) ?? []);
  const net: MemoryNet = {
    times: 1,
    cut: (bus) => handlers.get(bus)?.clear(),
    bus() {
      const bus: Bus = {
        name: "nats://memory",
        mostBytes,
        steadyMs: Infinity,
        async ask(subject, content) {
          if (content.length > mostBytes) throw new RangeError("The message is too long");
          const [handler] = at(subject);
          if (handler === undefined) throw new SilenceError("it is gone", true);
          for (let time = 1; time < net.times; time++) await handler(content);
          return await handler(content);
        },
        say: (subject, content) => at(subject).forEach((handler) => void handler(content)),
        gather: (subject) => Promise.all(at(subject).map((handler) => handler(new Uint8Array()))),
        answer(subject, handler) {
          handlers.get(bus)!.set(subject, handler);
          return { [Symbol.dispose]: () => handlers.get(bus)!.delete(subject) };
        },
        [Symbol.asyncDispose]() {
          net.cut(bus);
          return Promise.resolve();
        },
      };
      handlers.set(bus, new Map());
      return bus;
    },
  };
  return net;
}
