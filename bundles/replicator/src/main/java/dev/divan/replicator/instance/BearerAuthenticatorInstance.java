// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import dev.divan.auth.Authenticator;
import dev.divan.auth.BearerAuthenticator;
import dev.divan.instance.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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

/** A token to introduce ourselves with, for each configuration. */
@Component(
    name = BearerAuthenticatorInstance.PID,
    service = {},
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = BearerAuthenticatorInstance.Config.class, factory = true)
public final class BearerAuthenticatorInstance {
  static final String PID = "dev.divan.auth.bearer";

  /** Its properties. */
  @ObjectClassDefinition(
      id = PID,
      name = "Divan client token",
      description = "A bearer token with which replicators introduce themselves.")
  @interface Config {
    @AttributeDefinition(description = "Name by which replicators choose it.", required = false)
    String name();

    @AttributeDefinition(
        description = "The token; either this or the file.",
        type = AttributeType.PASSWORD,
        required = false)
    String _token();

    @AttributeDefinition(
        description = "File with the token, read before each connection.",
        required = false)
    String tokenFile();
  }

  private final AuthenticatorInstance instance;

  @Activate
  public BearerAuthenticatorInstance(BundleContext context) {
    instance = new AuthenticatorInstance(context, PID, BearerAuthenticatorInstance::make);
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
    String token = settings.text(".token");
    String file = settings.text("tokenFile");
    if ((token == null) == (file == null))
      throw settings.fault("give either .token or tokenFile, and not both");
    try {
      return token == null
          ? new BearerAuthenticator(new TokenFile(Path.of(file)))
          : new BearerAuthenticator(token);
    } catch (InvalidPathException e) {
      throw settings.fault("tokenFile", file + " is no file: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw settings.fault(".token", "cannot be used: " + e.getMessage(), e);
    }
  }
}
