// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.instance;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The configuration of a self-signed identity. */
@ObjectClassDefinition(
    name = "Divan self-signed TLS identity",
    description = "Made on first use and kept under its label")
@interface SelfSignedConfig {
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
      name = "Expiration",
      description = "ISO 8601, not in the past; default: a year after it is made",
      required = false)
  String expiration() default "";

  @AttributeDefinition(
      name = "Common name",
      description = "Of the certificate's subject; default: the label",
      required = false)
  String commonName() default "";

  @AttributeDefinition(
      name = "Organization",
      description = "Of the certificate's subject",
      required = false)
  String organization() default "";

  @AttributeDefinition(
      name = "Organization unit",
      description = "Of the certificate's subject",
      required = false)
  String organizationUnit() default "";

  @AttributeDefinition(
      name = "E-mail address",
      description = "Of the certificate's subject",
      required = false)
  String emailAddress() default "";

  @AttributeDefinition(
      name = "Subject alternative names",
      description = "Host names and IP addresses",
      required = false)
  String[] subjectAlternativeNames() default {};

  @AttributeDefinition(
      name = "Key algorithm",
      description = "EC (P-256), or RSA (2048 bits) for peers too old for it",
      options = {@Option("EC"), @Option("RSA")},
      required = false)
  String keyAlgorithm() default "EC";
}
