// SPDX-License-Identifier: Apache-2.0
package dev.divan.demo.app;

import dev.divan.database.Blob;
import dev.divan.database.Collection;
import dev.divan.database.Document;
import dev.divan.listener.URLEndpointListener;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorStatus;
import dev.divan.tls.TLSIdentity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What can be ordered. Nothing here waits: whoever wants to know when, asks again. */
final class Desk {
  private final Collection airports;
  private final Arrivals arrivals;
  private final Supplier<@Nullable Replicator> replicator;
  private final Supplier<@Nullable URLEndpointListener> listener;
  private volatile @Nullable Throwable loadFailure;

  Desk(
      Collection airports,
      Arrivals arrivals,
      Supplier<@Nullable Replicator> replicator,
      Supplier<@Nullable URLEndpointListener> listener) {
    this.airports = airports;
    this.arrivals = arrivals;
    this.replicator = replicator;
    this.listener = listener;
  }

  Map<String, Orders.Order> orders() {
    Map<String, Orders.Order> orders = new LinkedHashMap<>();
    orders.put("load", words -> load());
    orders.put("tally", words -> tally());
    orders.put("digest", words -> digest());
    orders.put("edit", words -> edit(words.get(0), words.get(1), words.get(2)));
    orders.put("delete", words -> delete(words.get(0)));
    orders.put("show", words -> show(words.get(0)));
    orders.put("offline", words -> offline());
    orders.put("online", words -> online());
    orders.put("certificate", words -> certificate());
    return orders;
  }

  private Map<String, ?> load() {
    arrivals.begin();
    Thread loader = new Thread(() -> Airports.load(airports), "airports-load");
    loader.setUncaughtExceptionHandler((thread, failure) -> loadFailure = failure);
    loader.start();
    return Map.of();
  }

  private Map<String, ?> tally() {
    Throwable failure = loadFailure;
    if (failure != null) throw new IllegalStateException("the data cannot be loaded", failure);
    Arrivals.Tally tally = arrivals.tally();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("documents", tally.documents());
    answer.put("bytes", tally.bytes());
    answer.put("micros", tally.micros());
    Replicator now = replicator.get();
    if (now != null) {
      ReplicatorStatus status = now.getStatus();
      answer.put("activity", status.activityLevel());
      if (status.error() != null) answer.put("error", status.error().getMessage());
    }
    return answer;
  }

  /**
   * Of every document's ID, revision ID and image: the same here and there if all documents are.
   */
  private Map<String, ?> digest() throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    AtomicInteger images = new AtomicInteger();
    airports.forEach(
        document -> {
          String line = document.getId() + " " + document.getRevisionID() + "\n";
          digest.update(line.getBytes(StandardCharsets.UTF_8));
          Blob image = document.getBlob("image");
          if (image == null) return;
          digest.update(image.getContent());
          images.incrementAndGet();
        });
    String hex = HexFormat.of().formatHex(digest.digest());
    return Map.of("count", airports.getCount(), "images", images, "digest", hex);
  }

  private Map<String, ?> edit(String id, String status, String remark) {
    Document before = existing(id);
    long at = Clock.micros();
    airports.save(Remarks.edit(before, status, remark));
    Map<String, Object> answer = show(id);
    answer.put("at", at);
    return answer;
  }

  private Map<String, ?> delete(String id) {
    Document document = existing(id);
    long at = Clock.micros();
    airports.delete(document);
    return Map.of("at", at);
  }

  private Map<String, Object> show(String id) {
    Map<String, Object> answer = new LinkedHashMap<>();
    Document document = airports.getDocument(id);
    if (document != null) {
      answer.put("revision", String.valueOf(document.getRevisionID()));
      answer.put("status", String.valueOf(document.getString(Remarks.STATUS)));
      answer.put("remarks", String.join("; ", Remarks.of(document)));
    }
    answer.put("seen", arrivals.seen(id));
    return answer;
  }

  private Map<String, ?> offline() {
    running().stop();
    return Map.of();
  }

  private Map<String, ?> online() {
    running().start();
    return Map.of();
  }

  /** In Base64, as soon as there is a listener. */
  private Map<String, ?> certificate() throws CertificateEncodingException {
    URLEndpointListener now = listener.get();
    TLSIdentity identity = now == null ? null : now.getTlsIdentity();
    if (identity == null) return Map.of();
    byte[] encoded = identity.getCerts().get(0).getEncoded();
    return Map.of("certificate", Base64.getEncoder().encodeToString(encoded));
  }

  private Document existing(String id) {
    Document document = airports.getDocument(id);
    if (document == null) throw new IllegalArgumentException("there is no airport " + id);
    return document;
  }

  private Replicator running() {
    Replicator now = replicator.get();
    if (now == null) throw new IllegalStateException("there is no replicator");
    return now;
  }
}
