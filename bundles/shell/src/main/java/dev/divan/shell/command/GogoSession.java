// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.command;

import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The session in which a command runs, asked by the names of its methods, so that neither Gogo nor
 * Karaf is imported.
 *
 * <p>In Karaf the keyboard belongs to the session's line editor: who reads {@code System.in} beside
 * it gets every other letter. In plain Gogo it is a stream, and other than {@code System.in} this
 * one can tell whether something was typed.
 */
public final class GogoSession {
  /** The variable under which Karaf puts its own session into Gogo's. */
  private static final String KARAF_SESSION = ".session";

  private static final Character STAR = '*';

  private final @Nullable InputStream keyboard;
  private final @Nullable Object editor;
  private final @Nullable Method readLine;

  /**
   * @param session of Gogo
   */
  public GogoSession(Object session) {
    Method getKeyboard = method(session, "getKeyboard");
    Object stream = getKeyboard == null ? null : call(session, getKeyboard);
    keyboard = stream instanceof InputStream in ? in : null;
    Method get = method(session, "get", String.class);
    editor = get == null ? null : call(session, get, KARAF_SESSION);
    readLine = editor == null ? null : method(editor, "readLine", String.class, Character.class);
  }

  boolean hasEditor() {
    return readLine != null;
  }

  /** By the line editor, one line; null if nobody is there, or Ctrl-C was typed. */
  @Nullable String read(String question, boolean secret) {
    if (editor == null || readLine == null) throw new IllegalStateException("there is no editor");
    Object line = call(editor, readLine, question, secret ? STAR : null);
    return line == null ? null : line.toString();
  }

  /** Null if it has none, or an editor reads it. */
  @Nullable InputStream keyboard() {
    return hasEditor() ? null : keyboard;
  }

  /** By an interface, since the class itself may not be public. */
  private static @Nullable Method method(Object target, String name, Class<?>... parameters) {
    for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
      for (Class<?> each : type.getInterfaces()) {
        try {
          return each.getMethod(name, parameters);
        } catch (NoSuchMethodException e) {
          // perhaps the next one has it
        }
      }
    }
    return null;
  }

  private static @Nullable Object call(
      Object target, Method method, @Nullable Object... arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException interruptedOrEnded) {
      return null;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("an interface's methods can be called", e);
    }
  }
}
