// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.json.Json;
import dev.divan.replicator.testing.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaTest {
  private static final String TEXT = "The fog comes on little cat feet; ä€𝄞 and sits looking.";

  private static Object tree(String json) {
    return Json.parse(json.replace('\'', '"'));
  }

  private static Object applied(String base, String delta) throws DeltaException {
    return Json.parse(
        Delta.apply(
            Json.print(tree(base)), delta.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }

  @DisplayName("conformance 69: deltas observed on the wire give what the peers got (00-unit)")
  @Test
  void vectors() throws Exception {
    List<Map<String, ?>> deltas = Vectors.list(Vectors.file("00-unit.json"), "delta");
    assertEquals(3, deltas.size());
    for (Map<String, ?> each : deltas) {
      // Some are of bare values: wrapped, since documents are objects.
      Map<String, Object> old = Map.of("k", each.get("old"));
      Map<String, Object> delta = Map.of("k", each.get("delta"));
      byte[] result = Delta.apply(Json.print(old), Json.print(delta));
      assertEquals(Map.of("k", each.get("new")), Json.parse(result));
    }
  }

  @DisplayName("conformance 69: every form of a delta")
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'a':1}           ; {'a':2}                 ; {'a':2}",
        "{'a':1}           ; {'b':2}                 ; {'a':1,'b':2}",
        "{'a':1}           ; {'a':[]}                ; {}",
        "{'a':1}           ; {'a':[{'x':1}]}         ; {'a':{'x':1}}",
        "{'a':1}           ; {'a':[[1,2]]}           ; {'a':[1,2]}",
        "{'a':1}           ; {'b':[{'x':1}]}         ; {'a':1,'b':{'x':1}}",
        "{'a':1}           ; {}                      ; {'a':1}",
        "{'a':{'x':1}}     ; {'a':{}}                ; {'a':{'x':1}}",
        "{'a':{'x':1}}     ; {'a':{'x':[],'y':2}}    ; {'a':{'y':2}}",
        "{'a':1}           ; [{'z':0}]               ; {'z':0}",
        "{'a':1}           ; {'a':[1,2]}             ; {'a':2}",
        "{'a':1}           ; {'a':[1,0,0]}           ; {}",
        "{'a':1}           ; {'a':null}              ; {'a':null}",
        "{'a':[1,2,3]}     ; {'a':{'0':9}}           ; {'a':[9,2,3]}",
        "{'a':[1,2,3]}     ; {'a':{'1-':[]}}         ; {'a':[1]}",
        "{'a':[1,2,3]}     ; {'a':{'3-':[4,5]}}      ; {'a':[1,2,3,4,5]}",
        "{'a':[{'x':1}]}   ; {'a':{'0':{'x':2}}}     ; {'a':[{'x':2}]}",
        "{'a':2}           ; {'a':2.0}               ; {'a':2.0}",
        "{'a':1}           ; {'b':18446744073709551615} ; {'a':1,'b':18446744073709551615}",
        "{'t':'The fog'}   ; {'t':['4=1-1+d|2=',0,2]} ; {'t':'The dog'}",
        "{'t':''}          ; {'t':['3+a|b|',0,2]}    ; {'t':'a|b'}",
        "{'t':'abc'}       ; {'t':['3-',0,2]}        ; {'t':''}",
      })
  void forms(String base, String delta, String result) throws Exception {
    assertEquals(tree(result), applied(base, delta));
  }

  @DisplayName("conformance 69, 99: a malformed delta is refused, never guessed at")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{'a':",
        "nonsense",
        "5",
        "null",
        "'text'",
        "[]",
        "[5]",
        "[{},{},{},{}]",
        "{'nokey':[]}",
        "{'nokey':{}}",
        "{'nokey':{'x':1}}",
        "{'nokey':[1,0,0]}",
        "{'n':{'x':1}}",
        "{'n':{'5-':[1]}}",
        "{'n':[1,0,1]}",
        "{'n':[1,0,3]}",
        "{'n':['1=',0,2]}",
        "{'n':[1,2,3,4]}",
        "{'arr':{'3':1}}",
        "{'arr':{'4-':[1]}}",
        "{'arr':{'-1':1}}",
        "{'arr':{'x':1}}",
        "{'arr':{'-':[1]}}",
        "{'arr':{'':1}}",
        "{'arr':{'0':[]}}",
        "{'arr':{'1-':5}}",
        "{'arr':{'1-':[],'2-':[]}}",
        "{'arr':{'99999999999':1}}",
        "{'t':['',0,2]}",
        "{'t':['xyz',0,2]}",
        "{'t':['999=',0,2]}",
        "{'t':['5=',0,2]}",
        "{'t':['=',0,2]}",
        "{'t':['-5=',0,2]}",
        "{'t':['99999999999999999999=',0,2]}",
        "{'t':['2147483648=',0,2]}",
        "{'t':['3+ab|',0,2]}",
        "{'t':['3+abc',0,2]}",
        "{'t':['2147483647+a|',0,2]}",
        "{'t':['62=1?',0,2]}",
        "{'t':['62=1',0,2]}",
        "{'t':['62=1=',0,2]}",
        "{'t':[5,0,2]}",
        "{'a':1}}",
        "{'n':1,'n':2}",
      })
  void malformed(String delta) {
    String base = "{'arr':[1,2,3],'n':1,'t':'" + TEXT + "'}";
    assertThrows(DeltaException.class, () -> applied(base, delta));
  }

  @DisplayName("conformance 69, 99: a text change may not split a character")
  @Test
  void splitCharacters() {
    byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
    String base = "{'t':'" + TEXT + "'}";
    for (int cut = 1; cut < bytes.length; cut++) {
      boolean inside = (bytes[cut] & 0xC0) == 0x80;
      String dropsRest = "{'t':['" + cut + "=" + (bytes.length - cut) + "-',0,2]}";
      if (inside) assertThrows(DeltaException.class, () -> applied(base, dropsRest));
    }
  }

  @DisplayName("conformance 69, 99: not even where the text has a replacement character already")
  @Test
  void splitCharacterBesideReplacementCharacter() {
    // Three bytes of a character of four decode to one replacement character of three bytes.
    assertThrows(DeltaException.class, () -> applied("{'t':'\uFFFD𝄞'}", "{'t':['6=1-',0,2]}"));
  }

  @DisplayName("conformance 69, 99: a base that is no object is refused")
  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "5", "{"})
  void strangeBase(String base) {
    byte[] bytes = base.getBytes(StandardCharsets.UTF_8);
    assertThrows(DeltaException.class, () -> Delta.apply(bytes, new byte[] {'{', '}'}));
  }

  @DisplayName("conformance 69, 99: no nesting is too deep to be refused")
  @Test
  void deepNesting() {
    String deep = "{'a':".repeat(5000) + "1" + "}".repeat(5000);
    assertThrows(DeltaException.class, () -> applied("{'a':1}", deep));
    // Base and delta are both allowed, their result would not be.
    String inner = "{'a':".repeat(60) + "1" + "}".repeat(60);
    String path = "{'a':".repeat(59) + "{'a':[" + inner + "]}" + "}".repeat(59);
    assertThrows(DeltaException.class, () -> applied(inner, path));
  }

  @DisplayName("conformance 69: what a generator makes of two random documents gives the newer")
  @Test
  void randomDocuments() throws Exception {
    Random random = new Random(20260731);
    for (int i = 0; i < 3000; i++) {
      Map<String, Object> old = object(random, 0);
      Map<String, Object> now = random.nextInt(4) == 0 ? object(random, 0) : edited(old, random);
      byte[] result = Delta.apply(Json.print(old), Json.print(difference(old, now)));
      assertEquals(now, Json.parse(result), () -> old + " -> " + now);
    }
  }

  @DisplayName("conformance 69, 99: random deltas are applied or refused, nothing else")
  @Test
  void randomDeltas() {
    Random random = new Random(4711);
    int refused = 0;
    int applied = 0;
    for (int i = 0; i < 20000; i++) {
      byte[] base = Json.print(object(random, 0));
      byte[] delta = Json.print(random.nextBoolean() ? object(random, 0) : value(random, 0));
      if (random.nextInt(3) == 0) delta[random.nextInt(delta.length)] = (byte) random.nextInt(256);
      try {
        assertTrue(Json.parse(Delta.apply(base, delta)) instanceof Map);
        applied++;
      } catch (DeltaException expected) {
        refused++;
      }
    }
    assertTrue(refused > 1000 && applied > 1000, refused + " refused, " + applied + " applied");
  }

  private static Map<String, Object> object(Random random, int depth) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--)
      object.put("k" + random.nextInt(6), value(random, depth + 1));
    return object;
  }

  private static Object value(Random random, int depth) {
    switch (random.nextInt(depth > 3 ? 4 : 6)) {
      case 0:
        return (long) random.nextInt(5);
      case 1:
        return random.nextInt(9) / 4.0;
      case 2:
        return random.nextBoolean();
      case 3:
        return "0=1-ä€".substring(random.nextInt(6)).repeat(random.nextInt(3));
      case 4:
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) list.add(value(random, depth + 1));
        return list;
      default:
        return object(random, depth);
    }
  }

  private static Map<String, Object> edited(Map<String, Object> old, Random random) {
    Map<String, Object> now = new LinkedHashMap<>(old);
    now.replaceAll((key, value) -> random.nextInt(3) == 0 ? value(random, 1) : value);
    if (random.nextBoolean()) now.put("new", value(random, 1));
    if (!old.isEmpty() && random.nextBoolean()) now.remove(old.keySet().iterator().next());
    return now;
  }

  /** The simplest generator: recursion into objects and arrays, text edits by common ends. */
  private static Object difference(Object old, Object now) {
    if (old.equals(now)) return Map.of();
    Map<Object, Object> delta = new LinkedHashMap<>();
    if (old instanceof Map<?, ?> a && now instanceof Map<?, ?> b) {
      for (Object key : a.keySet()) if (!b.containsKey(key)) delta.put(key, List.of());
      for (Map.Entry<?, ?> e : b.entrySet())
        if (!a.containsKey(e.getKey())) delta.put(e.getKey(), List.of(e.getValue()));
        else if (!a.get(e.getKey()).equals(e.getValue()))
          delta.put(e.getKey(), difference(a.get(e.getKey()), e.getValue()));
      return delta;
    }
    if (old instanceof List<?> a && now instanceof List<?> b) {
      int common = Math.min(a.size(), b.size());
      for (int i = 0; i < common; i++)
        if (!a.get(i).equals(b.get(i))) delta.put("" + i, difference(a.get(i), b.get(i)));
      if (a.size() != b.size()) delta.put(common + "-", b.subList(common, b.size()));
      return delta;
    }
    if (old instanceof String a && now instanceof String b) {
      int length = a.getBytes(StandardCharsets.UTF_8).length;
      String skip = length == 0 ? "" : length + "-";
      int bytes = b.getBytes(StandardCharsets.UTF_8).length;
      return List.of(skip + (bytes == 0 ? "" : bytes + "+" + b + "|"), 0, 2);
    }
    return List.of(now);
  }
}
