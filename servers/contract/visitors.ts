/**
 * Who may use a server that listens on loopback: programs, and pages of this machine. A page from anywhere else, in a
 * browser on this machine, may not: it names its origin in every WebSocket handshake, and if its name was made to
 * resolve to this machine (DNS rebinding), the host is that name.
 *
 * A server has no secrets: it returns what it is sent. But such a page could keep it busy while it is measured, and read
 * what others send to `/broadcast` or in a room. Only the handshake is checked, never a message.
 */

/** The answer to a refused request, for servers that write it by hand. */
export const FORBIDDEN = "HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

/** Whether a request comes from a page of another machine, by its fields `Host` and `Origin`. */
export type Refuses = (
  host: string | null | undefined,
  origin: string | null | undefined,
) => boolean;

/**
 * Decides who is refused.
 *
 * @param hostname where the server listens: on another address than loopback it is open to all who can reach it, and
 * nothing is refused, because nobody knows by which names it is reached
 */
export function refusesOf(hostname: string): Refuses {
  if (!isLoopback(hostname)) return () => false;
  // Programs name no origin, and as host the address that they connect to.
  return (host, origin) =>
    host !== null && host !== undefined && !isLoopback(host.replace(/:\d*$/, "")) ||
    origin !== null && origin !== undefined && !isLoopback(URL.parse(origin)?.hostname ?? "");
}

function isLoopback(hostname: string): boolean {
  const name = hostname.toLowerCase();
  return name === "127.0.0.1" || name === "localhost" || name === "[::1]" || name === "::1" ||
    name.endsWith(".localhost") || /^127(\.\d{1,3}){3}$/.test(name);
}

/** The answer to a refused request, for servers that use the web's classes. */
export function forbidden(): Response {
  return new Response("This server answers programs and pages of this machine only\n", {
    status: 403,
  });
}
