/** The servers in Java and Kotlin: a new one is a file and a line here. */

import { optional, programs } from "../launch/entries.ts";
import type { ByContract, Lacks, ServerEntry } from "../types.ts";

const { built } = programs;

/** Without workers: Vert.x and Tomcat have the same threads, whatever number they are told. */
function alone(name: string): ByContract {
  const { workers: _, ...launch } = built("java", name);
  return launch;
}

const ONLY_AS_ASKED: Lacks = {
  "no-takeover": "it goes without only where the client asks for that",
};

/** In the order of the tables. */
export const servers: readonly ServerEntry[] = [
  optional("netty", "Netty", "websocket", built("java", "NettyServer")),
  optional("jetty", "Jetty", "websocket", built("java", "JettyServer")),
  optional("undertow", "Undertow", "websocket", built("java", "UndertowServer")),
  optional("vertx", "Vert.x", "websocket", alone("VertxServer"), ONLY_AS_ASKED),
  optional("tomcat", "Tomcat", "websocket", alone("TomcatServer")),
  optional("webflux", "Spring WebFlux", "websocket", built("java", "WebFluxServer")),
  optional("ktor", "Ktor", "websocket", built("java", "KtorServer"), ONLY_AS_ASKED),
];
