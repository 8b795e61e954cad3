// SPDX-License-Identifier: Apache-2.0
package dev.divan.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The chapters, in order. */
final class Tale {
  private static final String USER = "tablet";
  private static final List<String> GATEWAY_EDITS = List.of("JFK", "BOS", "MIA", "DEN", "SFO");
  private static final List<String> TABLET_EDITS = List.of("ATL", "ORD", "ANC", "HNL", "SJU");

  private final Terminal terminal;
  private final Cast cast;
  private final Options options;
  private final Observer observer;
  private final String password = password();

  Tale(Terminal terminal, Cast cast, Options options) {
    this.terminal = terminal;
    this.cast = cast;
    this.options = options;
    this.observer = new Observer(terminal, cast);
  }

  void tell() throws StoryException, IOException, InterruptedException {
    terminal.plain(
        "Divan: a gateway and a tablet, two nodes with a database each, no server in between.");
    int port = options.port() == 0 ? freePort() : options.port();
    NodeProcess gateway = startGateway(port);
    String url = gateway.awaitListening();
    Certificate certificate = certificate(gateway);
    NodeProcess tablet = startTablet();
    pull(tablet, "wss://127.0.0.1:" + port + "/airports", certificate);
    equal(gateway, tablet);
    edits(gateway, tablet);
    conflict(gateway, tablet);
    deletion(gateway, tablet);
    places(gateway, tablet, url, certificate);
    if (!options.stay() && !cast.stop())
      throw new StoryException("a node did not stop cleanly. " + cast.logs());
  }

  private NodeProcess startGateway(int port)
      throws StoryException, IOException, InterruptedException {
    terminal.chapter("The gateway starts: a database, a listener, a user with a password");
    Home home = cast.home("gateway");
    home.configure(
        "dev.divan.listener.auth.password-tablets",
        "username = " + USER,
        ".password = " + password);
    home.configure(
        "dev.divan.listener-lan",
        "database = airports",
        "port = " + port,
        "authenticator = tablets");
    NodeProcess gateway = cast.start("gateway", home);
    terminal.line("listening on " + gateway.awaitListening());
    gateway.awaitReady();
    terminal.line("loading 3,376 US airports and 8 flags; the flags' images are kept as blobs");
    gateway.ask("load");
    observer.follow(gateway, "loaded");
    return gateway;
  }

  private Certificate certificate(NodeProcess gateway)
      throws StoryException, IOException, InterruptedException {
    Answer answer =
        observer.until(
            gateway, a -> !a.text("certificate").isEmpty(), "has no certificate", "certificate");
    Certificate certificate = Certificate.of(answer.text("certificate"));
    Files.write(gateway.home().folder().resolve("certificate.cer"), certificate.encoded());
    terminal.line("its certificate, made just now, has the SHA-256 " + certificate.fingerprint());
    return certificate;
  }

  private NodeProcess startTablet() throws StoryException, IOException, InterruptedException {
    terminal.chapter("The tablet starts with an empty database, and is told whom to sync with");
    NodeProcess tablet = cast.start("tablet", cast.home("tablet"));
    tablet.awaitReady();
    return tablet;
  }

  private void pull(NodeProcess tablet, String url, Certificate certificate)
      throws StoryException, IOException, InterruptedException {
    Home home = tablet.home();
    Path login =
        home.configure(
            "dev.divan.auth.basic-gateway", "username = " + USER, ".password = " + password);
    Path replicator =
        home.configure(
            "dev.divan.replicator-gateway",
            "database = airports",
            "url = " + url,
            "authenticator = gateway",
            "pinnedServerCertificate = " + certificate.fingerprint(),
            "conflictResolver = keep-both-remarks");
    for (Path file : List.of(login, replicator)) {
      terminal.line("tablet/etc/" + file.getFileName() + ":");
      for (String line : Files.readAllLines(file))
        terminal.line("   " + line.replace(password, "…"));
    }
    observer.follow(tablet, "received over TLS");
    observer.until(tablet, a -> a.text("activity").equals("IDLE"), "is still busy", "tally");
  }

  private void equal(NodeProcess gateway, NodeProcess tablet)
      throws StoryException, InterruptedException {
    terminal.chapter("Both sides are compared, by a digest of all IDs, revisions and images");
    observer.compare(gateway, tablet);
  }

  private void edits(NodeProcess gateway, NodeProcess tablet)
      throws StoryException, InterruptedException {
    terminal.chapter("Both sides edit, and see each other's edits");
    edit(gateway, tablet, GATEWAY_EDITS);
    edit(tablet, gateway, TABLET_EDITS);
  }

  private void edit(NodeProcess from, NodeProcess to, List<String> airports)
      throws StoryException, InterruptedException {
    List<String> latencies = new ArrayList<>();
    for (String airport : airports) {
      Answer edited = from.ask("edit", airport, "open", from.name() + ": inspected");
      Answer arrived =
          observer.awaitRevision(to, airport, edited.text("revision"), edited.number("at"));
      latencies.add(milliseconds(edited, arrived));
    }
    terminal.line(
        String.format(
            "edited on the %s: %s; seen on the %s after %s ms",
            from.name(), String.join(", ", airports), to.name(), String.join(", ", latencies)));
  }

  private static String milliseconds(Answer made, Answer arrived) {
    return String.format(
        Locale.ROOT, "%.0f", (arrived.number("seen") - made.number("at")) / 1000.0);
  }

  private void conflict(NodeProcess gateway, NodeProcess tablet)
      throws StoryException, InterruptedException {
    terminal.chapter("The tablet goes offline, and both sides edit the same airport, SEA");
    tablet.ask("offline");
    observer.until(tablet, a -> a.text("activity").equals("STOPPED"), "is still online", "tally");
    Answer here = gateway.ask("edit", "SEA", "closed", "gateway: snow on the runway");
    Answer there = tablet.ask("edit", "SEA", "open", "tablet: windsock is torn");
    version(gateway, here);
    version(tablet, there);
    terminal.line(
        "online again: the application's resolver keeps the later status and both remarks");
    tablet.ask("online");
    Predicate<Answer> merged =
        a -> a.text("remarks").contains("gateway:") && a.text("remarks").contains("tablet:");
    Answer resolved =
        observer.until(tablet, merged, "has not resolved the conflict", "show", "SEA");
    version(gateway, observer.awaitRevision(gateway, "SEA", resolved.text("revision"), 0));
    version(tablet, resolved);
  }

  private void version(NodeProcess node, Answer shown) {
    terminal.line(
        String.format(
            "%-8s %.8s…  status: %s  remarks: %s",
            node.name(), shown.text("revision"), shown.text("status"), shown.text("remarks")));
  }

  private void deletion(NodeProcess gateway, NodeProcess tablet)
      throws StoryException, InterruptedException {
    terminal.chapter("The tablet deletes ROP, which lies in Thailand");
    Answer deleted = tablet.ask("delete", "ROP");
    Answer gone = observer.awaitRevision(gateway, "ROP", "", deleted.number("at"));
    terminal.line("gone from the gateway after " + milliseconds(deleted, gone) + " ms");
    observer.compare(gateway, tablet);
  }

  private void places(
      NodeProcess gateway, NodeProcess tablet, String url, Certificate certificate) {
    terminal.chapter("What is left for you");
    Home home = gateway.home();
    terminal.line("the gateway's configuration, data and log  " + home.folder());
    terminal.line("the tablet's                               " + tablet.home().folder());
    if (!options.stay())
      terminal.line(
          "start either again: java -jar " + fromHere(cast.nodeJar()) + " --home " + home.folder());
    terminal.line("then point a phone with a Couchbase Lite app, or another node, at it:");
    terminal.line("   URL          " + url);
    terminal.line("   user         " + USER);
    terminal.line("   password     " + password);
    terminal.line("   certificate  " + home.folder().resolve("certificate.cer") + ", to be pinned");
    terminal.line("   its SHA-256  " + certificate.fingerprint());
    if (options.stay()) terminal.line("both nodes keep running; Ctrl-C ends them");
  }

  /** The path as short as it can be typed here. */
  private static Path fromHere(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path) : path;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String password() {
    SecureRandom random = new SecureRandom();
    String letters = "abcdefghijkmnpqrstuvwxyz23456789";
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < 16; i++) password.append(letters.charAt(random.nextInt(letters.length())));
    return password.toString();
  }
}
