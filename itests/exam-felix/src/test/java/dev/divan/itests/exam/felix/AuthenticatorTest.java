// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.exam.felix;

import static org.junit.Assert.assertEquals;

import dev.divan.auth.Credentials;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.auth.Verdict;
import java.util.Map;
import java.util.Set;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

/** Who lets clients in is changed while the listener is open. */
public class AuthenticatorTest extends InFelix {
  private static final int UNAUTHORIZED = 401;
  private static final int UNAVAILABLE = 503;

  @Before
  public void databases() throws Exception {
    node.configure("dev.divan.store.memory", "heap", Map.of());
    node.configure("dev.divan.database", "notes", Map.of());
    node.configure("dev.divan.database", "client", Map.of());
  }

  @Test
  public void theLoginOfTheFormerAuthenticatorIsRefusedAndThatOfTheNewOneAccepted()
      throws Exception {
    password("day", "ann", "sunshine");
    password("night", "bob", "moonlight");
    String url = listen("authenticator", "day");
    assertEquals(Node.ADMITTED, node.login(url, "ann", "sunshine"));
    assertEquals(UNAUTHORIZED, node.login(url, "bob", "moonlight"));

    assertEquals("the socket stays", url, listen("authenticator", "night"));

    assertEquals(Node.ADMITTED, node.login(url, "bob", "moonlight"));
    assertEquals(UNAUTHORIZED, node.login(url, "ann", "sunshine"));
  }

  @Test
  public void anAuthenticatorOfTheTestIsUsedAtOnceAndWhileItIsGoneNobodyComesIn() throws Exception {
    var badge = node.register(ListenerAuthenticator.class, new Badge("7"), Map.of("name", "badge"));
    String url = listen("authenticator", "badge");
    assertEquals(Node.ADMITTED, node.login(url, "ann", "7"));
    assertEquals(UNAUTHORIZED, node.login(url, "ann", "8"));

    node.unregister(badge);
    assertEquals(UNAVAILABLE, node.login(url, "ann", "7"));

    node.register(ListenerAuthenticator.class, new Badge("8"), Map.of("name", "badge"));
    assertEquals(Node.ADMITTED, node.login(url, "ann", "8"));
  }

  @Test
  public void ofSeveralThatFitTheTargetTheBestRankedJudges() throws Exception {
    badge("7", 0);
    String url = listen("authenticator.target", "(door=front)");
    assertEquals(Node.ADMITTED, node.login(url, "ann", "7"));

    var better = badge("8", 10);
    assertEquals(Node.ADMITTED, node.login(url, "ann", "8"));
    assertEquals(UNAUTHORIZED, node.login(url, "ann", "7"));

    node.unregister(better);
    assertEquals(Node.ADMITTED, node.login(url, "ann", "7"));
  }

  /** Opens the listener, or changes it; when this returns the change is in force. */
  private String listen(String property, String value) throws Exception {
    node.configure(
        "dev.divan.listener",
        "door",
        Map.of(
            "database",
            "notes",
            "networkInterface",
            "127.0.0.1",
            "disableTLS",
            true,
            property,
            value));
    String escaped = value.replace("(", "\\(").replace(")", "\\)");
    return node.url("door", "(" + property + "=" + escaped + ")");
  }

  private void password(String name, String username, String password) throws Exception {
    node.configure(
        "dev.divan.listener.auth.password",
        name,
        Map.of("username", username, ".password", password));
    node.service(ListenerAuthenticator.class, "(name=" + name + ")");
  }

  private ServiceRegistration<?> badge(String number, int ranking) {
    return node.register(
        ListenerAuthenticator.class,
        new Badge(number),
        Map.of("door", "front", Constants.SERVICE_RANKING, ranking));
  }

  /** Whoever knows the number comes in, under any name. */
  private record Badge(String number) implements ListenerAuthenticator {
    @Override
    public Demand demand() {
      return Demand.PASSWORD;
    }

    @Override
    public Verdict authenticate(Credentials client) {
      return client.password() != null && number.equals(new String(client.password()))
          ? new Verdict.Admitted(client.username(), Set.of("visitor"))
          : new Verdict.Refused("another number");
    }
  }
}
