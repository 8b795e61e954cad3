// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener;

import dev.divan.auth.Credentials;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.auth.Verdict;
import dev.divan.database.Collection;
import dev.divan.database.Database;
import dev.divan.database.DatabaseClosedException;
import dev.divan.replicator.PassiveConfiguration;
import dev.divan.replicator.PassivePeer;
import dev.divan.replicator.PassiveSession;
import dev.divan.replicator.PeerContext;
import dev.divan.tls.IdentityAttributes;
import dev.divan.tls.ServerTrust;
import dev.divan.tls.TLSContexts;
import dev.divan.tls.TLSIdentities;
import dev.divan.tls.TLSIdentity;
import dev.divan.transport.Acceptor;
import dev.divan.transport.BindRequest;
import dev.divan.transport.Binding;
import dev.divan.transport.Channel;
import dev.divan.transport.Closure;
import dev.divan.transport.Doorkeeper;
import dev.divan.transport.PeerFacts;
import dev.divan.transport.UpgradeDecision;
import dev.divan.transport.UpgradeRequest;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** Everything around a listener, scripted. */
public final class Fakes {
  public static final String V3 = "BLIP_3+CBMobile_3";
  public static final String V2 = "BLIP_3+CBMobile_2";

  private Fakes() {}

  /** Binds nothing and remembers everything. */
  public static final class FakeAcceptor implements Acceptor {
    public final List<String> events = new CopyOnWriteArrayList<>();
    public final Set<Integer> taken = ConcurrentHashMap.newKeySet();

    /** Whether others take every port. */
    public volatile boolean robbed;

    public volatile BindRequest request;
    public volatile Doorkeeper doorkeeper;
    private int any = 50_000;

    @Override
    public synchronized Binding bind(BindRequest asked, Doorkeeper keeper) throws BindException {
      int port = asked.port() == 0 ? any++ : asked.port();
      if (robbed || !taken.add(port)) {
        events.add("failed " + port);
        throw new BindException("port " + port + " is in use", new java.net.BindException());
      }
      events.add("bound " + port);
      request = asked;
      doorkeeper = keeper;
      return new Binding() {
        @Override
        public int port() {
          return port;
        }

        @Override
        public void close() {
          if (taken.remove(port)) {
            events.add("closed " + port);
          }
        }
      };
    }

    public CompletionStage<UpgradeDecision> knock(UpgradeRequest asked) {
      return doorkeeper.knock(asked);
    }

    /** What an answer that is due has become. */
    public UpgradeDecision answer(UpgradeRequest asked) throws Exception {
      return knock(asked).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    public UpgradeDecision.Refuse refusal(UpgradeRequest asked) throws Exception {
      return (UpgradeDecision.Refuse) answer(asked);
    }

    /** Lets a client in and gives it a channel. */
    public FakeChannel enter(UpgradeRequest asked) throws Exception {
      UpgradeDecision.Accept accept = (UpgradeDecision.Accept) answer(asked);
      FakeChannel channel = new FakeChannel(accept.protocol(), asked.peer());
      accept.opened().accept(channel);
      return channel;
    }
  }

  /** A channel on which nothing is said. */
  public static final class FakeChannel implements Channel {
    private final String protocol;
    private final PeerFacts peer;
    public volatile String ended = "";

    FakeChannel(String protocol, PeerFacts peer) {
      this.protocol = protocol;
      this.peer = peer;
    }

    @Override
    public String protocol() {
      return protocol;
    }

    @Override
    public String remote() {
      return peer.address().getHostString() + ":" + peer.address().getPort();
    }

    @Override
    public PeerFacts peer() {
      return peer;
    }

    @Override
    public boolean metered() {
      return true;
    }

    @Override
    public void start(Receiver receiver) {}

    @Override
    public void resume() {}

    @Override
    public void send(List<byte[]> frames, Runnable written) {}

    @Override
    public void close(int code, String reason) {
      ended = code + " " + reason;
    }

    @Override
    public void abort() {
      ended = "aborted";
    }
  }

  /** Serves by doing nothing. */
  public static final class FakePassive implements PassivePeer {
    public final List<FakeSession> sessions = new CopyOnWriteArrayList<>();
    public volatile boolean stubborn;
    public volatile boolean faulty;
    public volatile boolean closing;

    @Override
    public List<String> protocols() {
      return List.of(V3, V2);
    }

    @Override
    public PassiveSession serve(
        Channel channel, PassiveConfiguration configuration, PeerContext context) {
      if (faulty) {
        throw new IllegalStateException("a bug");
      }
      if (closing) {
        throw new DatabaseClosedException("notes");
      }
      FakeSession session = new FakeSession(channel, configuration, context, stubborn);
      sessions.add(session);
      return session;
    }
  }

  /** Leaves when asked, unless stubborn. */
  public static final class FakeSession implements PassiveSession {
    public final PassiveConfiguration configuration;
    public volatile boolean busy;
    private final Channel channel;
    private final PeerContext peer;
    private final boolean stubborn;
    private final CompletableFuture<Closure> closed = new CompletableFuture<>();

    FakeSession(
        Channel channel, PassiveConfiguration configuration, PeerContext peer, boolean stubborn) {
      this.channel = channel;
      this.configuration = configuration;
      this.peer = peer;
      this.stubborn = stubborn;
    }

    @Override
    public PeerContext peer() {
      return peer;
    }

    @Override
    public Instant since() {
      return Instant.EPOCH;
    }

    @Override
    public boolean busy() {
      return busy;
    }

    @Override
    public long sent() {
      return 0;
    }

    @Override
    public long received() {
      return 0;
    }

    @Override
    public long bytesSent() {
      return 0;
    }

    @Override
    public long bytesReceived() {
      return 0;
    }

    @Override
    public void close(int code, String reason) {
      channel.close(code, reason);
      if (!stubborn) {
        left();
      }
    }

    public void left() {
      closed.complete(new Closure(Closure.NORMAL, "", true, null));
    }

    @Override
    public CompletionStage<Closure> closed() {
      return closed;
    }
  }

  /** Knows users and what they say. */
  public static final class FakeAuthenticator implements ListenerAuthenticator {
    public final Map<String, String> users = new HashMap<>();
    public final List<char[]> seen = new ArrayList<>();
    public volatile Demand demand = Demand.PASSWORD;

    @Override
    public Demand demand() {
      return demand;
    }

    @Override
    public synchronized Verdict authenticate(Credentials credentials) {
      if (demand == Demand.CERTIFICATE) {
        return new Verdict.Admitted("machine", Set.of());
      }
      seen.add(credentials.password());
      String name = credentials.username();
      if ("bug".equals(name)) {
        throw new IllegalStateException("a bug");
      }
      return new String(credentials.password()).equals(users.get(name))
          ? new Verdict.Admitted(name, Set.of("staff"))
          : new Verdict.Refused("wrong");
    }
  }

  /** One anonymous identity, and others by label. */
  public static final class FakeIdentities implements TLSIdentities {
    @Override
    public TLSIdentity createIdentity(String label, IdentityAttributes attributes) {
      return identity(label);
    }

    @Override
    public TLSIdentity importIdentity(String label, byte[] pkcs12, char[] password) {
      return identity(label);
    }

    @Override
    public Optional<TLSIdentity> getIdentity(String label) {
      return Optional.of(identity(label));
    }

    @Override
    public TLSIdentity anonymous() {
      return identity("anonymous");
    }

    @Override
    public boolean deleteIdentity(String label) {
      return false;
    }

    @Override
    public List<String> labels() {
      return List.of();
    }
  }

  public static TLSIdentity identity(String label) {
    return new TLSIdentity() {
      @Override
      public String getLabel() {
        return label;
      }

      @Override
      public List<X509Certificate> getCerts() {
        return List.of();
      }

      @Override
      public String getFingerprint() {
        return "ab" + Integer.toHexString(label.hashCode());
      }

      @Override
      public Instant getExpiration() {
        return Instant.MAX;
      }

      @Override
      public PrivateKey getPrivateKey() {
        throw new AssertionError("nobody asks for the key");
      }
    };
  }

  /** Remembers whom it would ask for an identity. */
  public static final class FakeContexts implements TLSContexts {
    public volatile Supplier<TLSIdentity> source;

    @Override
    public SSLContext client(ServerTrust trust, TLSIdentity identity) {
      throw new AssertionError("a listener does not dial");
    }

    @Override
    public SSLContext server(Supplier<TLSIdentity> identity) {
      source = identity;
      try {
        return SSLContext.getDefault();
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError(e);
      }
    }
  }

  public static Database database(String name, String... collections) {
    Map<String, Collection> all = new HashMap<>();
    Database[] database = new Database[1];
    database[0] =
        (Database)
            Proxy.newProxyInstance(
                Fakes.class.getClassLoader(),
                new Class<?>[] {Database.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getName" -> name;
                      case "getDefaultCollection" -> all.get("_default._default");
                      case "getCollection" -> all.get(arguments[1] + "." + arguments[0]);
                      case "hashCode" -> System.identityHashCode(proxy);
                      case "equals" -> proxy == arguments[0];
                      case "toString" -> "Database " + name;
                      default -> throw new AssertionError(method);
                    });
    all.put("_default._default", collection(database[0], "_default._default"));
    for (String collection : collections) {
      all.put(collection, collection(database[0], collection));
    }
    return database[0];
  }

  private static Collection collection(Database database, String fullName) {
    return (Collection)
        Proxy.newProxyInstance(
            Fakes.class.getClassLoader(),
            new Class<?>[] {Collection.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getDatabase" -> database;
                  case "getFullName", "toString" -> fullName;
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  default -> throw new AssertionError(method);
                });
  }

  /** A client that knocks. */
  public record Knock(
      String path, List<String> protocols, String authorization, String host, boolean certified) {
    public static Knock at(String path) {
      return new Knock(path, List.of(V3, V2), null, "192.0.2.1", false);
    }

    public Knock offering(String... offered) {
      return new Knock(path, List.of(offered), authorization, host, certified);
    }

    public Knock as(String user, String password) {
      return header(
          "Basic "
              + Base64.getEncoder()
                  .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }

    public Knock header(String value) {
      return new Knock(path, protocols, value, host, certified);
    }

    public Knock from(String address) {
      return new Knock(path, protocols, authorization, address, certified);
    }

    public Knock withCertificate() {
      return new Knock(path, protocols, authorization, host, true);
    }

    public UpgradeRequest request() {
      return new UpgradeRequest(
          path,
          authorization == null ? Map.of() : Map.of("authorization", List.of(authorization)),
          protocols,
          new PeerFacts(
              new InetSocketAddress(host, 40_000),
              certified ? List.of(new NoCertificate()) : List.of()));
    }
  }
}
