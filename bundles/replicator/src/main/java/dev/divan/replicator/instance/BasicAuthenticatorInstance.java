// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import dev.divan.auth.Authenticator;
import dev.divan.auth.BasicAuthenticator;
import dev.divan.instance.Settings;
import java.util.Arrays;
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

/** A user name and password to introduce ourselves with, for each configuration. */
@Component(
    name = BasicAuthenticatorInstance.PID,
    service = {},
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = BasicAuthenticatorInstance.Config.class, factory = true)
public final class BasicAuthenticatorInstance {
  static final String PID = "dev.divan.auth.basic";

  /** Its properties. */
  @ObjectClassDefinition(
      id = PID,
      name = "Divan client login",
      description = "User name and password with which replicators introduce themselves.")
  @interface Config {
    @AttributeDefinition(description = "Name by which replicators choose it.", required = false)
    String name();

    @AttributeDefinition(description = "User name; without a colon.")
    String username();

    @AttributeDefinition(description = "Password.", type = AttributeType.PASSWORD)
    String _password();

    @AttributeDefinition(
        description = "Whether to send them with the first request, or only to a peer that asks.")
    boolean preemptive() default true;
  }

  private final AuthenticatorInstance instance;

  @Activate
  public BasicAuthenticatorInstance(BundleContext context) {
    instance = new AuthenticatorInstance(context, PID, BasicAuthenticatorInstance::make);
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
    String username = settings.required("username", "the user name to log in with");
    boolean preemptive = settings.truth("preemptive", true);
    char[] password = settings.secret(".password");
    if (password.length == 0)
      throw settings.fault(".password", "is missing: the password to log in with");
    try {
      BasicAuthenticator basic = new BasicAuthenticator(username, password);
      return preemptive ? basic : basic.onChallenge();
    } catch (IllegalArgumentException e) {
      throw settings.fault("username", "cannot be used: " + e.getMessage(), e);
    } finally {
      Arrays.fill(password, '\0');
    }
  }
}
