// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.instance;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of a listener, for consoles; {@link ListenerSettings} reads it. */
@ObjectClassDefinition(
    name = "Divan listener",
    description = "Shares collections of a database with peers that connect by WebSocket")
@interface ListenerConfig {
  @AttributeDefinition(
      name = "Name",
      description = "The service property name; default: the name part of the PID",
      required = false)
  String name() default "";

  @AttributeDefinition(
      name = "Database",
      description = "The name of the database to share; short for database.target=(name=…)",
      required = false)
  String database() default "";

  @AttributeDefinition(
      name = "Database target",
      description = "A filter for the database service, instead of its name",
      required = false)
  String database_target() default "";

  @AttributeDefinition(
      name = "Collections",
      description = "scope.name of each to share; default _default._default",
      required = false)
  String[] collections() default {"_default._default"};

  @AttributeDefinition(
      name = "Port",
      description = "0 for any free one",
      min = "0",
      max = "65535",
      required = false)
  int port() default 0;

  @AttributeDefinition(
      name = "Network interface",
      description = "Name or address of the interface to listen on; default: all",
      required = false)
  String networkInterface() default "";

  @AttributeDefinition(
      name = "Disable TLS",
      description = "Data and passwords travel in clear; for development",
      required = false)
  boolean disableTLS() default false;

  @AttributeDefinition(
      name = "TLS identity",
      description = "Its label; default: an anonymous self-signed identity, made once and kept",
      required = false)
  String tlsIdentity() default "";

  @AttributeDefinition(
      name = "TLS identity target",
      description = "A filter for the TLS identity service, instead of its label",
      required = false)
  String tlsIdentity_target() default "";

  @AttributeDefinition(
      name = "Authenticator",
      description = "The name of the authenticator; default: everyone is let in",
      required = false)
  String authenticator() default "";

  @AttributeDefinition(
      name = "Authenticator target",
      description = "A filter for the authenticator service, instead of its name",
      required = false)
  String authenticator_target() default "";

  @AttributeDefinition(
      name = "Send filter",
      description = "The name of the filter of documents that peers pull; default: all go",
      required = false)
  String sendFilter() default "";

  @AttributeDefinition(
      name = "Send filter target",
      description = "A filter for the send filter service, instead of its name",
      required = false)
  String sendFilter_target() default "";

  @AttributeDefinition(
      name = "Receive filter",
      description = "The name of the filter of documents that peers push; default: all are taken",
      required = false)
  String receiveFilter() default "";

  @AttributeDefinition(
      name = "Receive filter target",
      description = "A filter for the receive filter service, instead of its name",
      required = false)
  String receiveFilter_target() default "";

  @AttributeDefinition(name = "Read only", description = "Peers may only pull", required = false)
  boolean readOnly() default false;

  @AttributeDefinition(
      name = "Delta sync",
      description = "Whether changes may travel as deltas",
      required = false)
  boolean enableDeltaSync() default false;

  @AttributeDefinition(
      name = "Connections",
      description = "At most so many at a time",
      min = "1",
      required = false)
  int maxConnections() default 1000;
}
