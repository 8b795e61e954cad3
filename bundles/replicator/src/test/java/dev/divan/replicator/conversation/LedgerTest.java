// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.replicator.conversation.Ledger.Item;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger = new Ledger();

  @Test
  void busyIsNothingButSomethingOpen() {
    assertFalse(ledger.isBusy());
    for (Item item : Item.values()) {
      ledger.open(item);
      assertTrue(ledger.isBusy());
      ledger.close(item);
      assertFalse(ledger.isBusy());
    }
  }

  @Test
  void aCheckpointBeingSavedIsNoDocumentUnderWay() {
    ledger.open(Item.CHECKPOINT);
    assertTrue(ledger.isIdle());
    assertTrue(ledger.isBusy());
    ledger.open(Item.EXPECTED, 2);
    assertFalse(ledger.isIdle());
    ledger.close(Item.EXPECTED, 2);
    assertTrue(ledger.isIdle());
  }

  @Test
  void nothingIsClosedMoreOftenThanOpened() {
    assertThrows(IllegalStateException.class, () -> ledger.close(Item.EXPECTED));
  }

  @Test
  void saysWhatIsOpenInWords() {
    ledger.open(Item.EXPECTED, 3);
    ledger.open(Item.CHECKPOINT);
    assertEquals(
        List.of("3 revisions we asked for", "1 checkpoints being saved"), ledger.describe());
  }
}
