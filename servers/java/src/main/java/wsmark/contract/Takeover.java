package wsmark.contract;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * --deflate no-takeover for libraries that only compress as the client asks: the request is changed so that it asks for
 * that. The same as in takeover.py.
 */
public final class Takeover {
  private static final List<String> PARAMETERS =
      List.of("server_no_context_takeover", "client_no_context_takeover");

  private Takeover() {}

  /**
   * The value of Sec-WebSocket-Extensions with both parameters in each offer of permessage-deflate. A server may agree to
   * them though the client did not ask (RFC 7692, sections 7.1.1.1 and 7.1.1.2); the rest of an offer stays, as the server
   * must obey that.
   */
  public static String without(String offers) {
    return Arrays.stream(offers.split(",")).map(Takeover::withBoth).collect(Collectors.joining(", "));
  }

  private static String withBoth(String offer) {
    List<String> parts = Arrays.stream(offer.split(";")).map(String::strip).toList();
    if (!parts.get(0).equalsIgnoreCase("permessage-deflate")) {
      return offer.strip();
    }
    StringBuilder both = new StringBuilder(String.join("; ", parts));
    PARAMETERS.stream()
        .filter(name -> !parts.contains(name))
        .forEach(name -> both.append("; ").append(name));
    return both.toString();
  }
}
