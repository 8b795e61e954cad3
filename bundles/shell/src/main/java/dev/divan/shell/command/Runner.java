// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.command;

import dev.divan.database.DivanException;
import dev.divan.json.JsonException;
import dev.divan.listener.ListenerException;
import dev.divan.shell.node.Node;
import dev.divan.store.StoreException;
import dev.divan.tls.IdentityException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs commands, and tells in words what went wrong. May be used by all threads. */
public final class Runner {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.shell");

  private final Supplier<Node> nodes;

  /**
   * @param nodes gives a view of the node for each run; closed after it
   */
  public Runner(Supplier<Node> nodes) {
    this.nodes = nodes;
  }

  /**
   * @throws CommandFailed if it failed; nothing else
   */
  public void run(Command command, List<String> words, Console console) {
    if (words.contains("--help")) {
      console.print(command.synopsis() + "\n  " + command.about());
      return;
    }
    Arguments arguments;
    try {
      arguments = new Usage(command.usage()).read(words);
    } catch (CommandFailed e) {
      throw new CommandFailed(e.getMessage() + ": " + command.synopsis());
    }
    try (Node node = nodes.get()) {
      command.action().run(node, arguments, console);
    } catch (CommandFailed e) {
      throw e;
    } catch (DivanException
        | StoreException
        | JsonException
        | ListenerException
        | IdentityException
        | IllegalArgumentException
        | IllegalStateException expected) {
      LOG.debug("{} failed", command.name(), expected);
      throw new CommandFailed(said(expected));
    } catch (NoSuchFileException e) {
      throw new CommandFailed("there is no file " + e.getFile());
    } catch (AccessDeniedException e) {
      throw new CommandFailed("the file may not be read or written: " + e.getFile());
    } catch (IOException e) {
      LOG.debug("{} failed", command.name(), e);
      throw new CommandFailed(said(e));
    } catch (Exception e) {
      LOG.warn("{} failed", command.name(), e);
      throw new CommandFailed(
          "this should not have happened, the log has more: "
              + e.getClass().getSimpleName()
              + ": "
              + said(e));
    }
  }

  private static String said(Exception e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }
}
