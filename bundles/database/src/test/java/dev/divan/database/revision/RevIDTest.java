// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.revision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevIDTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"1-aa", "12-0123456789abcdef", "999999999999999999-00", "2-9af03c11223344556677"})
  void whatIsWrittenIsRead(String text) {
    assertEquals(text, RevID.parse(text).toString());
  }

  @ParameterizedTest
  @DisplayName("65, 97: malformed revision IDs are none")
  @ValueSource(
      strings = {
        "",
        "-",
        "1",
        "1-",
        "-aa",
        "0-aa",
        "01-aa",
        "1-a",
        "1-CAFE",
        "1-xyzz",
        "xyz",
        "1-aa ",
        " 1-aa",
        "+1-aa",
        "1--aa",
        "1000000000000000000-aa",
        "1-ä0",
        "17f@abcdef"
      })
  void whatIsMalformedIsRefused(String text) {
    assertNull(RevID.parse(text));
  }

  @Test
  void digestsHaveALimit() {
    assertEquals(40, RevID.parse("1-" + "ab".repeat(40)).digest().length);
    assertNull(RevID.parse("1-" + "ab".repeat(41)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|false|{\"hi\":\"there\"}|1-4fc27db1ae8261b84641d9170f4699df2b6943be",
        "1-4fc27db1ae8261b84641d9170f4699df2b6943be|false|{\"a\":1,\"hi\":\"there\"}"
            + "|2-08fd4d4fed45e19fc233def91975bd31e4f3d98a",
        "1-4fc27db1ae8261b84641d9170f4699df2b6943be|false|{ \"hi\" : \"there\", \"a\":1}"
            + "|2-08fd4d4fed45e19fc233def91975bd31e4f3d98a",
        "2-08fd4d4fed45e19fc233def91975bd31e4f3d98a|true|{}"
            + "|3-c88d0b7b5720523e5ee803a12a6c874108eda2f2"
      })
  void theSameEditMakesTheSameRevision(
      String parent, boolean deleted, String body, String expected) {
    byte[] canonical = RevID.canonical(body.getBytes(StandardCharsets.UTF_8));
    RevID from = parent == null ? null : RevID.parse(parent);
    assertEquals(expected, RevID.generate(from, deleted, canonical).toString());
  }

  @Test
  void generationCountsBeforeDigest() {
    assertTrue(RevID.parse("10-00").compareTo(RevID.parse("9-ff")) > 0);
    assertTrue(RevID.parse("1-ff").compareTo(RevID.parse("1-7f")) > 0);
    assertTrue(RevID.parse("1-aabb").compareTo(RevID.parse("1-aa")) > 0);
    assertEquals(0, RevID.parse("1-aa").compareTo(RevID.parse("1-aa")));
  }
}
