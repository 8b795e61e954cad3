// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.replica.Change;
import dev.divan.database.replica.Proposal;
import dev.divan.database.replica.Verdict;
import dev.divan.database.replica.Wanted;
import dev.divan.replicator.wire.Rows.Announced;
import dev.divan.replicator.wire.Rows.Judgement;
import dev.divan.replicator.wire.Rows.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest {
  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8).replace('"', '\'');
  }

  @DisplayName("conformance 57: rows with 3, 4 and 5 elements, deleted as boolean or integer")
  @Test
  void announcedRows() throws Exception {
    List<Announced> rows =
        Rows.announced(
            json(
                "[[1,'a','1-aa'],[2,'b','2-bb',1],[3,'c','2-cc',true],[4,'d','1-dd',0,77],"
                    + "[5,'e','1-ee',false,5],[6,'f','1-ff',null]]"));
    assertEquals(new Announced("1", "a", "1-aa", 0, 0), rows.get(0));
    assertEquals(new Announced("2", "b", "2-bb", 1, 0), rows.get(1));
    assertEquals(new Announced("3", "c", "2-cc", 1, 0), rows.get(2));
    assertEquals(new Announced("4", "d", "1-dd", 0, 77), rows.get(3));
    assertEquals(new Announced("5", "e", "1-ee", 0, 5), rows.get(4));
    assertEquals(new Announced("6", "f", "1-ff", 0, 0), rows.get(5));
  }

  @DisplayName("conformance 57, 50: sequences are opaque and stay as they came")
  @Test
  void announcedSequences() throws Exception {
    List<Announced> rows =
        Rows.announced(
            json("[['20:5','a','1-aa'],['20::5','b','1-aa'],[9007199254740993,'c','1-aa']]"));
    assertEquals("\"20:5\"", rows.get(0).sequence());
    assertEquals("\"20::5\"", rows.get(1).sequence());
    assertEquals("9007199254740993", rows.get(2).sequence());
  }

  @DisplayName("conformance 64: flags 2, 3, 4 and 6 withdraw, 5 is a tombstone")
  @Test
  void flags() throws Exception {
    boolean[] removes = {false, false, true, true, true, false, true, true};
    for (int flags = 0; flags < 8; flags++)
      assertEquals(
          removes[flags],
          Rows.announced(json("[[1,'a','1-aa'," + flags + "]]")).get(0).removes(),
          "flags " + flags);
  }

  @DisplayName("conformance 107: what is no list, or has a row that is none, is not read at all")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "5",
        "null",
        "[",
        "[5]",
        "[[]]",
        "[{}]",
        "[null]",
        "[[1,'a']]",
        "[[1,'a',5]]",
        "[[1,5,'1-aa']]",
        "[[1,'','1-aa']]",
        "[[1,'a','']]",
        "[[null,'a','1-aa']]",
        "[[true,'a','1-aa']]",
        "[[[],'a','1-aa']]",
        "[[1,'a','1-aa','x']]",
        "[[1,'a','1-aa'],[2,'b']]"
      })
  void malformedAnnouncements(String body) {
    MalformedException refused =
        assertThrows(MalformedException.class, () -> Rows.announced(json(body)));
    boolean list = body.startsWith("[") && body.length() > 1;
    assertEquals(!list, refused.notAList);
  }

  @DisplayName("conformance 86: document IDs of up to 255 bytes are read, longer ones refused")
  @Test
  void longIds() throws Exception {
    String longest = "x".repeat(255);
    assertEquals(
        longest, Rows.announced(json("[[1,'" + longest + "','1-aa']]")).get(0).documentID());
    for (String tooLong : List.of("x".repeat(256), "€".repeat(86)))
      assertThrows(
          MalformedException.class, () -> Rows.announced(json("[[1,'" + tooLong + "','1-aa']]")));
  }

  @DisplayName(
      "conformance 58: what is wanted with its ancestors, 0 for the rest, trailing ones omitted")
  @Test
  void wants() {
    Wanted no = new Wanted(false, false, List.of());
    Wanted fresh = new Wanted(true, false, List.of());
    Wanted newer = new Wanted(true, false, List.of("2-bb", "1-aa"));
    assertEquals("[0,[],['2-bb','1-aa']]", text(Rows.want(List.of(no, fresh, newer, no, no))));
    assertEquals("[]", text(Rows.want(List.of(no, no))));
    assertEquals("[]", text(Rows.want(List.of())));
  }

  @DisplayName("conformance 59: short, long and odd answers to changes")
  @Test
  void wantedAnswers() throws Exception {
    assertEquals(Arrays.asList(List.of(), null, null), Rows.wanted(json("[[]]"), 3));
    assertEquals(List.of(List.of("2-ab", "1-cd")), Rows.wanted(json("[['2-ab','1-cd']]"), 1));
    assertEquals(Arrays.asList(null, List.of()), Rows.wanted(json("[0,[],[],[]]"), 2));
    assertEquals(
        Arrays.asList(null, null, null, null, null, List.of()),
        Rows.wanted(json("[null,409,'x',{},false,true]"), 6));
    assertEquals(List.of(List.of("1-aa")), Rows.wanted(json("[[5,null,'1-aa',[]]]"), 1));
    assertEquals(Arrays.asList(null, null), Rows.wanted(new byte[0], 2));
    assertThrows(MalformedException.class, () -> Rows.wanted(json("{}"), 1));
    assertThrows(MalformedException.class, () -> Rows.wanted(json("[[]"), 1));
  }

  @DisplayName("conformance 71: proposals name the peer's revision, \"\" if it is not known")
  @Test
  void proposes() {
    List<Change> changes =
        List.of(
            new Change(7, "a", "2-bb", false, 8, "1-aa"),
            new Change(8, "ä\"", "1-cc", true, 2, null));
    assertEquals(
        "[[\"a\",\"2-bb\",\"1-aa\",8],[\"ä\\\"\",\"1-cc\",\"\",2]]",
        new String(Rows.propose(changes), StandardCharsets.UTF_8));
  }

  @Test
  void announces() {
    List<Change> changes =
        List.of(
            new Change(7, "a", "2-bb", false, 8, null),
            new Change(8, "b\n", "3-cc", true, 2, null));
    assertEquals("[[7,'a','2-bb',0,8],[8,'b\\n','3-cc',1,2]]", text(Rows.announce(changes)));
  }

  @Test
  void whatIsAnnouncedIsReadAgainWhateverTheIds() throws Exception {
    Random random = new Random(57);
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      StringBuilder id = new StringBuilder();
      for (int k = 1 + random.nextInt(20); k > 0; k--)
        id.appendCodePoint(
            random.nextBoolean() ? ' ' + random.nextInt(95) : 0xA0 + random.nextInt(0x2000));
      changes.add(new Change(i, id.toString(), "1-aa", random.nextBoolean(), i, null));
    }
    List<Announced> read = Rows.announced(Rows.announce(changes));
    for (int i = 0; i < 500; i++)
      assertEquals(changes.get(i).documentID(), read.get(i).documentID());
  }

  @DisplayName("conformance 72: proposals are read with and without the server's revision")
  @Test
  void proposedRows() throws Exception {
    assertEquals(
        List.of(
            new Proposal("a", "1-aa", null),
            new Proposal("b", "2-bb", "1-aa"),
            new Proposal("c", "1-cc", null),
            new Proposal("d", "1-dd", null)),
        Rows.proposed(
            json("[['a','1-aa'],['b','2-bb','1-aa',77],['c','1-cc',''],['d','1-dd',5]]")));
  }

  @DisplayName("conformance 72: a malformed row spoils the whole proposal")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[5]",
        "[['n1']]",
        "[['n1',5]]",
        "[[5,'1-aa']]",
        "[['n1','foo']]",
        "[['','1-aa']]",
        "[['n1','']]"
      })
  void malformedProposals(String body) {
    assertFalse(assertThrows(MalformedException.class, () -> Rows.proposed(json(body))).notAList);
  }

  @DisplayName("conformance 72: 0, 304, 409 and {status,rev}; trailing zeros omitted; never 201")
  @Test
  void judges() {
    Verdict welcome = new Verdict(Verdict.Kind.WELCOME, null);
    Verdict known = new Verdict(Verdict.Kind.KNOWN, "1-aa");
    Verdict conflict = new Verdict(Verdict.Kind.CONFLICT, "2-bb");
    List<Verdict> all = List.of(welcome, known, conflict, welcome, welcome);
    assertEquals("[0,304,{'status':409,'rev':'2-bb'}]", text(Rows.judge(all, true)));
    assertEquals("[0,304,409]", text(Rows.judge(all, false)));
    assertEquals("[]", text(Rows.judge(List.of(welcome, welcome), true)));
  }

  @DisplayName("conformance 73: integers, objects and omitted entries; the odd means send")
  @Test
  void judgements() {
    assertEquals(
        List.of(0, 304, 409, 409, 403, 0, 0, 0, 0, 0),
        Rows.judged(json("[0,304,409,{'status':409,'rev':'2-bb'},403,null,'x',[]]"), 10).stream()
            .map(Judgement::status)
            .toList());
    assertEquals("2-bb", Rows.judged(json("[{'status':409,'rev':'2-bb'}]"), 1).get(0).rev());
    assertNull(Rows.judged(json("[{'status':409}]"), 1).get(0).rev());
    assertNull(Rows.judged(json("[409]"), 1).get(0).rev());
    for (String odd : List.of("", "{}", "5", "[", "[]"))
      assertTrue(Rows.judged(json(odd), 3).stream().allMatch(j -> j.status() == 0), odd);
    assertEquals(2, Rows.judged(json("[0,0,0,409,409]"), 2).size());
  }
}
