// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FolderNameTest {
  @Test
  void anOrdinaryNameIsItsFolder() {
    assertEquals("notes-2026_a.b%20", FolderName.of("notes-2026_a.b%20"));
  }

  @Test
  void namesThatDifferOnlyInCaseHaveFoldersThatDifferInMore() {
    Set<String> folders = new HashSet<>();
    for (String name : List.of("notes", "Notes", "nOtes", "NOTES")) {
      folders.add(FolderName.of(name).toLowerCase(Locale.ROOT));
    }
    assertEquals(4, folders.size());
  }

  @Test
  void namesThatSystemsReserveAreNotFolders() {
    for (String name : List.of(".", "..", "con", "NUL.txt", "a.", ".hidden")) {
      assertTrue(FolderName.of(name).contains("~"), name);
    }
  }

  @Test
  void theNameComesBackFromTheFolder() {
    String letters = "abcXYZ019_-.%";
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      StringBuilder name = new StringBuilder();
      int length = 1 + random.nextInt(i % 10 == 0 ? 200 : 8);
      while (name.length() < length) {
        name.append(letters.charAt(random.nextInt(letters.length())));
      }
      String folder = FolderName.of(name.toString());
      assertTrue(folder.length() <= 255, folder);
      assertEquals(Optional.of(name.toString()), FolderName.spaceOf(folder));
    }
  }

  @Test
  void foldersNotOfOurMakingAreNoSpaces() {
    for (String folder : List.of("lost+found", "Notes", "~x", "a~zz", ".", "a~0", "ab~8", "")) {
      assertEquals(Optional.empty(), FolderName.spaceOf(folder), folder);
    }
  }
}
