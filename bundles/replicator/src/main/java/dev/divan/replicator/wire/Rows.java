// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.wire;

import dev.divan.database.replica.Change;
import dev.divan.database.replica.Proposal;
import dev.divan.database.replica.Verdict;
import dev.divan.database.replica.Wanted;
import dev.divan.json.Json;
import dev.divan.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of {@code changes} and {@code proposeChanges} and of their answers (docs/protocol.md
 * "Lists of changes").
 */
public final class Rows {
  private static final byte[] EMPTY = {'[', ']'};

  /** Longer document IDs are refused unread. */
  private static final int MAX_ID_BYTES = 255;

  private Rows() {}

  /** A list of changes cannot be read. */
  public static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whether the whole was no list, rather than a row no row. */
    public final boolean notAList;

    MalformedException(boolean notAList) {
      super(notAList ? "no list" : "no row", null, false, false);
      this.notAList = notAList;
    }
  }

  /**
   * A row of {@code changes}.
   *
   * @param sequence as JSON
   * @param flags 1 deleted, 2 access revoked, 4 removed
   * @param bodySize 0 if not told
   */
  public record Announced(
      String sequence, String documentID, String revID, int flags, long bodySize) {

    /** Whether it tells that we have lost access, rather than of a revision. */
    public boolean removes() {
      return (flags & 2) != 0 || (flags & 5) == 4;
    }
  }

  public static byte[] empty() {
    return EMPTY.clone();
  }

  /** {@code [[sequence,"doc","rev",0|1,size],…]} */
  public static byte[] announce(List<Change> changes) {
    StringBuilder text = new StringBuilder(changes.size() * 90 + 2).append('[');
    for (int i = 0; i < changes.size(); i++) {
      Change change = changes.get(i);
      text.append(i == 0 ? "[" : ",[").append(change.sequence()).append(',');
      string(text, change.documentID()).append(',');
      string(text, change.revID()).append(',').append(change.deleted() ? '1' : '0');
      text.append(',').append(change.bodySize()).append(']');
    }
    return text.append(']').toString().getBytes(StandardCharsets.UTF_8);
  }

  public static List<Announced> announced(byte[] body) throws MalformedException {
    List<?> rows = list(body);
    List<Announced> announced = new ArrayList<>(rows.size());
    for (Object row : rows) {
      if (!(row instanceof List<?> fields)
          || fields.size() < 3
          || !(fields.get(0) instanceof String || fields.get(0) instanceof Number)
          || !(fields.get(1) instanceof String documentID)
          || !(fields.get(2) instanceof String revID)
          || !isId(documentID)
          || revID.isEmpty()) throw new MalformedException(false);
      announced.add(
          new Announced(
              Json.text(fields.get(0)), documentID, revID, flags(fields), size(fields, 4)));
    }
    return announced;
  }

  private static int flags(List<?> fields) throws MalformedException {
    if (fields.size() < 4 || fields.get(3) == null) return 0;
    Object flags = fields.get(3);
    if (flags instanceof Boolean deleted) return deleted ? 1 : 0;
    if (flags instanceof Number number) return number.intValue();
    throw new MalformedException(false);
  }

  private static long size(List<?> fields, int index) {
    return fields.size() > index && fields.get(index) instanceof Number size && size.longValue() > 0
        ? size.longValue()
        : 0;
  }

  /** The answer to {@code changes}: {@code [[],0,["2-ab"]]}, trailing refusals left out. */
  public static byte[] want(List<Wanted> answers) {
    int last = answers.size();
    while (last > 0 && !answers.get(last - 1).wanted()) last--;
    StringBuilder text = new StringBuilder(last * 4 + 2).append('[');
    for (int i = 0; i < last; i++) {
      if (i > 0) text.append(',');
      Wanted answer = answers.get(i);
      if (!answer.wanted()) {
        text.append('0');
        continue;
      }
      text.append('[');
      List<String> ancestors = answer.ancestors();
      for (int k = 0; k < ancestors.size(); k++)
        string(k == 0 ? text : text.append(','), ancestors.get(k));
      text.append(']');
    }
    return text.append(']').toString().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads the answer to {@code changes}.
   *
   * @return for each row the revisions the peer holds, or null if it does not want it; anything odd
   *     is "not wanted"
   */
  public static List<@Nullable List<String>> wanted(byte[] body, int rows)
      throws MalformedException {
    List<?> answers = body.length == 0 ? List.of() : list(body);
    List<@Nullable List<String>> wanted = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      Object answer = i < answers.size() ? answers.get(i) : null;
      if (answer instanceof List<?> revisions) wanted.add(strings(revisions));
      else wanted.add(Boolean.TRUE.equals(answer) ? List.of() : null);
    }
    return wanted;
  }

  private static List<String> strings(List<?> values) {
    if (values.isEmpty()) return List.of();
    List<String> strings = new ArrayList<>(values.size());
    for (Object value : values) if (value instanceof String string) strings.add(string);
    return strings;
  }

  /** {@code [["doc","rev","server's rev or empty",size],…]} */
  public static byte[] propose(List<Change> changes) {
    StringBuilder text = new StringBuilder(changes.size() * 90 + 2).append('[');
    for (int i = 0; i < changes.size(); i++) {
      Change change = changes.get(i);
      string(text.append(i == 0 ? "[" : ",["), change.documentID()).append(',');
      string(text, change.revID()).append(',');
      string(text, change.peerRevision() == null ? "" : change.peerRevision());
      text.append(',').append(change.bodySize()).append(']');
    }
    return text.append(']').toString().getBytes(StandardCharsets.UTF_8);
  }

  public static List<Proposal> proposed(byte[] body) throws MalformedException {
    List<?> rows = list(body);
    List<Proposal> proposals = new ArrayList<>(rows.size());
    for (Object row : rows) {
      if (!(row instanceof List<?> fields)
          || fields.size() < 2
          || !(fields.get(0) instanceof String documentID)
          || !(fields.get(1) instanceof String revID)
          || !isId(documentID)
          || !looksLikeRevision(revID)) throw new MalformedException(false);
      String parent =
          fields.size() > 2 && fields.get(2) instanceof String text && !text.isEmpty()
              ? text
              : null;
      proposals.add(new Proposal(documentID, revID, parent));
    }
    return proposals;
  }

  /** The answer to {@code proposeChanges}, trailing zeros left out: {@code []} is "send all". */
  public static byte[] judge(List<Verdict> verdicts, boolean conflictIncludesRev) {
    int last = verdicts.size();
    while (last > 0 && verdicts.get(last - 1).kind() == Verdict.Kind.WELCOME) last--;
    StringBuilder text = new StringBuilder(last * 4 + 2).append('[');
    for (int i = 0; i < last; i++) {
      if (i > 0) text.append(',');
      Verdict verdict = verdicts.get(i);
      switch (verdict.kind()) {
        case WELCOME -> text.append('0');
        case KNOWN -> text.append("304");
        case CONFLICT -> {
          String current = verdict.currentRevID();
          if (conflictIncludesRev && current != null)
            string(text.append("{\"status\":409,\"rev\":"), current).append('}');
          else text.append("409");
        }
      }
    }
    return text.append(']').toString().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * One entry of the answer to {@code proposeChanges}.
   *
   * @param status 0 means send it
   * @param rev the peer's current revision, with a 409; may be null or empty
   */
  public record Judgement(int status, @Nullable String rev) {
    private static final Judgement SEND = new Judgement(0, null);
  }

  /** Reads the answer to {@code proposeChanges}; what is left out, or odd, is "send it". */
  public static List<Judgement> judged(byte[] body, int rows) {
    List<?> answers;
    try {
      answers = body.length == 0 ? List.of() : list(body);
    } catch (MalformedException odd) {
      answers = List.of();
    }
    List<Judgement> judged = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      Object answer = i < answers.size() ? answers.get(i) : null;
      if (answer instanceof Number status && status.intValue() != 0)
        judged.add(new Judgement(status.intValue(), null));
      else if (answer instanceof Map<?, ?> object && object.get("status") instanceof Number status)
        judged.add(
            new Judgement(status.intValue(), object.get("rev") instanceof String rev ? rev : null));
      else judged.add(Judgement.SEND);
    }
    return judged;
  }

  private static List<?> list(byte[] body) throws MalformedException {
    try {
      if (Json.parse(body) instanceof List<?> rows) return rows;
    } catch (JsonException malformed) {
      throw new MalformedException(true);
    }
    throw new MalformedException(true);
  }

  private static boolean isId(String documentID) {
    return !documentID.isEmpty()
        && (documentID.length() <= MAX_ID_BYTES / 3
            || documentID.getBytes(StandardCharsets.UTF_8).length <= MAX_ID_BYTES);
  }

  private static boolean looksLikeRevision(String revID) {
    return revID.indexOf('-') > 0 || revID.indexOf('@') > 0;
  }

  private static StringBuilder string(StringBuilder text, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || c >= 0x7f) return text.append(Json.text(value));
    }
    return text.append('"').append(value).append('"');
  }
}
