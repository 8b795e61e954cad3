// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.instance;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of an identity in a key store. */
@ObjectClassDefinition(
    name = "Divan TLS identity in a key store",
    description = "A private key with its certificates that stays where it is")
@interface KeyStoreConfig {
  @AttributeDefinition(
      name = "Name",
      description = "The service property name; default: the name part of the PID",
      required = false)
  String name() default "";

  @AttributeDefinition(
      name = "Label",
      description = "What the identity is called; default: the name",
      required = false)
  String label() default "";

  @AttributeDefinition(name = "Key store", description = "The path of a PKCS#12 or JKS file")
  String keystore() default "";

  @AttributeDefinition(
      name = "Alias",
      description = "Of the private key; may be left out if there is but one",
      required = false)
  String alias() default "";

  @AttributeDefinition(
      name = "Password",
      description = "Of the key store",
      type = AttributeType.PASSWORD,
      required = false)
  String _password() default "";

  @AttributeDefinition(
      name = "Key password",
      description = "Of the private key; default: that of the key store",
      type = AttributeType.PASSWORD,
      required = false)
  String _keyPassword() default "";
}
