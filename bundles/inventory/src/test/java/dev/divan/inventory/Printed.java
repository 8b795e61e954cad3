// SPDX-License-Identifier: Apache-2.0
package dev.divan.inventory;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.felix.inventory.Format;
import org.osgi.framework.BundleContext;

/** What the printer prints. */
final class Printed {
  private Printed() {}

  static String by(BundleContext context, Format format) {
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text);
    new DivanInventory(context).print(writer, format, false);
    writer.flush();
    return text.toString();
  }
}
