// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.noun;

import dev.divan.database.Collection;
import dev.divan.database.ConcurrencyControl;
import dev.divan.database.Document;
import dev.divan.database.MutableDocument;
import dev.divan.json.JsonException;
import dev.divan.shell.command.Arguments;
import dev.divan.shell.command.Command;
import dev.divan.shell.command.CommandFailed;
import dev.divan.shell.command.Console;
import dev.divan.shell.node.Node;
import dev.divan.shell.text.IndentedJson;
import dev.divan.shell.text.Plain;
import dev.divan.shell.text.Table;
import dev.divan.shell.text.Units;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code doc-list}, {@code doc-get}, {@code doc-put}, {@code doc-delete}. */
public final class DocumentCommands {
  /** Documents listed at once; trades whole lists for a session that stays usable. */
  private static final int MOST = 10_000;

  private static final int USUAL = 100;
  private static final String COLLECTION = "[--collection NAME]";

  private DocumentCommands() {}

  public static List<Command> all() {
    return List.of(
        new Command(
            "doc-list",
            "DATABASE [FROM] [--limit COUNT] " + COLLECTION,
            "documents in the order of their IDs, the first 100 unless told otherwise",
            DocumentCommands::list),
        new Command(
            "doc-get",
            "DATABASE ID [--info] [--raw] " + COLLECTION,
            "one document as JSON, laid out, or as it is stored; --info adds revision and sequence",
            DocumentCommands::get),
        new Command(
            "doc-put",
            "DATABASE ID JSON " + COLLECTION,
            "saves a document; JSON is text in single quotes, @FILE, or - to read the input",
            DocumentCommands::put),
        new Command(
            "doc-delete",
            "DATABASE ID [--force] " + COLLECTION,
            "deletes a document, at all peers too; asks before",
            DocumentCommands::delete));
  }

  private static void list(Node node, Arguments arguments, Console console) {
    Collection collection = Pick.collection(Pick.database(node, arguments), arguments);
    int limit = arguments.number("--limit", USUAL, MOST);
    Table table = new Table("document", "revision", "sequence>");
    collection.forEach(
        arguments.find("FROM"),
        null,
        limit,
        each -> table.row(each.getId(), each.getRevisionID(), Units.count(each.getSequence())));
    console.print(
        table.isEmpty()
            ? "no documents"
            : table + "\n" + Units.count(collection.getCount(), "document") + " in all");
  }

  private static void get(Node node, Arguments arguments, Console console) {
    Collection collection = Pick.collection(Pick.database(node, arguments), arguments);
    Document document = there(collection, arguments.get("ID"));
    if (arguments.has("--info"))
      console.print(
          "revision " + document.getRevisionID() + ", sequence " + document.getSequence());
    String json = document.toJSON();
    console.print(arguments.has("--raw") ? json : IndentedJson.of(json));
  }

  private static Document there(Collection collection, String id) {
    Document document = collection.getDocument(id);
    if (document == null)
      throw new CommandFailed(
          "there is no document " + Plain.line(id) + " in " + collection.getFullName());
    return document;
  }

  private static void put(Node node, Arguments arguments, Console console) throws IOException {
    Collection collection = Pick.collection(Pick.database(node, arguments), arguments);
    String json = json(arguments.get("JSON"), console);
    MutableDocument document = new MutableDocument(arguments.get("ID"));
    Document former = collection.getDocument(document.getId());
    if (former != null) document = former.toMutable();
    try {
      document.setJSON(json);
    } catch (JsonException e) {
      throw new CommandFailed(
          e.getMessage()
              + "; a document is a JSON object, in the shell in single quotes: '{\"key\": 1}'");
    }
    if (!collection.save(document, ConcurrencyControl.FAIL_ON_CONFLICT))
      throw new CommandFailed("somebody else has just changed the document; look and try again");
    console.print(
        "saved " + Plain.line(document.getId()) + ", revision " + document.getRevisionID());
  }

  private static String json(String given, Console console) throws IOException {
    if (given.equals("-")) return console.input();
    if (given.startsWith("@"))
      return Files.readString(Path.of(given.substring(1)), StandardCharsets.UTF_8);
    return given;
  }

  private static void delete(Node node, Arguments arguments, Console console) {
    Collection collection = Pick.collection(Pick.database(node, arguments), arguments);
    Document document = there(collection, arguments.get("ID"));
    String id = Plain.line(document.getId());
    Pick.sure(arguments, console, "Delete " + id + " here and at all peers?");
    if (!collection.delete(document, ConcurrencyControl.FAIL_ON_CONFLICT))
      throw new CommandFailed("somebody else has just changed the document; look and try again");
    console.print("deleted " + id);
  }
}
