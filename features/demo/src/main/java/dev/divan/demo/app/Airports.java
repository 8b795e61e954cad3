// SPDX-License-Identifier: Apache-2.0
package dev.divan.demo.app;

import dev.divan.database.Blob;
import dev.divan.database.Collection;
import dev.divan.database.MutableDocument;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The data set: airports from a table, flags from image files. */
final class Airports {
  /** Documents that become visible together; small enough to watch the loading. */
  private static final int BATCH = 250;

  private static final Map<String, String> FLAGS =
      Map.of(
          "as", "American Samoa",
          "fm", "Federated States of Micronesia",
          "gu", "Guam",
          "mp", "Northern Mariana Islands",
          "pr", "Puerto Rico",
          "pw", "Palau",
          "us", "United States",
          "vi", "U.S. Virgin Islands");

  private static final String FOLDER = "/dev/divan/demo/";

  private Airports() {}

  /** Saves everything, a batch at a time. */
  static void load(Collection collection) {
    List<MutableDocument> all = all();
    for (int from = 0; from < all.size(); from += BATCH) {
      List<MutableDocument> batch = all.subList(from, Math.min(all.size(), from + BATCH));
      collection.getDatabase().inBatch(() -> batch.forEach(collection::save));
    }
  }

  static List<MutableDocument> all() {
    List<MutableDocument> documents = new ArrayList<>();
    try (InputStream table = open("airports.csv");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
      lines.lines().skip(1).forEach(line -> documents.add(airport(cells(line))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    FLAGS.forEach((code, land) -> documents.add(flag(code, land)));
    return documents;
  }

  private static MutableDocument airport(List<String> cells) {
    return new MutableDocument(cells.get(0))
        .setString("type", "airport")
        .setString("name", cells.get(1))
        .setString("city", cells.get(2))
        .setString("state", cells.get(3))
        .setString("country", cells.get(4))
        .setDouble("latitude", Double.parseDouble(cells.get(5)))
        .setDouble("longitude", Double.parseDouble(cells.get(6)));
  }

  private static MutableDocument flag(String code, String land) {
    try (InputStream image = open("flags/" + code + ".png")) {
      return new MutableDocument("flag-" + code)
          .setString("type", "flag")
          .setString("land", land)
          .setBlob("image", new Blob("image/png", image.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String name) throws IOException {
    InputStream found = Airports.class.getResourceAsStream(FOLDER + name);
    if (found == null) throw new IOException("the demo's jar lacks " + name);
    return found;
  }

  /** A line of a CSV file; a cell with a comma stands in quotes. */
  static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (char c : line.toCharArray())
      if (c == '"') quoted = !quoted;
      else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else cell.append(c);
    cells.add(cell.toString());
    return cells;
  }
}
