// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.node;

import static dev.divan.shell.node.FakeNode.pairs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenPropertiesTest {
  private static final String SECRET = "s3cret-4711";

  @Test
  void aSecretIsHiddenUnderWhateverNameItStands() {
    Map<String, Object> configuration =
        pairs(
            ".password",
            SECRET,
            "password",
            SECRET,
            "pasword",
            SECRET,
            "headers",
            "Cookie: " + SECRET,
            "certBase64",
            SECRET,
            ".passwordHash",
            SECRET,
            "token",
            SECRET,
            "pin",
            4711);
    Map<String, String> open = OpenProperties.of(configuration);
    assertEquals(configuration.keySet(), open.keySet());
    open.values().forEach(value -> assertEquals(OpenProperties.HIDDEN, value));
  }

  @Test
  void aUrlIsShownWithoutUserAndQuery() {
    for (String url :
        List.of(
            "wss://u:" + SECRET + "@h:1/db", "wss://h:1/db?t=" + SECRET, "wss://h:1/db#" + SECRET))
      assertEquals("wss://h:1/db", OpenProperties.of(Map.of("url", url)).get("url"));
    assertFalse(OpenProperties.url("wss:// u:" + SECRET).contains(SECRET));
    assertFalse(OpenProperties.url("wss://u:" + SECRET + "@h_x:1/db").contains(SECRET));
  }

  @Test
  void whatIsHarmlessIsShownInWhateverForm() {
    Map<String, String> open =
        OpenProperties.of(
            pairs(
                "port",
                4984,
                "collections",
                new String[] {"a.b", "c.d"},
                "channels",
                List.of("x"),
                "authenticator.target",
                "(name=a)",
                "service.pid",
                "p",
                "component.name",
                "c"));
    assertEquals(
        Map.of(
            "port",
            "4984",
            "collections",
            "a.b, c.d",
            "channels",
            "x",
            "authenticator.target",
            "(name=a)"),
        open);
  }
}
