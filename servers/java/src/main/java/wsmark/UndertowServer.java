package wsmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.extensions.PerMessageDeflateHandshake;
import io.undertow.websockets.spi.WebSocketHttpExchange;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xnio.Options;
import wsmark.contract.Address;
import wsmark.contract.Answer;
import wsmark.contract.Behaviours;
import wsmark.contract.Behaviours.Asked;
import wsmark.contract.Conversation;
import wsmark.contract.Rooms;
import wsmark.contract.Server;
import wsmark.contract.Takeover;

/** Undertow with its own API of WebSockets. */
public final class UndertowServer {
  private static final Server SERVER =
      new Server(
          "undertow",
          Server.release("Undertow", "undertow-core"),
          List.of(
              "I/O threads, which also handle the messages: %d, over Java's NIO."
                  .formatted(Server.eventLoops()),
              "No compression unless a case asks for it, then of every message, at zlib's default level.",
              Server.NO_LOGGING,
              Server.NO_DELAY,
              Server.MOST_BYTES,
              Server.BACKPRESSURE,
              Server.UNLIMITED),
          Map.of());

  private final Address address;
  private final Rooms<Conversation<Message>> rooms = new Rooms<>();
  private final WebSocketProtocolHandshakeHandler handshakes;

  private UndertowServer(Address address) {
    this.address = address;
    handshakes =
        new WebSocketProtocolHandshakeHandler(
            (WebSocketHttpExchange exchange, WebSocketChannel channel) -> {
              Asked asked = Behaviours.askedAt(exchange.getRequestURI()).orElseThrow();
              new Socket(asked, channel).open();
            });
    if (address.deflates()) {
      handshakes.addExtension(
          new PerMessageDeflateHandshake(
              false,
              PerMessageDeflateHandshake.DEFAULT_DEFLATER,
              address.takesOver(),
              address.takesOver(),
              Behaviours.MAX_MESSAGE_BYTES));
    }
  }

  public static void main(String[] args) {
    SERVER.run(args, address -> new UndertowServer(address).start());
  }

  private int start() {
    Undertow.Builder builder =
        Undertow.builder()
            .setIoThreads(Server.eventLoops())
            .setSocketOption(Options.BACKLOG, 4096)
            .setSocketOption(Options.TCP_NODELAY, true)
            .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, -1)
            .setHandler(this::handle);
    Undertow server =
        (address.tls() == null
                ? builder.addHttpListener(address.port(), address.hostname())
                : builder.addHttpsListener(
                    address.port(), address.hostname(), address.tls().context()))
            .build();
    server.start();
    return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }

  private void handle(HttpServerExchange exchange) throws Exception {
    Optional<Asked> asked = Behaviours.askedAt(exchange.getRequestURI());
    Answer answer =
        Answer.to(SERVER.id(), asked, exchange.getRequestHeaders().getFirst(Headers.UPGRADE));
    if (answer == null) {
      refuseTakeover(exchange.getRequestHeaders());
      handshakes.handleRequest(exchange);
      return;
    }
    exchange.setStatusCode(answer.status());
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
    exchange.getResponseSender().send(answer.text());
  }

  /** Undertow only says what the client asks for. */
  private void refuseTakeover(HeaderMap headers) {
    String offers = headers.getFirst(Headers.SEC_WEB_SOCKET_EXTENSIONS);
    if (address.deflates() && !address.takesOver() && offers != null) {
      headers.put(Headers.SEC_WEB_SOCKET_EXTENSIONS, Takeover.without(offers));
    }
  }

  /**
   * One of the two is null.
   *
   * @param bytes not to be changed, as many may send them at once
   */
  private record Message(String text, ByteBuffer bytes) {}

  /** One connection: all that it does is done by its I/O thread. */
  private final class Socket extends Conversation<Message> {
    /** So many replies may be unwritten before it is not read any further. */
    private static final int MOST_UNWRITTEN = 16;

    private final WebSocketChannel channel;
    private int unwritten;

    Socket(Asked asked, WebSocketChannel channel) {
      super(asked, rooms);
      this.channel = channel;
    }

    void open() {
      join();
      channel.addCloseTask(closed -> ended());
      channel.getReceiveSetter().set(new Messages());
      channel.resumeReceives();
      opened();
    }

    /** Undertow puts the frames of a message together. */
    private final class Messages extends AbstractReceiveListener {
      @Override
      protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
        received(new Message(message.getData(), null));
      }

      @Override
      protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
        var data = message.getData();
        try {
          received(new Message(null, WebSockets.mergeBuffers(data.getResource())));
        } finally {
          data.free();
        }
      }

      @Override
      protected long getMaxTextBufferSize() {
        return Behaviours.MAX_MESSAGE_BYTES;
      }

      @Override
      protected long getMaxBinaryBufferSize() {
        return Behaviours.MAX_MESSAGE_BYTES;
      }
    }

    @Override
    protected void reply(Message message) {
      unwritten++;
      if (unwritten == MOST_UNWRITTEN) {
        channel.suspendReceives();
      }
      write(message, written);
    }

    private final WebSocketCallback<Void> written =
        new WebSocketCallback<>() {
          @Override
          public void complete(WebSocketChannel channel, Void nothing) {
            unwritten--;
            if (unwritten == MOST_UNWRITTEN - 1) {
              channel.resumeReceives();
            }
          }

          @Override
          public void onError(WebSocketChannel channel, Void nothing, Throwable failure) {
            complete(channel, nothing);
          }
        };

    @Override
    protected void send(Message message) {
      write(message, null);
    }

    private void write(Message message, WebSocketCallback<Void> callback) {
      if (message.text() == null) {
        WebSockets.sendBinary(message.bytes().duplicate(), channel, callback);
      } else {
        WebSockets.sendText(message.text(), channel, callback);
      }
    }

    @Override
    protected Message text(String text) {
      return new Message(text, null);
    }

    @Override
    protected String textOf(Message message) {
      return message.text() == null
          ? UTF_8.decode(message.bytes().duplicate()).toString()
          : message.text();
    }
  }
}
