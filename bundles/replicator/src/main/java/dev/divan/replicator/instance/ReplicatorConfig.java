// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The properties of a replicator, for tools that show them; read by {@code Wishes}. */
@ObjectClassDefinition(
    id = ReplicatorInstance.PID,
    name = "Divan replicator",
    description = "Keeps collections of a database and of a peer's database alike.")
@interface ReplicatorConfig {

  @AttributeDefinition(description = "Name; by default the name part of the PID.", required = false)
  String name();

  @AttributeDefinition(description = "Name of the database to replicate.")
  String database();

  @AttributeDefinition(
      description = "Where the peer listens: wss://host:port/database, or ws:// in clear.")
  String url();

  @AttributeDefinition(description = "Collections, as scope.name with commas between.")
  String collections() default "_default._default";

  @AttributeDefinition(
      description = "Which way documents go.",
      options = {
        @Option(label = "Push and pull", value = "PUSH_AND_PULL"),
        @Option(label = "Push", value = "PUSH"),
        @Option(label = "Pull", value = "PULL")
      })
  String type() default "PUSH_AND_PULL";

  @AttributeDefinition(description = "Whether to stay connected and pass changes on at once.")
  boolean continuous() default true;

  @AttributeDefinition(description = "Whether to start as soon as all it needs is there.")
  boolean autostart() default true;

  @AttributeDefinition(
      description = "Name of the client authenticator that introduces us.",
      required = false)
  String authenticator();

  @AttributeDefinition(
      description = "Trust a self-signed certificate of the peer, and no other. A pin beats this.")
  boolean acceptOnlySelfSignedServerCertificate() default false;

  @AttributeDefinition(
      description =
          "The one certificate to trust: PEM, Base64, a file, or its SHA-256 in hexadecimal.",
      required = false)
  String pinnedServerCertificate();

  @AttributeDefinition(
      description = "Only these documents, with commas between; none means all.",
      required = false)
  String documentIDs();

  @AttributeDefinition(description = "Channels to pull from a Sync Gateway.", required = false)
  String channels();

  @AttributeDefinition(
      description = "Name of the filter service that says what is pushed.",
      required = false)
  String pushFilter();

  @AttributeDefinition(
      description = "Name of the filter service that says what is pulled.",
      required = false)
  String pullFilter();

  @AttributeDefinition(
      description = "Name of the conflict resolver service; none means the default rule.",
      required = false)
  String conflictResolver();

  @AttributeDefinition(
      description = "Further request headers, name: value, with commas between.",
      required = false)
  String headers();

  @AttributeDefinition(description = "Seconds of silence after which the peer is pinged; 0 never.")
  int heartbeat() default 300;

  @AttributeDefinition(description = "Attempts to connect; 0 for no end if continuous, else 10.")
  int maxAttempts() default 0;

  @AttributeDefinition(description = "Longest pause between attempts, in seconds.")
  int maxAttemptWaitTime() default 300;

  @AttributeDefinition(
      description = "A lasting name for the peer, so that its moves do not begin all over again.",
      required = false)
  String remoteId();
}
