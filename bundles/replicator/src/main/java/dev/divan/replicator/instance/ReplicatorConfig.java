// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The properties of a replicator, for tools that show them; read by {@link ReplicatorSettings}. */
@ObjectClassDefinition(
    id = ReplicatorInstance.PID,
    name = "Divan replicator",
    description = "Keeps collections of a database and of a peer's database alike.")
@interface ReplicatorConfig {

  @AttributeDefinition(description = "Name; by default the name part of the PID.", required = false)
  String name();

  @AttributeDefinition(
      description = "Name of the database to replicate; short for database.target=(name=…).",
      required = false)
  String database();

  @AttributeDefinition(
      description = "A filter for the database service, instead of its name.",
      required = false)
  String database_target();

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
      description = "A filter for the client authenticator, instead of its name.",
      required = false)
  String authenticator_target();

  @AttributeDefinition(
      description = "Trust a self-signed certificate of the peer, and no other. A pin beats this.")
  boolean acceptOnlySelfSignedServerCertificate() default false;

  @AttributeDefinition(
      description =
          "The certificates to trust, and no other: SHA-256, PEM, Base64 or a file; several with"
              + " commas.",
      required = false)
  String pinnedServerCertificate();

  @AttributeDefinition(
      description =
          "Authorities to trust instead of those Java knows: PEM, Base64 or a file; several with"
              + " commas.",
      required = false)
  String trustedCertificates();

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
      description = "A filter for the push filter service, instead of its name.",
      required = false)
  String pushFilter_target();

  @AttributeDefinition(
      description = "Name of the filter service that says what is pulled.",
      required = false)
  String pullFilter();

  @AttributeDefinition(
      description = "A filter for the pull filter service, instead of its name.",
      required = false)
  String pullFilter_target();

  @AttributeDefinition(
      description = "Name of the conflict resolver service; none means the default rule.",
      required = false)
  String conflictResolver();

  @AttributeDefinition(
      description = "A filter for the resolver service, instead of its name.",
      required = false)
  String conflictResolver_target();

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

  @AttributeDefinition(
      description = "Whether documents to which a Sync Gateway withdraws our access are purged.")
  boolean enableAutoPurge() default true;
}
