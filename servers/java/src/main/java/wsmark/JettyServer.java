package wsmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.ExtensionConfig;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import wsmark.contract.Address;
import wsmark.contract.Answer;
import wsmark.contract.Behaviours;
import wsmark.contract.Behaviours.Asked;
import wsmark.contract.Conversation;
import wsmark.contract.Outbox;
import wsmark.contract.Rooms;
import wsmark.contract.Server;

/** Jetty with its own API of WebSockets, without servlets. */
public final class JettyServer {
  private static final Server SERVER =
      new Server(
          "jetty",
          Server.release("Jetty", "jetty-websocket-jetty-server"),
          List.of(
              "Selectors: %d, and one acceptor; messages are handled in Jetty's pool of threads, its default."
                  .formatted(Server.eventLoops()),
              "The next message of a connection is asked for when the reply to the last one is written.",
              "No compression unless a case asks for it, then of every message, at zlib's default level.",
              Server.NO_LOGGING,
              Server.NO_DELAY,
              Server.MOST_BYTES,
              Server.BACKPRESSURE,
              Server.UNLIMITED),
          Map.of());

  private final Address address;
  private final Rooms<Conversation<Message>> rooms = new Rooms<>();

  private JettyServer(Address address) {
    this.address = address;
  }

  public static void main(String[] args) {
    SERVER.run(args, address -> new JettyServer(address).start());
  }

  private int start() throws Exception {
    org.eclipse.jetty.server.Server server = new org.eclipse.jetty.server.Server();
    ServerConnector connector = new ServerConnector(server, 1, Server.eventLoops(), factories());
    connector.setHost(address.hostname());
    connector.setPort(address.port());
    connector.setAcceptQueueSize(4096);
    connector.setIdleTimeout(0);
    server.addConnector(connector);
    ServerWebSocketContainer sockets = ServerWebSocketContainer.ensure(server);
    sockets.setIdleTimeout(Duration.ZERO);
    sockets.setMaxTextMessageSize(Behaviours.MAX_MESSAGE_BYTES);
    sockets.setMaxBinaryMessageSize(Behaviours.MAX_MESSAGE_BYTES);
    sockets.setMaxFrameSize(Behaviours.MAX_MESSAGE_BYTES);
    server.setHandler(new Requests(sockets));
    server.start();
    return connector.getLocalPort();
  }

  private ConnectionFactory[] factories() {
    HttpConnectionFactory http = new HttpConnectionFactory(new HttpConfiguration());
    if (address.tls() == null) {
      return new ConnectionFactory[] {http};
    }
    SslContextFactory.Server context = new SslContextFactory.Server();
    context.setSslContext(address.tls().context());
    return new ConnectionFactory[] {new SslConnectionFactory(context, http.getProtocol()), http};
  }

  /** Opens WebSockets, and answers requests that open none. */
  private final class Requests extends Handler.Abstract.NonBlocking {
    private final ServerWebSocketContainer sockets;

    Requests(ServerWebSocketContainer sockets) {
      this.sockets = sockets;
    }

    @Override
    public boolean handle(
        Request request, Response response, org.eclipse.jetty.util.Callback callback) {
      Optional<Asked> asked = Behaviours.askedAt(Request.getPathInContext(request));
      Answer answer =
          Answer.to(SERVER.id(), asked, request.getHeaders().get(HttpHeader.UPGRADE));
      if (answer == null) {
        return sockets.upgrade(
            (upgrade, accepted, ended) -> open(upgrade, accepted, asked.get()),
            request,
            response,
            callback);
      }
      response.setStatus(answer.status());
      answer.headers().forEach(response.getHeaders()::put);
      Content.Sink.write(response, true, answer.text(), callback);
      return true;
    }
  }

  private Socket open(ServerUpgradeRequest request, ServerUpgradeResponse response, Asked asked) {
    if (!address.deflates()) {
      response.setExtensions(List.of());
    } else if (!address.takesOver()) {
      request.getExtensions().forEach(JettyServer::refuseTakeover);
      response.setExtensions(request.getExtensions());
    }
    Socket socket = new Socket(asked);
    socket.join();
    return socket;
  }

  /** A server may agree to that though the client did not ask (RFC 7692, sections 7.1.1.1 and 7.1.1.2). */
  private static void refuseTakeover(ExtensionConfig offer) {
    offer.setParameter("server_no_context_takeover");
    offer.setParameter("client_no_context_takeover");
  }

  /**
   * One of the two is null.
   *
   * @param bytes not to be changed, as many may send them at once
   */
  private record Message(String text, ByteBuffer bytes) {}

  /** One connection: Jetty calls its methods, one at a time, and must be able to see them. */
  public final class Socket extends Conversation<Message> implements Session.Listener {
    private final Outbox<Message> outbox = new Outbox<>();
    private Session session;

    Socket(Asked asked) {
      super(asked, rooms);
    }

    @Override
    public void onWebSocketOpen(Session session) {
      this.session = session;
      outbox.open((message, sent) -> write(message, Callback.from(sent, failed -> {})));
      opened();
      session.demand();
    }

    @Override
    public void onWebSocketText(String text) {
      received(new Message(text, null));
    }

    @Override
    public void onWebSocketBinary(ByteBuffer bytes, Callback callback) {
      if (isEcho()) {
        session.sendBinary(bytes, Callback.from(callback, session::demand));
        return;
      }
      ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
      callback.succeed();
      received(new Message(null, copy));
    }

    @Override
    public void onWebSocketClose(int code, String reason, Callback callback) {
      ended();
      callback.succeed();
    }

    @Override
    protected void reply(Message message) {
      write(message, Callback.from(session::demand, failed -> {}));
    }

    @Override
    protected void passOver() {
      session.demand();
    }

    @Override
    protected void send(Message message) {
      outbox.put(message);
    }

    private void write(Message message, Callback callback) {
      if (message.text() == null) {
        session.sendBinary(message.bytes().duplicate(), callback);
      } else {
        session.sendText(message.text(), callback);
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
