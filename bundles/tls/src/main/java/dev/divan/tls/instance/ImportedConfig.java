// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.instance;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of an imported identity. */
@ObjectClassDefinition(
    name = "Divan imported TLS identity",
    description = "A private key with its certificates, from PKCS#12 or PEM")
@interface ImportedConfig {
  @AttributeDefinition(
      name = "Name",
      description = "The service property name; default: the name part of the PID",
      required = false)
  String name() default "";

  @AttributeDefinition(
      name = "Label",
      description = "Under which it is kept; default: the name",
      required = false)
  String label() default "";

  @AttributeDefinition(
      name = "PKCS#12, Base64",
      description = "Either this, or the PKCS#12 file, or the PEM files",
      required = false)
  String certBase64() default "";

  @AttributeDefinition(
      name = "PKCS#12 file",
      description = "With one private key and its certificates",
      required = false)
  String file() default "";

  @AttributeDefinition(
      name = "Certificate file",
      description = "PEM: the key's own certificate, and those that vouch for it",
      required = false)
  String certificateFile() default "";

  @AttributeDefinition(
      name = "Key file",
      description = "PEM: PKCS#8, SEC1 or PKCS#1; default: the certificate file",
      required = false)
  String keyFile() default "";

  @AttributeDefinition(
      name = "Password",
      description = "Of the PKCS#12, or of an encrypted key file",
      type = AttributeType.PASSWORD,
      required = false)
  String _password() default "";
}
