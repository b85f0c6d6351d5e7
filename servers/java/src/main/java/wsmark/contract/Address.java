package wsmark.contract;

import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Where a server listens, and how connections differ from plain ones.
 *
 * @param port 0 lets the system choose
 * @param tls null if connections are plain
 * @param deflate null, or `takeover`, or `no-takeover`: every message is compressed if the client offers
 *     permessage-deflate (RFC 7692), and may refer to those before it on its connection, or not
 */
public record Address(String hostname, int port, Tls tls, String deflate) {
  /** The alias of the one key, and its password. */
  public static final String KEY = "server", PASSWORD = "";

  /**
   * Certificate and private key, in the forms that libraries take.
   *
   * @param keys holds them as {@link #KEY}
   */
  public record Tls(KeyStore keys, KeyManagerFactory managers, SSLContext context) {}


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
