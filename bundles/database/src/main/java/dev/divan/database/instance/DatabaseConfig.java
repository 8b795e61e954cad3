// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.instance;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of a database, as consoles show it. */
@ObjectClassDefinition(
    name = "Divan database",
    description = "Documents in a store, ready to be replicated")
@interface DatabaseConfig {
  @AttributeDefinition(
      name = "Name",
      description =
          "Of the database and of its service; default: the name part of the PID. A change closes"
              + " the one and opens the other",
      required = false)
  String name() default "";

  @AttributeDefinition(
      name = "Store",
      description =
          "The name of its store; default: the best ranked one. After a change the contents move"
              + " there while everything goes on",
      required = false)
  String store() default "";

  @AttributeDefinition(
      name = "Store filter",
      description = "Which store, as an LDAP filter, in place of its name",
      required = false)
  String store_target() default "";

  @AttributeDefinition(
      name = "Move contents",
      description =
          "Whether the contents follow to another store; false opens what that store has, and"
              + " leaves the rest where it is",
      required = false)
  boolean moveContents() default true;

  @AttributeDefinition(
      name = "Collections",
      description = "Made if they are not there, as scope.name; a bare name is in _default",
      required = false)
  String[] collections() default {"_default._default"};

  @AttributeDefinition(
      name = "Delta sync",
      description = "Whether replicators may send deltas",
      required = false)
  boolean deltaSync() default false;
}
