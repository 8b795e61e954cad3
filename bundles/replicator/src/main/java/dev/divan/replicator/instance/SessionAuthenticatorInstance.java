// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import dev.divan.auth.Authenticator;
import dev.divan.auth.SessionAuthenticator;
import dev.divan.instance.Settings;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A session cookie to introduce ourselves with, for each configuration. */
@Component(
    name = SessionAuthenticatorInstance.PID,
    service = {},
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SessionAuthenticatorInstance.Config.class, factory = true)
public final class SessionAuthenticatorInstance {
  static final String PID = "dev.divan.auth.session";

  /** Its properties. */
  @ObjectClassDefinition(
      id = PID,
      name = "Divan client session",
      description = "A session cookie with which replicators introduce themselves.")
  @interface Config {
    @AttributeDefinition(description = "Name by which replicators choose it.", required = false)
    String name();

    @AttributeDefinition(
        description = "The session, as the peer gave it out.",
        type = AttributeType.PASSWORD)
    String _session();

    @AttributeDefinition(description = "Name of the cookie it travels in.")
    String cookieName() default SessionAuthenticator.DEFAULT_COOKIE_NAME;
  }

  private final AuthenticatorInstance instance;

  @Activate
  public SessionAuthenticatorInstance(BundleContext context) {
    instance = new AuthenticatorInstance(context, PID, SessionAuthenticatorInstance::make);
  }

  @Activate
  void activate(Map<String, Object> properties) {
    instance.take(properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    instance.take(properties);
  }

  @Deactivate
  void deactivate() {
    instance.withdraw();
  }

  private static Authenticator make(Settings settings) {
    String session = settings.required(".session", "the session the peer gave out");
    try {
      return new SessionAuthenticator(
          session, settings.text("cookieName", SessionAuthenticator.DEFAULT_COOKIE_NAME));
    } catch (IllegalArgumentException e) {
      throw settings.fault("cannot be used: " + e.getMessage(), e);
    }
  }
}
