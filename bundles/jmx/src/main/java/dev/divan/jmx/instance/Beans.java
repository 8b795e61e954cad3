// SPDX-License-Identifier: Apache-2.0
package dev.divan.jmx.instance;

import dev.divan.instance.Turns;
import java.util.function.BiFunction;
import javax.management.JMException;
import javax.management.MBeanServer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The beans of all services of a type, made and taken away in turns: JMX calls strangers while a
 * bean is registered, so that happens under no lock.
 *
 * @param <S> the type
 * @param <B> the interface that is shown
 */
final class Beans<S, B> extends ServiceTracker<S, Beans.Shown<S>> {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.jmx");

  private final Turns turns = new Turns(e -> LOG.error("a management bean failed", e));
  private final MBeanServer server;
  private final String type;
  private final Class<B> shown;
  private final BiFunction<ServiceReference<S>, S, B> make;

  /** A service and the bean it has now, if it could have one; changed in turns. */
  static final class Shown<S> {
    private final S service;
    private String name;
    private @Nullable Registered bean;
    private boolean gone;

    private Shown(S service, String name) {
      this.service = service;
      this.name = name;
    }
  }

  Beans(
      BundleContext context,
      MBeanServer server,
      String type,
      Class<S> service,
      Class<B> shown,
      BiFunction<ServiceReference<S>, S, B> make) {
    super(context, service, null);
    this.server = server;
    this.type = type;
    this.shown = shown;
    this.make = make;
  }

  static String name(ServiceReference<?> reference) {
    Object name = reference.getProperty("name");
    return name == null || name.toString().isBlank()
        ? String.valueOf(reference.getProperty(Constants.SERVICE_ID))
        : name.toString();
  }

  @Override
  public @Nullable Shown<S> addingService(ServiceReference<S> reference) {
    S service = context.getService(reference);
    if (service == null) return null;
    Shown<S> fresh = new Shown<>(service, name(reference));
    turns.execute(() -> show(reference, fresh));
    return fresh;
  }

  @Override
  public void modifiedService(ServiceReference<S> reference, Shown<S> old) {
    turns.execute(
        () -> {
          String name = name(reference);
          if (name.equals(old.name) || old.gone) return;
          hide(old);
          old.name = name;
          show(reference, old);
        });
  }

  @Override
  public void removedService(ServiceReference<S> reference, Shown<S> old) {
    turns.execute(
        () -> {
          old.gone = true;
          hide(old);
        });
    context.ungetService(reference);
  }

  private void show(ServiceReference<S> reference, Shown<S> one) {
    if (one.gone) return;
    try {
      B bean = make.apply(reference, one.service);
      one.bean = Registered.register(server, type, one.name, reference, shown, bean);
    } catch (JMException | RuntimeException e) {
      LOG.warn("{} {} has no management bean", type, one.name, e);
    }
  }

  private void hide(Shown<S> one) {
    if (one.bean != null) one.bean.close();
    one.bean = null;
  }
}
