// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell;

import dev.divan.shell.command.Command;
import dev.divan.shell.command.Runner;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Each command as a service that Gogo finds. */
final class GogoStage implements Stage {
  private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

  GogoStage(BundleContext context, List<Command> commands, Runner runner) {
    for (Command command : commands) {
      Hashtable<String, Object> properties = new Hashtable<>();
      properties.put("osgi.command.scope", Command.SCOPE);
      properties.put("osgi.command.function", command.name());
      properties.put("osgi.command.description", command.about());
      registrations.add(
          context.registerService(GogoCommand.class, new GogoCommand(runner, command), properties));
    }
  }

  @Override
  public void close() {
    registrations.forEach(ServiceRegistration::unregister);
    registrations.clear();
  }
}
