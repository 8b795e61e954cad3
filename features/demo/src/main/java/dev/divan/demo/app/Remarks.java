// SPDX-License-Identifier: Apache-2.0
package dev.divan.demo.app;

import dev.divan.database.Array;
import dev.divan.database.Document;
import dev.divan.database.MutableDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What people write on an airport's document: its status, and remarks. */
final class Remarks {
  static final String STATUS = "status";
  static final String REMARKS = "remarks";
  static final String EDITED = "edited";

  private Remarks() {}

  static List<String> of(Document document) {
    List<String> remarks = new ArrayList<>();
    Array stored = document.getArray(REMARKS);
    if (stored != null) stored.forEach(remark -> remarks.add(String.valueOf(remark)));
    return remarks;
  }

  /** A new version of the document; not saved yet. */
  static MutableDocument edit(Document document, String status, String remark) {
    MutableDocument edited = document.toMutable();
    List<String> remarks = of(document);
    remarks.add(remark);
    return edited
        .setString(STATUS, status)
        .setString(EDITED, Instant.now().toString())
        .setValue(REMARKS, remarks);
  }
}
