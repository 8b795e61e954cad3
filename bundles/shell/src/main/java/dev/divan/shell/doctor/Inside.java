// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.doctor;

import dev.divan.shell.text.Plain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The collections, asked for as a replicator does. */
final class Inside {
  private static final String ONLY_DEFAULT = "_default._default";

  /** Messages of the peer's own that are passed over before the answer. */
  private static final int MOST = 100;

  private final Patient patient;

  Inside(Patient patient) {
    this.patient = patient;
  }

  void check(World.Line line, Consumer<Finding> told) {
    Frames frames = new Frames(line.in(), line.out());
    try {
      frames.send(Question.about(patient.collections()));
      told.accept(judged(reply(frames)));
    } catch (IOException e) {
      told.accept(
          Finding.bad(
              "collections",
              Doctor.silentOr(e, "it was asked for its collections, and says nothing"),
              "It let us in and then did not talk as a peer: see its log at this moment."));
    }
    try {
      frames.close();
    } catch (IOException e) {
      // a good-bye is good manners, no check: the verdict is given
    }
  }

  private static Question.Reply reply(Frames frames) throws IOException {
    for (int i = 0; i < MOST; i++) {
      Question.Reply reply = Question.read(frames.receive());
      if (reply != null) return reply;
    }
    throw new IOException("it does not come to the point");
  }

  private Finding judged(Question.Reply reply) {
    List<String> asked = patient.collections();
    if (reply.error() != null) {
      String words = reply.code() + " " + Plain.line(reply.error());
      if (!reply.code().equals("BLIP/404"))
        return Finding.bad("collections", words, "See the log of the other side.");
      return asked.equals(List.of(ONLY_DEFAULT))
          ? Finding.good("collections", "it knows only the default one, as we do")
          : Finding.bad(
              "collections",
              "it knows no collections (" + words + ")",
              "Renew the other side, or replicate nothing but _default._default with it.");
    }
    if (reply.present().size() != asked.size())
      return Finding.bad("collections", "it answers something else than was asked", "See its log.");
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) if (!reply.present().get(i)) missing.add(asked.get(i));
    return missing.isEmpty()
        ? Finding.good("collections", "it shares " + String.join(", ", asked))
        : Finding.bad(
            "collections",
            "it does not share " + String.join(", ", missing),
            "Name them in the listener's collections (scope.name, capitals count), and in the"
                + " collections of its database; or take them out here.");
  }
}
