// SPDX-License-Identifier: Apache-2.0
package dev.divan.inventory.part;

import dev.divan.instance.Notice;
import dev.divan.inventory.text.Facts;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.ServiceReference;

/** What is configured and not at work, or not as configured, in the words it hangs out itself. */
final class Notices implements Part {
  private static final String ANY = "(|(" + Notice.WAITING + "=*)(" + Notice.REFUSED + "=*))";

  private final Services services;

  Notices(Services services) {
    this.services = services;
  }

  @Override
  public Object tell() {
    List<Object> all = new ArrayList<>();
    for (ServiceReference<?> each : services.matching(ANY))
      all.add(
          new Facts()
              .add("configuration", Services.text(each, "service.pid", "service.factoryPid"))
              .add("name", Services.text(each, "name"))
              .add("file", Services.text(each, "felix.fileinstall.filename"))
              .add("refused", Services.text(each, Notice.REFUSED))
              .add("waiting", Services.text(each, Notice.WAITING)));
    return all;
  }
}
