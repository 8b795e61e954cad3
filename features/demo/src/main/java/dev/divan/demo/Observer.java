// SPDX-License-Identifier: Apache-2.0
package dev.divan.demo;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Asks the nodes until what is to come has come; shows the way there. */
final class Observer {
  /** How many documents the data set has. */
  private static final int DOCUMENTS = 3_384;

  /** What a change may take to arrive, in ms; the whole data set may take twice that. */
  private static final long ARRIVAL = 15_000;

  /** Between two questions, in ms. */
  private static final long LOOK_AGAIN = 20;

  private final Terminal terminal;
  private final Cast cast;

  Observer(Terminal terminal, Cast cast) {
    this.terminal = terminal;
    this.cast = cast;
  }

  /** Shows documents, bytes and rate until all are there. */
  void follow(NodeProcess node, String done) throws StoryException, InterruptedException {
    long deadline = System.nanoTime() + ARRIVAL * 2_000_000;
    Answer tally = node.ask("tally");
    long shown = 0;
    while (tally.number("documents") < DOCUMENTS) {
      if (System.nanoTime() > deadline)
        throw new StoryException(
            "the documents do not arrive: "
                + measures(tally)
                + (tally.text("error").isEmpty() ? "" : "; " + tally.text("error"))
                + ". "
                + cast.logs());
      if (tally.number("documents") > shown) terminal.progress(measures(tally));
      shown = tally.number("documents");
      Thread.sleep(LOOK_AGAIN);
      tally = node.ask("tally");
    }
    double seconds = tally.number("micros") / 1e6;
    terminal.line(String.format(Locale.ROOT, "%s: %s, in %.1f s", done, measures(tally), seconds));
  }

  private static String measures(Answer tally) {
    long documents = tally.number("documents");
    double seconds = Math.max(1, tally.number("micros")) / 1e6;
    return String.format(
        Locale.ROOT,
        "%,d of %,d documents, %.2f MB, %,.0f documents/s",
        documents,
        DOCUMENTS,
        tally.number("bytes") / 1e6,
        documents / seconds);
  }

  /** Waits until both sides are equal, and shows it. */
  void compare(NodeProcess gateway, NodeProcess tablet)
      throws StoryException, InterruptedException {
    Answer here = gateway.ask("digest");
    Answer there =
        until(
            tablet,
            answer -> answer.equals(here),
            "is not equal to the gateway, which has " + here.text("count") + " documents",
            "digest");
    for (NodeProcess node : List.of(gateway, tablet))
      terminal.line(
          String.format(
              Locale.ROOT,
              "%-8s %,d documents, of those %d with an image; digest %.16s…",
              node.name(),
              there.number("count"),
              there.number("images"),
              there.text("digest")));
    terminal.line("both sides are equal");
  }

  /** Waits until the airport has this revision, an empty one for none, and its listener knows. */
  Answer awaitRevision(NodeProcess node, String airport, String revision, long after)
      throws StoryException, InterruptedException {
    return until(
        node,
        answer -> answer.text("revision").equals(revision) && answer.number("seen") >= after,
        "has not got the edit of " + airport,
        "show",
        airport);
  }

  /** Asks until the answer is as expected. */
  Answer until(NodeProcess node, Predicate<Answer> expected, String complaint, String... words)
      throws StoryException, InterruptedException {
    long deadline = System.nanoTime() + ARRIVAL * 1_000_000;
    Answer answer = node.ask(words);
    while (!expected.test(answer)) {
      if (System.nanoTime() > deadline)
        throw new StoryException(
            "after "
                + ARRIVAL / 1000
                + " s the "
                + node.name()
                + " "
                + complaint
                + ". "
                + cast.logs());
      Thread.sleep(LOOK_AGAIN);
      answer = node.ask(words);
    }
    return answer;
  }
}
