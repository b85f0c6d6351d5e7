package wsmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.resources.LoopResources;
import wsmark.contract.Address;
import wsmark.contract.Answer;
import wsmark.contract.Behaviours;
import wsmark.contract.Behaviours.Asked;
import wsmark.contract.Rooms;
import wsmark.contract.Server;
import wsmark.contract.Stream;
import wsmark.contract.Takeover;

/** Spring WebFlux on Reactor Netty. */
public final class WebFluxServer {
  private static final Server SERVER =
      new Server(
          "webflux",
          Server.release("Spring WebFlux", "spring-webflux")
              + ", "
              + Server.release("Reactor Netty", "reactor-netty-http"),
          List.of(
              Server.LOOPS,
              "Without Spring Boot: its settings are those of the two libraries.",
              "No compression unless a case asks for it, then of every message, at level 6, its default.",
              Server.NO_LOGGING,
              Server.NO_DELAY,
              Server.MOST_BYTES,
              Server.BACKPRESSURE,
              Server.UNLIMITED),
          Map.of());

  private final Address address;
  private final WebSocketService handshakes;
  private final Rooms<Listener> rooms = new Rooms<>();

  private WebFluxServer(Address address) {
    this.address = address;
    handshakes =
        new HandshakeWebSocketService(
            new ReactorNettyRequestUpgradeStrategy(
                () ->
                    WebsocketServerSpec.builder()
                        .maxFramePayloadLength(Behaviours.MAX_MESSAGE_BYTES)
                        .maxDecompressionBufferSize(Behaviours.MAX_MESSAGE_BYTES)
                        .compress(address.deflates())
                        .compressionAllowServerNoContext(!address.takesOver())
                        .compressionPreferredClientNoContext(!address.takesOver())));
  }

  public static void main(String[] args) {
    SERVER.run(args, address -> new WebFluxServer(address).start());
  }

  private int start() throws SSLException {
    ReactorHttpHandlerAdapter adapter =
        new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(this::handle).build());
    HttpServer server =
        HttpServer.create()
            .host(address.hostname())
            .port(address.port())
            .runOn(LoopResources.create(SERVER.id(), Server.eventLoops(), false))
            .option(ChannelOption.SO_BACKLOG, 4096)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .handle(
                (request, response) -> {
                  refuseTakeover(request.requestHeaders());
                  return adapter.apply(request, response);
                });
    if (address.tls() != null) {
      SslContext context = SslContextBuilder.forServer(address.tls().managers()).build();
      server = server.secure(spec -> spec.sslContext(context));
    }
    return server.bindNow(Duration.ofMinutes(1)).port();
  }

  private void refuseTakeover(HttpHeaders headers) {
    String offers = headers.get(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS);
    if (address.deflates() && !address.takesOver() && offers != null) {
      headers.set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, Takeover.without(offers));
    }
  }

  /** Opens WebSockets, and answers requests that open none. */
  private Mono<Void> handle(ServerWebExchange exchange) {
    Optional<Asked> asked = Behaviours.askedAt(exchange.getRequest().getURI().getRawPath());
    Answer answer =
        Answer.to(SERVER.id(), asked, exchange.getRequest().getHeaders().getUpgrade());
    if (answer == null) {
      return handshakes.handleRequest(exchange, session -> converse(session, asked.get()));
    }
    ServerHttpResponse response = exchange.getResponse();
    response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
    answer.headers().forEach(response.getHeaders()::set);
    DataBuffer text = response.bufferFactory().wrap(answer.text().getBytes(UTF_8));
    return response.writeWith(Mono.just(text));
  }

  private Mono<Void> converse(WebSocketSession session, Asked asked) {
    Flux<WebSocketMessage> received = messages(session);
    return switch (asked.behaviour()) {
      case ECHO -> session.send(received.doOnNext(WebSocketMessage::retain));
      case TAG ->
          session.send(
              received.map(
                  message -> session.textMessage(Behaviours.tag(message.getPayloadAsText()))));
      case JSON ->
          session.send(received.map(message -> session.textMessage(Behaviours.DOCUMENT)));
      case PUSH -> push(session, new Stream(asked.path()));
      case BROADCAST -> broadcast(session, asked.path());
    };
  }

  /** Pongs come, too. */
  private static Flux<WebSocketMessage> messages(WebSocketSession session) {
    return session
        .receive()
        .filter(
            message ->
                message.getType() == WebSocketMessage.Type.TEXT
                    || message.getType() == WebSocketMessage.Type.BINARY);
  }

  /** Ends with the messages that come, which get no reply. */
  private static Mono<Void> push(WebSocketSession session, Stream stream) {
    Flux<WebSocketMessage> messages =
        Mono.defer(() -> Mono.delay(Duration.ofNanos(stream.waitNs())))
            .map(due -> session.textMessage(stream.next()))
            .repeat();
    return Mono.firstWithSignal(session.receive().then(), session.send(messages));
  }

  private Mono<Void> broadcast(WebSocketSession session, String path) {
    Listener listener = new Listener(session);
    rooms.join(path, listener);
    Mono<Void> taken = messages(session).doOnNext(message -> sendToAll(message, path)).then();
    return Mono.firstWithSignal(taken, session.send(listener.outbox.asFlux()))
        .doFinally(end -> rooms.leave(path, listener));
  }

  private void sendToAll(WebSocketMessage message, String path) {
    byte[] bytes = new byte[message.getPayload().readableByteCount()];
    message.getPayload().read(bytes);
    rooms.each(path, listener -> listener.send(message.getType(), bytes));
  }

  /** One connection at /broadcast, or in a room, and what it is still to be sent. */
  private static final class Listener {
    private final Sinks.Many<WebSocketMessage> outbox =
        Sinks.many().unicast().onBackpressureBuffer();

    private final WebSocketSession session;

    Listener(WebSocketSession session) {
      this.session = session;
    }

    void send(WebSocketMessage.Type type, byte[] bytes) {
      outbox.tryEmitNext(new WebSocketMessage(type, session.bufferFactory().wrap(bytes)));
    }
  }
}
