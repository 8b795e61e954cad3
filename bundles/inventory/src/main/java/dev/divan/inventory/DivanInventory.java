// SPDX-License-Identifier: Apache-2.0
package dev.divan.inventory;

import dev.divan.inventory.part.Parts;
import dev.divan.inventory.text.Facts;
import dev.divan.inventory.text.Outline;
import dev.divan.json.Json;
import java.io.PrintWriter;
import org.apache.felix.inventory.Format;
import org.apache.felix.inventory.InventoryPrinter;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The inventory printer. May be used by all threads; reads databases and disks. */
@Component(
    property = {
      InventoryPrinter.NAME + "=divan",
      InventoryPrinter.TITLE + "=Divan",
      InventoryPrinter.FORMAT + "=TEXT",
      InventoryPrinter.FORMAT + "=JSON",
      InventoryPrinter.WEBCONSOLE + ":Boolean=true"
    })
public final class DivanInventory implements InventoryPrinter {
  private final Parts parts;

  @Activate
  public DivanInventory(BundleContext context) {
    parts = new Parts(context);
  }

  @Override
  public void print(PrintWriter writer, Format format, boolean isZip) {
    Facts facts = parts.tell();
    if (Format.JSON.equals(format)) writer.println(Json.text(facts.tree()));
    else writer.print(Outline.of(facts.tree()));
  }
}
