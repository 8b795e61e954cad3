// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HeadTest {

  @DisplayName("conformance 27: a frame may end anywhere in the head, even inside its length")
  @Test
  void headsMayBeCutAnywhere() throws Exception {
    byte[] message = new byte[2 + 300 + 5];
    Varint.put(message, 0, 300);
    Arrays.fill(message, 2, 301, (byte) 'x');
    for (int cut = 0; cut <= message.length; cut++) {
      Head head = new Head();
      int first = head.take(message, 0, cut);
      assertEquals(Math.min(cut, 302), first);
      assertEquals(cut >= 302, head.complete());
      int at = head.take(message, first, message.length);
      assertEquals(302, at);
      assertTrue(head.complete());
      assertArrayEquals(Arrays.copyOfRange(message, 2, 302), head.block());
    }
  }

  @Test
  void anEmptyBlockIsComplete() throws Exception {
    Head head = new Head();
    assertFalse(head.complete());
    assertEquals(1, head.take(new byte[] {0, 7}, 0, 2));
    assertTrue(head.complete());
  }

  @DisplayName("conformance 42: property blocks up to 102400 bytes pass, longer ones do not")
  @Test
  void blocksAreLimited() throws Exception {
    byte[] message = new byte[3 + Head.MAX_PROPERTIES];
    Varint.put(message, 0, Head.MAX_PROPERTIES);
    Head head = new Head();
    head.take(message, 0, message.length);
    assertTrue(head.complete());
    Varint.put(message, 0, Head.MAX_PROPERTIES + 1);
    assertThrows(Violation.class, () -> new Head().take(message, 0, 3));
    byte[] huge = new byte[9];
    Varint.put(huge, 0, Long.MAX_VALUE);
    assertThrows(Violation.class, () -> new Head().take(huge, 0, 9));
  }

  @Test
  void blocksMustEndWithNul() {
    byte[] message = {2, 'a', 'b'};
    assertThrows(Violation.class, () -> new Head().take(message, 0, 3));
  }
}
