// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.noun;

import dev.divan.auth.PasswordHashing;
import dev.divan.shell.command.Arguments;
import dev.divan.shell.command.Command;
import dev.divan.shell.command.CommandFailed;
import dev.divan.shell.command.Console;
import dev.divan.shell.node.Found;
import dev.divan.shell.node.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code password-hash}. A password is asked for or read, never an argument: shells remember. */
public final class PasswordCommands {
  private PasswordCommands() {}

  public static List<Command> all() {
    return List.of(
        new Command(
            "password-hash",
            "[--file FILE]",
            "the hash of a password, for .passwordHash; asks for it, or reads the first line of FILE",
            PasswordCommands::hash));
  }

  private static void hash(Node node, Arguments arguments, Console console) throws IOException {
    List<Found<PasswordHashing>> all = node.all(PasswordHashing.class);
    if (all.isEmpty())
      throw new CommandFailed("nobody here hashes passwords: is dev.divan.auth.password started?");
    char[] password = ask(console, arguments.find("--file"), "Password:");
    try {
      console.print(all.get(0).service().hash(password));
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /** From the file, else from who sits there. */
  static char[] ask(Console console, @Nullable String file, String question) throws IOException {
    char[] password = file == null ? console.askSecret(question) : firstLine(Path.of(file));
    if (password == null) throw new CommandFailed("nobody is there to type it; give a file");
    if (password.length == 0) throw new CommandFailed("the password is empty");
    return password;
  }

  private static char[] firstLine(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      int end = 0;
      while (end < text.length() && text.get(end) != '\n' && text.get(end) != '\r') end++;
      char[] line = Arrays.copyOf(text.array(), end);
      Arrays.fill(text.array(), '\0');
      return line;
    } catch (CharacterCodingException e) {
      throw new CommandFailed(file + " is not UTF-8");
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
