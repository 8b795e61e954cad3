// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty.accept;

import dev.divan.transport.BindRequest;
import dev.divan.transport.Doorkeeper;
import dev.divan.transport.PeerFacts;
import dev.divan.transport.UpgradeDecision;
import dev.divan.transport.UpgradeDecision.Accept;
import dev.divan.transport.UpgradeDecision.Refuse;
import dev.divan.transport.UpgradeRequest;
import dev.divan.transport.jetty.channel.Session;
import dev.divan.transport.jetty.channel.WebSocketChannel;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.Handshaker;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the request, asks the doorkeeper, and does as told. Blocks nowhere. */
final class Porter {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.transport");
  private static final String VERSION = "13";

  private final Entrance entrance;
  private final WebSocketComponents components;
  private final BindRequest bound;
  private final Doorkeeper doorkeeper;
  private final Consumer<WebSocketChannel> opened;
  private final Consumer<WebSocketChannel> ended;
  private final Handshaker handshaker = Handshaker.newInstance();

  Porter(
      Entrance entrance,
      WebSocketComponents components,
      BindRequest bound,
      Doorkeeper doorkeeper,
      Consumer<WebSocketChannel> opened,
      Consumer<WebSocketChannel> ended) {
    this.entrance = entrance;
    this.components = components;
    this.bound = bound;
    this.doorkeeper = doorkeeper;
    this.opened = opened;
    this.ended = ended;
  }

  void handle(Request request, Response response, Callback callback) {
    Refuse objection = objection(request);
    if (objection != null) {
      refuse(response, callback, objection);
      return;
    }
    PeerFacts peer = peer(request);
    UpgradeRequest asked =
        new UpgradeRequest(
            request.getHttpURI().getDecodedPath(),
            headers(request.getHeaders()),
            request.getHeaders().getCSV(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, false),
            peer);
    doorkeeper
        .knock(asked)
        .whenComplete(
            (decision, failure) -> {
              if (failure != null) {
                LOG.error("the doorkeeper failed", failure);
              }
              decided(request, response, callback, peer, decision);
            });
  }

  private @Nullable Refuse objection(Request request) {
    HttpFields headers = request.getHeaders();
    if (bound.tls() != null && !endPoint(request).isSecure()) {
      LOG.warn(
          "{} tried ws:// on a TLS port; it should use wss://",
          request.getConnectionMetaData().getRemoteSocketAddress());
      return new Refuse(400, Map.of(), "this port speaks TLS: use wss://");
    }
    if (!HttpMethod.GET.is(request.getMethod())
        || !"websocket".equalsIgnoreCase(headers.get(HttpHeader.UPGRADE))
        || !headers.contains(HttpHeader.CONNECTION, "upgrade")) {
      return new Refuse(405, Map.of("Allow", "GET"), "this port speaks WebSocket only");
    }
    if (!VERSION.equals(headers.get(HttpHeader.SEC_WEBSOCKET_VERSION))) {
      return new Refuse(426, Map.of("Sec-WebSocket-Version", VERSION), "WebSocket version 13 only");
    }
    if (headers.get(HttpHeader.SEC_WEBSOCKET_KEY) == null) {
      return new Refuse(400, Map.of(), "Sec-WebSocket-Key is missing");
    }
    return entrance.full() ? full() : null;
  }

  private static Refuse full() {
    return new Refuse(503, Map.of("Retry-After", "10"), "too many connections");
  }

  private static EndPoint endPoint(Request request) {
    return request.getConnectionMetaData().getConnection().getEndPoint();
  }

  private static PeerFacts peer(Request request) {
    EndPoint endPoint = endPoint(request);
    EndPoint.SslSessionData tls = endPoint.getSslSessionData();
    X509Certificate[] chain = tls == null ? null : tls.peerCertificates();
    InetSocketAddress address =
        endPoint.getRemoteSocketAddress() instanceof InetSocketAddress inet ? inet : null;
    return new PeerFacts(address, chain == null ? List.of() : List.of(chain));
  }

  private static Map<String, List<String>> headers(HttpFields fields) {
    Map<String, List<String>> headers = new TreeMap<>();
    for (HttpField field : fields) {
      String value = field.getValue() == null ? "" : field.getValue();
      headers
          .computeIfAbsent(field.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(value);
    }
    return headers;
  }

  private void decided(
      Request request,
      Response response,
      Callback callback,
      PeerFacts peer,
      @Nullable UpgradeDecision decision) {
    try {
      if (decision instanceof Accept accept) {
        accept(request, response, callback, peer, accept);
      } else if (decision instanceof Refuse refuse) {
        refuse(response, callback, refuse);
      } else {
        refuse(response, callback, new Refuse(500, Map.of(), "the listener failed"));
      }
    } catch (RuntimeException e) {
      callback.failed(e);
    }
  }

  private static void refuse(Response response, Callback callback, Refuse refuse) {
    Refusal.write(response, callback, refuse.status(), refuse.headers(), refuse.text());
  }

  private void accept(
      Request request, Response response, Callback callback, PeerFacts peer, Accept accept) {
    if (!entrance.enter(endPoint(request))) {
      refuse(response, callback, full());
      return;
    }
    WebSocketChannel channel =
        new WebSocketChannel(
            peer,
            bound.heartbeat(),
            request.getComponents().getScheduler(),
            open -> {
              opened.accept(open);
              accept.opened().accept(open);
            },
            ended);
    response.getHeaders().put(HttpHeader.SERVER, Refusal.SERVER);
    Upgrade upgrade = new Upgrade(channel, accept.protocol());
    if (!handshaker.upgradeRequest(upgrade, request, response, callback, components, null)) {
      refuse(response, callback, new Refuse(400, Map.of(), "not a request to upgrade"));
    }
  }

  /** Answers Jetty's questions during the upgrade: our channel, that protocol, no extensions. */
  private record Upgrade(WebSocketChannel channel, String protocol) implements WebSocketNegotiator {

    @Override
    public FrameHandler negotiate(
        ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
      response.setAcceptedSubProtocol(protocol);
      response.setExtensions(List.of());
      return channel;
    }

    @Override
    public void customize(Configuration configuration) {
      Session.configure(configuration);
    }
  }
}
