// SPDX-License-Identifier: Apache-2.0
package org.example.fleet;

import dev.divan.auth.Credentials;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.auth.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Lets the devices of a fleet in without a list of them: a device logs in under its serial number,
 * and its password is the serial number's HMAC-SHA-256 under the key of the fleet.
 */
@Component(
    configurationPid = FleetAuthenticator.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = FleetAuthenticator.Config.class, factory = true)
public final class FleetAuthenticator implements ListenerAuthenticator {
  static final String PID = "org.example.fleet";

  /** Properties that begin with a dot stay out of the service registry. */
  @ObjectClassDefinition(name = "Fleet authenticator")
  @interface Config {
    @AttributeDefinition(description = "Name by which listeners choose it.")
    String name() default "fleet";

    @AttributeDefinition(description = "The fleet's key.", type = AttributeType.PASSWORD)
    String _key();

    @AttributeDefinition(description = "Role of each device.")
    String role() default "device";
  }

  private final SecretKeySpec key;
  private final String role;

  @Activate
  public FleetAuthenticator(Config config) {
    this(config._key(), config.role());
  }

  FleetAuthenticator(String key, String role) {
    if (key == null || key.length() < 16) {
      throw new IllegalArgumentException(PID + ": .key needs at least 16 characters");
    }
    this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    this.role = role;
  }

  /** What to write into a device when it is made. */
  String password(String serialNumber) {
    try {
      Mac mac = Mac.getInstance(key.getAlgorithm());
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(serialNumber.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Demand demand() {
    return Demand.PASSWORD;
  }

  @Override
  public Verdict authenticate(Credentials device) {
    if (device.username() == null || device.username().isBlank() || device.password() == null) {
      return new Verdict.Refused("no serial number and password");
    }
    byte[] expected = password(device.username()).getBytes(StandardCharsets.UTF_8);
    byte[] given = new String(device.password()).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(expected, given)
        ? new Verdict.Admitted(device.username(), Set.of(role))
        : new Verdict.Refused("not of this fleet");
  }
}
