/** What a handshake asks for: by the protocol that is spoken, and by the user. */

import type { HandshakeOffer } from "./request.ts";

type Asked = Pick<HandshakeOffer, "headers" | "subprotocols">;

/** What both ask for; what the user names takes the place of the protocol's. */
export function offerOf(protocol: Asked, user: Asked): Asked {
  const own = user.headers ?? [];
  const isOwn = (name: string): boolean =>
    own.some(([one]) => one.toLowerCase() === name.toLowerCase());
  return {
    headers: [...(protocol.headers ?? []).filter(([name]) => !isOwn(name)), ...own],
    subprotocols: user.subprotocols ?? protocol.subprotocols ?? [],
  };
}
