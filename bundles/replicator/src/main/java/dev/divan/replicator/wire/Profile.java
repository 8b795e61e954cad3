// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.wire;

/** The names of messages and of their properties (docs/protocol.md). */
public final class Profile {
  public static final String GET_COLLECTIONS = "getCollections";
  public static final String GET_CHECKPOINT = "getCheckpoint";
  public static final String SET_CHECKPOINT = "setCheckpoint";
  public static final String SUB_CHANGES = "subChanges";
  public static final String CHANGES = "changes";
  public static final String PROPOSE_CHANGES = "proposeChanges";
  public static final String REV = "rev";
  public static final String NOREV = "norev";
  public static final String GET_ATTACHMENT = "getAttachment";
  public static final String PROVE_ATTACHMENT = "proveAttachment";

  public static final String PROFILE = "Profile";
  public static final String COLLECTION = "collection";
  public static final String CLIENT = "client";

  /** The sub-protocols spoken, best first. */
  public static final java.util.List<String> PROTOCOLS =
      java.util.List.of("BLIP_3+CBMobile_3", "BLIP_3+CBMobile_2");

  /** Rows in one list of changes. */
  public static final int ROWS = 200;

  /** Lists of changes that may wait for their answer; what C++ peers allow too. */
  public static final int UNANSWERED_LISTS = 5;

  /** What we ask for: a revision and its history together. */
  public static final int MAX_HISTORY = 50;

  private Profile() {}
}
