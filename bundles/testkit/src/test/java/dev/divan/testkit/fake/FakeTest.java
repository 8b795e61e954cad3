// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.fake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.store.Store;
import dev.divan.store.StoreException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FakeTest {
  private final Store store =
      Fake.of(
          Store.class,
          new Object() {
            Set<String> names() {
              return Set.of("notes");
            }

            void delete(String name) {
              throw new StoreException(name);
            }
          });

  @Test
  void answersAndThrowsAsItWasTold() {
    assertEquals(Set.of("notes"), store.names());
    assertThrows(StoreException.class, () -> store.delete("notes"));
  }

  @Test
  void whatItWasNotToldIsAnErrorThatNamesTheMethod() {
    AssertionError error = assertThrows(AssertionError.class, () -> store.open("notes"));
    assertTrue(String.valueOf(error.getMessage()).contains("open"), error.getMessage());
  }

  @Test
  void isEqualToItselfOnly() {
    assertEquals(store, store);
    assertNotEquals(store, Fake.of(Store.class, new Object()));
  }
}
