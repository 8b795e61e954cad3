// SPDX-License-Identifier: Apache-2.0
package dev.divan.jmx.instance;

import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bean that is registered, until it is closed. */
final class Registered implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.jmx");

  private final MBeanServer server;
  private final ObjectName name;
  private final Object bean;

  private Registered(MBeanServer server, ObjectName name, Object bean) {
    this.server = server;
    this.name = name;
    this.bean = bean;
  }

  /**
   * @throws JMException if the server does not take it
   */
  static <B> Registered register(
      MBeanServer server,
      String type,
      String name,
      ServiceReference<?> reference,
      Class<B> shown,
      B bean)
      throws JMException {
    Registered registered = new Registered(server, Names.of(type, name, null), bean);
    try {
      StandardMBean open = new StandardMBean(bean, shown, true);
      try {
        server.registerMBean(open, registered.name);
        return registered;
      } catch (InstanceAlreadyExistsException e) {
        ObjectName numbered = Names.of(type, name, reference.getProperty(Constants.SERVICE_ID));
        LOG.info("there is a {} called {} already: this one is {}", type, name, numbered);
        server.registerMBean(open, numbered);
        return new Registered(server, numbered, bean);
      }
    } catch (JMException | RuntimeException e) {
      registered.release();
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      server.unregisterMBean(name);
    } catch (InstanceNotFoundException e) {
      LOG.debug("{} was unregistered by somebody else", name, e);
    } catch (JMException e) {
      LOG.warn("{} cannot be unregistered", name, e);
    }
    release();
  }

  private void release() {
    if (!(bean instanceof AutoCloseable closeable)) return;
    try {
      closeable.close();
    } catch (Exception e) {
      LOG.warn("{} cannot be closed", name, e);
    }
  }
}
