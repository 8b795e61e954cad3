// SPDX-License-Identifier: Apache-2.0
package dev.divan.events.instance;

import dev.divan.events.letter.Outbox;
import dev.divan.events.letter.Topics;
import dev.divan.instance.Notice;
import dev.divan.instance.Settings;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the Event Admin, while there is one. */
@Component(
    name = Events.PID,
    service = {},
    immediate = true)
@Designate(ocd = Events.Config.class)
public final class Events {
  static final String PID = "dev.divan.events";

  /** What is told, for consoles. */
  @ObjectClassDefinition(name = "Divan events", description = "Topics told to the Event Admin")
  @interface Config {
    @AttributeDefinition(
        name = "Topics",
        description = "Those to tell, * at an end for all that begin so; default: all",
        required = false)
    String[] topics() default {"dev/divan/*"};
  }

  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.events");

  private final BundleContext context;
  private final Notice notice;
  private final Postman postman;
  private @Nullable Subscriptions subscriptions;
  private @Nullable Topics topics;

  @Activate
  public Events(BundleContext context, @Reference EventAdmin admin) {
    this.context = context;
    this.notice = new Notice(context);
    this.postman = new Postman(admin, new Outbox());
  }

  /** Not in the constructor: who loses a reference while that runs is never deactivated. */
  @Activate
  void activate(Map<String, Object> properties) {
    take(new Settings(PID, properties));
  }

  /** Called by one thread at a time, as are all of Declarative Services. */
  @Modified
  void modified(Map<String, Object> properties) {
    take(new Settings(PID, properties));
  }

  private void take(Settings settings) {
    Topics wanted;
    try {
      wanted = Topics.of(settings);
    } catch (IllegalArgumentException e) {
      LOG.error("{}", notice.refused(settings, e, subscriptions != null));
      return;
    }
    notice.accepted();
    if (wanted.toString().equals(String.valueOf(topics))) return;
    if (subscriptions != null) {
      LOG.info("events (hot): topics are now {}", wanted);
      subscriptions.close();
    }
    topics = wanted;
    subscriptions = new Subscriptions(context, wanted, postman::send);
  }

  @Deactivate
  void deactivate() {
    notice.clear();
    if (subscriptions != null) subscriptions.close();
    postman.close();
  }
}
