// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.doctor;

import dev.divan.auth.Authenticator;
import dev.divan.json.Json;
import dev.divan.json.JsonException;
import dev.divan.shell.text.Plain;
import dev.divan.shell.text.Units;
import dev.divan.tls.IdentityException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the upgrade is answered with: the clock, the login, the database, the protocol. */
final class Entry {
  /** Beyond this certificates, tokens and expirations begin to disagree. */
  private static final Duration TOLERABLE = Duration.ofMinutes(2);

  private static final int LONGEST_WORDS = 200;

  private final World world;
  private final Patient patient;

  Entry(World world, Patient patient) {
    this.world = world;
    this.patient = patient;
  }

  /** The open connection if the peer let us in, which the caller closes. */
  World.@Nullable Line check(Handshake handshake, Consumer<Finding> told) {
    Authenticator who = patient.authenticator();
    try {
      Map<String, String> credentials = who == null ? Map.of() : who.headers();
      Knock knock = knock(handshake, credentials);
      if (knock.answer.status() == 401 && who != null) {
        String challenge = knock.answer.header("www-authenticate");
        Map<String, String> more = who.answer(challenge == null ? List.of() : List.of(challenge));
        if (more != null) {
          knock.line.close();
          credentials = more;
          knock = knock(handshake, credentials);
        }
      }
      clock(knock.answer, told);
      if (verdict(knock.answer, who != null, told)) return knock.line;
      knock.line.close();
    } catch (IOException | IdentityException e) {
      told.accept(
          Finding.bad(
              "login",
              Doctor.silentOr(e, "it does not answer the request to come in"),
              "See the listener's log at this moment; a proxy in between may not know WebSocket."));
    } catch (IllegalStateException | IllegalArgumentException e) {
      told.accept(Finding.bad("login", Doctor.said(e), "Mend the authenticator on this side."));
    }
    return null;
  }

  private record Knock(World.Line line, Upgrade.Answer answer) {}

  private Knock knock(Handshake handshake, Map<String, String> credentials)
      throws IOException, IdentityException {
    Map<String, String> headers = new HashMap<>(patient.headers());
    headers.putAll(credentials);
    byte[] request = Upgrade.request(patient, headers);
    World.Line line = handshake.connect();
    try {
      line.out().write(request);
      line.out().flush();
      return new Knock(line, Upgrade.read(line.in()));
    } catch (IOException | RuntimeException e) {
      line.close();
      throw e;
    }
  }

  private void clock(Upgrade.Answer answer, Consumer<Finding> told) {
    String date = answer.header("date");
    if (date == null) {
      told.accept(Finding.unknown("clock", "the other side does not tell its time"));
      return;
    }
    try {
      Instant theirs = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
      Duration ahead = Duration.between(world.now(), theirs);
      if (ahead.abs().compareTo(TOLERABLE) <= 0) {
        told.accept(Finding.good("clock", "both machines have the same time, by 2 minutes"));
      } else {
        told.accept(
            Finding.doubt(
                "clock",
                "the other machine is "
                    + Units.duration(ahead)
                    + (ahead.isNegative() ? " behind" : " ahead"),
                "Set both clocks, best by NTP: certificates and tokens are judged by them."));
      }
    } catch (DateTimeParseException e) {
      told.accept(Finding.unknown("clock", "the other side's time cannot be read"));
    }
  }

  /** Whether we are in. */
  private boolean verdict(Upgrade.Answer answer, boolean introduced, Consumer<Finding> told) {
    int status = answer.status();
    String words = words(answer.body());
    String http = "HTTP " + status + (words.isEmpty() ? "" : ": " + words);
    switch (status) {
      case 101 -> {
        login(introduced, told);
        told.accept(Finding.good("database", patient.database() + " is shared"));
        return protocol(answer, told);
      }
      case 401 ->
          told.accept(
              introduced
                  ? Finding.bad(
                      "login",
                      "user or password is wrong (" + http + ")",
                      "Compare both with what the listener's authenticator has. After five failures"
                          + " answers come slower.")
                  : Finding.bad(
                      "login",
                      "a user name and a password are wanted (" + http + ")",
                      "Configure dev.divan.auth.basic-NAME.cfg, and authenticator = NAME at the"
                          + " replicator; for the doctor, --user and --password-file."));
      case 403 -> {
        if (answer.body().contains("protocol")) {
          login(introduced, told);
          told.accept(Finding.good("database", patient.database() + " is shared"));
          told.accept(incompatible(http));
        } else {
          told.accept(
              Finding.bad(
                  "login",
                  "it does not let us in (" + http + ")",
                  "If it wants a client certificate: configure dev.divan.auth.certificate and name"
                      + " it as the replicator's authenticator; if it has one, the listener's"
                      + " rootCertificates do not vouch for it."));
        }
      }
      case 404 -> {
        login(introduced, told);
        told.accept(
            Finding.bad(
                "database",
                "no database " + patient.database() + " is shared there (" + http + ")",
                "Correct the last part of the URL, capitals count; divan:listener-list on the other"
                    + " machine shows whole URLs."));
      }
      case 429 ->
          told.accept(
              words.contains("at once")
                  ? Finding.bad(
                      "login",
                      "too many log in from this address just now (" + http + ")",
                      "Try again in a moment; replicators do by themselves.")
                  : Finding.bad(
                      "login",
                      "too many failed logins from this address (" + http + ")",
                      "Stop who tries with a wrong password (perhaps this replicator), wait half a"
                          + " minute, try again."));
      case 503 ->
          told.accept(
              Finding.bad(
                  "login",
                  "it lets nobody in for now (" + http + ")",
                  "On the other machine: is the authenticator there that its listener names? Is it"
                      + " full? divan:listener-list tells."));
      default -> told.accept(elsewhere(status, http));
    }
    return false;
  }

  /** Listeners answer with {@code {"status":…,"error":"words"}}; others with whatever. */
  private static String words(String body) {
    String words = body;
    if (body.startsWith("{")) {
      try {
        Object error = Json.parseObject(body).get("error");
        if (error != null) words = error.toString();
      } catch (JsonException e) {
        // not ours: shown as it is
      }
    }
    return Plain.cut(Plain.line(words), LONGEST_WORDS);
  }

  private static void login(boolean introduced, Consumer<Finding> told) {
    told.accept(
        introduced
            ? Finding.good("login", "it lets us in as we introduced ourselves")
            : Finding.good("login", "it lets us in without asking who we are"));
  }

  private static Finding elsewhere(int status, String http) {
    if (status >= 300 && status < 400)
      return Finding.bad(
          "protocol",
          "we are sent elsewhere (" + http + "), which replicators do not follow",
          "Write the address of the listener itself into the URL.");
    if (status == 407)
      return Finding.bad("protocol", "a proxy in between wants a password", "Go around the proxy.");
    if (status == 502 || status == 504)
      return Finding.bad(
          "protocol",
          "a proxy answers, but does not reach the listener (" + http + ")",
          "Look at the proxy's target address and at the listener behind it.");
    return Finding.bad(
        "protocol",
        "what answers is no listener (" + http + ")",
        "Correct host and port; or, if there is a proxy, let it pass WebSocket upgrades on.");
  }

  private static Finding incompatible(String what) {
    return Finding.bad(
        "protocol",
        "no common protocol (" + what + "); we speak " + Upgrade.PROTOCOLS,
        "The other side must speak the protocol of Couchbase Lite 3.x; 4.1 alone does not.");
  }

  private static boolean protocol(Upgrade.Answer answer, Consumer<Finding> told) {
    if (!Upgrade.accepts(answer)) {
      told.accept(
          Finding.bad(
              "protocol",
              "the upgrade is answered wrongly, as if from a cache",
              "Take the proxy in between out of the way."));
      return false;
    }
    String chosen = answer.header("sec-websocket-protocol");
    if (chosen == null || !List.of(Upgrade.PROTOCOLS.split(",")).contains(chosen)) {
      told.accept(
          incompatible(chosen == null ? "it names none" : "it chose " + Plain.line(chosen)));
      return false;
    }
    told.accept(Finding.good("protocol", chosen));
    return true;
  }
}
