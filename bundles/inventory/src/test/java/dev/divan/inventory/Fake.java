// SPDX-License-Identifier: Apache-2.0
package dev.divan.inventory;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Supplier;

/** An interface that answers what it is told to, by the name of the method. */
final class Fake {
  private Fake() {}

  /**
   * @param answers values, or suppliers of what may be thrown instead
   */
  static <T> T of(Class<T> type, Map<String, ?> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              Object answer = answers.get(method.getName());
              if (answer == null && method.getName().equals("hashCode"))
                return System.identityHashCode(self);
              if (answer == null) throw new UnsupportedOperationException(method.toString());
              return answer instanceof Supplier<?> supplier ? supplier.get() : answer;
            }));
  }
}
