// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.doctor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuestionTest {

  @Test
  void theQuestionIsAFirstRequestWithShortNamesAndItsChecksum() {
    byte[] frame = Question.about(List.of("_default._default", "_default.a", "s.b"));
    assertEquals(1, frame[0]);
    assertEquals(0, frame[1]);
    assertEquals(23, frame[2]);
    assertEquals("Profile\0getCollections\0", text(frame, 3, 23));
    String body = text(frame, 26, frame.length - 30);
    Map<String, Object> said = Json.parseObject(body);
    assertEquals(List.of("_default", "a", "s.b"), said.get("collections"));
    assertEquals(3, ((List<?>) said.get("checkpoint_ids")).size());
    assertArrayEquals(
        ScriptedPeer.blip(1, new ScriptedPeer.Said(0, "Profile\0getCollections\0", body)), frame);
  }

  private static String text(byte[] bytes, int from, int length) {
    return new String(bytes, from, length, StandardCharsets.UTF_8);
  }

  @Test
  void aMessageOfThePeersOwnIsPassedOver() throws IOException {
    assertNull(Question.read(ScriptedPeer.blip(1, new ScriptedPeer.Said(0, "Profile\0x\0", ""))));
    assertNull(Question.read(ScriptedPeer.blip(2, new ScriptedPeer.Said(1, "", "[]"))));
  }

  @Test
  void garbageIsToldAsSuchWhereverItIsCutOff() throws IOException {
    byte[] whole = ScriptedPeer.blip(1, new ScriptedPeer.Said(1, "a\0b\0", "[null,{}]"));
    Question.Reply reply = Question.read(whole);
    assertEquals(List.of(false, true), reply.present());
    for (int i = 0; i < whole.length; i++) {
      byte[] cut = java.util.Arrays.copyOf(whole, i);
      assertThrows(IOException.class, () -> Question.read(cut));
    }
    byte[] endless = new byte[40];
    java.util.Arrays.fill(endless, (byte) 0xff);
    assertThrows(IOException.class, () -> Question.read(endless));
  }

  @Test
  void anErrorKeepsItsWords() throws IOException {
    Question.Reply reply =
        Question.read(
            ScriptedPeer.blip(
                1, new ScriptedPeer.Said(2, "Error-Domain\0HTTP\0Error-Code\u0000403\0", "no")));
    assertEquals("HTTP/403", reply.code());
    assertEquals("no", reply.error());
    assertTrue(reply.present().isEmpty());
  }
}
