package wsmark.contract;

import javax.net.ssl.SSLContext;

/**
 * Where a server listens, and how connections differ from plain ones.
 *
 * @param port 0 lets the system choose
 * @param tls null if connections are plain
 * @param deflate null, or `takeover`, or `no-takeover`: every message is compressed if the client offers
 *     permessage-deflate (RFC 7692), and may refer to those before it on its connection, or not
 */
public record Address(String hostname, int port, SSLContext tls, String deflate) {
  /** Whether messages are compressed where the client offers it. */
  public boolean deflates() {
    return deflate != null;
  }

  /** Whether a compressed message may refer to those before it. */
  public boolean takesOver() {
    return "takeover".equals(deflate);
  }

  String url(int actualPort) {
    String host = hostname.contains(":") ? "[" + hostname + "]" : hostname;
    return "%s://%s:%d/".formatted(tls == null ? "ws" : "wss", host, actualPort);
  }
}
