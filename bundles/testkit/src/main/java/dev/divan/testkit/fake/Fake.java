// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.fake;

import dev.divan.database.Collection;
import dev.divan.database.Database;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** An interface of the API with only those methods that a test speaks of. */
public final class Fake {
  private Fake() {}

  /**
   * Makes one that answers by another object; a call it has no answer for is an {@link
   * AssertionError} with the method's name.
   *
   * @param answers has methods of the same names and parameters, public or not, for what will be
   *     called
   */
  public static <T> T of(Class<T> type, Object answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass() == Object.class) {
                return switch (method.getName()) {
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  default -> "fake " + type.getSimpleName();
                };
              }
              try {
                Method answer =
                    answers
                        .getClass()
                        .getDeclaredMethod(method.getName(), method.getParameterTypes());
                answer.setAccessible(true);
                return answer.invoke(answers, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } catch (NoSuchMethodException e) {
                throw new AssertionError("not expected: " + method, e);
              }
            }));
  }

  /** The default collection of a database of that name. */
  public static Collection collection(String databaseName) {
    Database database =
        of(
            Database.class,
            new Object() {
              String getName() {
                return databaseName;
              }
            });
    return of(
        Collection.class,
        new Object() {
          Database getDatabase() {
            return database;
          }

          String getFullName() {
            return "_default._default";
          }
        });
  }
}
