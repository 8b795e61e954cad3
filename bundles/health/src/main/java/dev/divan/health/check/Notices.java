// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.check;

import dev.divan.health.rule.NoticeFacts;
import dev.divan.instance.Needs;
import dev.divan.instance.Notice;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceReference;

/** What all instances hang out now. */
final class Notices {
  private static final String ANY = "(|(" + Notice.WAITING + "=*)(" + Notice.REFUSED + "=*))";

  private Notices() {}

  static List<NoticeFacts> of(Services services) {
    return services.matching(ANY).stream()
        .map(reference -> facts(services, reference))
        .sorted(Comparator.comparing(NoticeFacts::pid).thenComparing(NoticeFacts::name))
        .toList();
  }

  private static NoticeFacts facts(Services services, ServiceReference<?> reference) {
    String refused = Services.text(reference, Notice.REFUSED);
    String waiting = Services.text(reference, Notice.WAITING);
    return new NoticeFacts(
        factory(reference),
        Services.name(reference),
        file(Services.text(reference, "felix.fileinstall.filename")),
        refused != null,
        refused != null ? refused : String.valueOf(waiting),
        serves(services, Services.text(reference, "service.pid")));
  }

  /** Whether the same configuration has a service of ours that is no notice. */
  private static boolean serves(Services services, @Nullable String pid) {
    return pid != null
        && !services
            .matching(
                "(&(objectClass=dev.divan.*)" + Needs.named("service.pid", pid) + "(!" + ANY + "))")
            .isEmpty();
  }

  private static String factory(ServiceReference<?> reference) {
    String factory = Services.text(reference, "service.factoryPid");
    if (factory != null) return factory;
    String pid = Services.text(reference, "service.pid");
    return pid == null ? "made in code" : pid.replaceFirst("~.*", "");
  }

  private static @Nullable String file(@Nullable String path) {
    return path == null ? null : path.substring(path.replace('\\', '/').lastIndexOf('/') + 1);
  }
}
