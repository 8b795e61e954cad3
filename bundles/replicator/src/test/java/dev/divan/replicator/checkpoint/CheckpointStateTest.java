// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointStateTest {
  private static CheckpointState read(String json) {
    CheckpointState state =
        CheckpointState.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    assertNotNull(state, json);
    return state;
  }

  private static Map<?, ?> written(CheckpointState state) {
    return (Map<?, ?>) Json.parse(state.print(1795414741));
  }

  @DisplayName("conformance 49: reads what peers write, plain and sparse")
  @Test
  void readsCheckpointsOfPeers() {
    CheckpointState plain = read("{'time':1795414741,'local':8,'remote':12}");
    assertEquals(8, plain.local().settled());
    assertEquals("12", plain.remote());
    CheckpointState sparse =
        read("{'time':1795415104,'local':2,'localCompleted':[0,3,4,2],'remote':5}");
    assertEquals(2, sparse.local().settled());
    assertEquals(List.of(3L), sparse.local().pending());
    assertTrue(sparse.local().contains(5));
    assertEquals(5, sparse.local().scanned());
    CheckpointState timeAlone = read("{'time':1}");
    assertEquals(0, timeAlone.local().settled());
    assertNull(timeAlone.remote());
  }

  @DisplayName("conformance 49: writes a sparse set as flat ranges, a plain one without")
  @Test
  void writesCheckpoints() {
    SequenceSet set = new SequenceSet(0);
    set.scannedTo(5);
    assertEquals(Map.of("time", 1795414741L, "local", 5L), written(new CheckpointState(set, null)));
    set.add(3);
    assertEquals(
        Map.of(
            "time",
            1795414741L,
            "local",
            2L,
            "localCompleted",
            List.of(0L, 3L, 4L, 2L),
            "remote",
            7L),
        written(new CheckpointState(set, "7")));
  }

  @DisplayName("conformance 50: remote stays what it was, number or string")
  @ParameterizedTest
  @ValueSource(
      strings = {"12", "\"12\"", "\"20:5\"", "\"20::35\"", "0", "9007199254740993", "1.0", "\"ä\""})
  void remoteIsKeptExactly(String remote) {
    CheckpointState state = read("{'local':1,'remote':" + remote + "}");
    assertEquals(remote, state.remote());
    CheckpointState again = CheckpointState.parse(state.print(1));
    assertNotNull(again);
    assertEquals(remote, again.remote());
  }

  @DisplayName("conformance 48: differing copies are intersected, remote starts over")
  @Test
  void differingCopies() {
    CheckpointState ours = read("{'local':8,'remote':12}");
    CheckpointState theirs = read("{'local':2,'localCompleted':[0,3,4,2],'remote':13}");
    CheckpointState agreed = CheckpointState.agreed(ours, theirs);
    assertEquals(5, agreed.local().scanned());
    assertEquals(List.of(3L), agreed.local().pending());
    assertNull(agreed.remote());
  }

  @DisplayName("conformance 48: equal copies are believed")
  @Test
  void equalCopies() {
    CheckpointState agreed =
        CheckpointState.agreed(
            read("{'time':1,'local':8,'remote':'20:5'}"),
            read("{'time':9,'local':8,'remote':'20:5'}"));
    assertEquals(8, agreed.local().settled());
    assertEquals("\"20:5\"", agreed.remote());
  }

  @DisplayName("conformance 48: a number is not the string of its digits")
  @Test
  void numberAndStringDiffer() {
    assertNull(CheckpointState.agreed(read("{'remote':5}"), read("{'remote':'5'}")).remote());
  }

  @DisplayName("conformance 48: without one of the copies all begins anew")
  @Test
  void missingCopies() {
    CheckpointState some = read("{'local':8,'remote':12}");
    for (CheckpointState agreed :
        List.of(
            CheckpointState.agreed(some, null),
            CheckpointState.agreed(null, some),
            CheckpointState.agreed(null, null))) {
      assertEquals(0, agreed.local().settled());
      assertNull(agreed.remote());
    }
  }

  @Test
  void whatCannotBeReadIsAsGoodAsNone() {
    for (String body : List.of("", "hello", "[]", "5", "{", "null", "\u0000"))
      assertNull(CheckpointState.parse(body.getBytes(StandardCharsets.UTF_8)), body);
  }

  /** The copy of a peer is a stranger's word: no ranges may cost memory or time without end. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'local':-5}",
        "{'local':'x'}",
        "{'local':1.5}",
        "{'local':99999999999999999999}",
        "{'localCompleted':[0]}",
        "{'localCompleted':['a','b']}",
        "{'localCompleted':[5,3,0,2]}",
        "{'localCompleted':[0,-3]}",
        "{'localCompleted':[0,0]}",
        "{'localCompleted':[-9,3]}",
        "{'localCompleted':[0,1,9223372036854775807,1]}",
        "{'localCompleted':[0,9223372036854775807,9223372036854775807,1,5,1]}",
        "{'localCompleted':[0,9223372036854775807,9223372036854775807,9223372036854775807]}",
      })
  void absurdRangesMeanNothingIsPushed(String json) {
    CheckpointState state = read(json);
    assertEquals(0, state.local().settled());
    assertEquals(0, state.local().pendingCount());
  }

  @Test
  void gapsOfAPeersCheckpointAreBounded() {
    StringBuilder json = new StringBuilder("{'localCompleted':[0,1");
    for (long i = 1; i < 200; i++) json.append(',').append(i * 999_999).append(",1");
    CheckpointState state = read(json.append("]}").toString());
    assertTrue(state.local().pendingCount() <= 1_000_000, "" + state.local().pendingCount());
  }

  @Test
  void aSetWithVeryManyGapsIsWrittenShortAndClaimsNothingThatIsNotSettled() {
    SequenceSet set = new SequenceSet(0);
    for (long s = 2; s < 10_000; s += 2) {
      set.add(s);
      set.scannedTo(s + 1);
    }
    byte[] body = new CheckpointState(set, null).print(1);
    assertTrue(body.length < 10_000, body.length + " bytes");
    CheckpointState again = CheckpointState.parse(body);
    assertNotNull(again);
    for (long s = 1; s < 10_000; s++)
      if (again.local().contains(s)) assertTrue(set.contains(s), "sequence " + s);
  }
}
