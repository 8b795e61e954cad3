// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import dev.divan.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that belong to a document and are kept beside it, under their digest. A new blob has its
 * content in memory, in a stream or in a file; it is read when the document is saved, piece by
 * piece, and after that the content comes from the database.
 *
 * <p>May be shared by threads once it is stored.
 */
public final class Blob {
  private final String contentType;
  private final @Nullable String encoding;
  private final Map<String, @Nullable Object> others = new LinkedHashMap<>();
  private volatile @Nullable BlobSource source;
  private volatile @Nullable String digest;
  private volatile long length;
  private byte @Nullable [] bytes;
  private @Nullable InputStream stream;
  private @Nullable URL file;

  /** A blob of these bytes; they must not be changed afterwards. */
  public Blob(String contentType, byte[] content) {
    this(contentType, content.length);
    this.bytes = content;
  }

  /**
   * A blob of all that a stream gives; it is read once, when the blob is saved, and closed then.
   */
  public Blob(String contentType, InputStream stream) {
    this(contentType, 0);
    this.stream = stream;
  }

  /**
   * A blob of a file's content, read when the blob is saved.
   *
   * @throws IllegalArgumentException if it is not a {@code file:} URL
   */
  public Blob(String contentType, URL file) {
    this(contentType, 0);
    if (!"file".equalsIgnoreCase(file.getProtocol())) {
      throw new IllegalArgumentException("not a file URL: " + file.getProtocol());
    }
    this.file = file;
  }

  private Blob(String contentType, long length) {
    this.contentType = contentType;
    this.encoding = null;
    this.length = length;
  }

  /** A blob read from its dictionary. */
  Blob(Map<String, ? extends @Nullable Object> dictionary, @Nullable BlobSource source) {
    this.contentType = dictionary.get("content_type") instanceof String type ? type : "";
    this.encoding = dictionary.get("encoding") instanceof String text ? text : null;
    this.digest = dictionary.get("digest") instanceof String text ? text : null;
    this.length = dictionary.get("length") instanceof Number number ? number.longValue() : 0;
    this.source = source;
    // What other software may have added is not ours to drop.
    others.putAll(dictionary);
    others.keySet().removeAll(Set.of("@type", "content_type", "encoding", "digest", "length"));
  }

  /** Whether an object is a blob's dictionary: {@code "@type":"blob"} and a digest. */
  public static boolean isBlob(Map<String, ? extends @Nullable Object> dictionary) {
    return "blob".equals(dictionary.get("@type")) && dictionary.get("digest") instanceof String;
  }

  /** The MIME type; empty if none was given. */
  public String getContentType() {
    return contentType;
  }

  /** Length in bytes; 0 while it is not known: before a stream or file is saved. */
  public long length() {
    return length;
  }

  /** {@code sha1-} and the Base64 of the SHA-1 of the content; null until the blob is saved. */
  public @Nullable String digest() {
    return digest;
  }

  /**
   * The content as one array. Think of its size first; {@link #getContentStream} does not hold it.
   *
   * @throws BlobMissingException if the bytes are not in this database
   */
  public byte @Nullable [] getContent() {
    byte[] held = bytes;
    if (held != null) {
      return held.clone();
    }
    try (InputStream in = getContentStream()) {
      if (in == null) {
        return null;
      }
      byte[] read = in.readAllBytes();
      if (stream != null) {
        bytes = read;
        length = read.length;
        stream = null;
      }
      return read.clone();
    } catch (IOException e) {
      throw new DivanException("cannot read the content of a blob", e);
    }
  }

  /**
   * The content from its start; the caller closes it. Before saving, a blob made of a stream gives
   * that stream itself: then there is nothing left to save.
   *
   * @return null if a stream was already read
   * @throws BlobMissingException if the bytes are not in this database
   */
  public @Nullable InputStream getContentStream() {
    String stored = digest;
    BlobSource from = source;
    if (stored != null && from != null) {
      InputStream opened = from.open(stored);
      if (opened == null) {
        throw new BlobMissingException(stored);
      }
      return opened;
    }
    byte[] held = bytes;
    if (held != null) {
      return new ByteArrayInputStream(held);
    }
    URL url = file;
    if (url != null) {
      try {
        return url.openStream();
      } catch (IOException e) {
        throw new DivanException("cannot open the file of a blob", e);
      }
    }
    return stream;
  }

  /** {@code content_type}, {@code digest} and {@code length}, as far as known. */
  public Map<String, Object> getProperties() {
    Map<String, Object> properties = new LinkedHashMap<>();
    String stored = digest;
    if (stored != null) {
      properties.put("digest", stored);
    }
    properties.put("length", length);
    if (!contentType.isEmpty()) {
      properties.put("content_type", contentType);
    }
    if (encoding != null) {
      properties.put("encoding", encoding);
    }
    return properties;
  }

  /** The dictionary that stands for it in a document. */
  Map<String, @Nullable Object> dictionary() {
    Map<String, @Nullable Object> dictionary = new LinkedHashMap<>();
    dictionary.put("@type", "blob");
    dictionary.putAll(getProperties());
    dictionary.putAll(others);
    return dictionary;
  }

  public String toJSON() {
    return Json.text(dictionary());
  }

  boolean isStored() {
    return digest != null;
  }

  /** It is in a database now: what held the content is let go. */
  void stored(String digest, long length, BlobSource source) {
    this.source = source;
    this.length = length;
    this.digest = digest;
    this.bytes = null;
    this.stream = null;
    this.file = null;
  }

  /** Equal if both are stored and have the same digest. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || other instanceof Blob blob && digest != null && digest.equals(blob.digest);
  }

  /** Constant, because saving gives a blob its digest. */
  @Override
  public int hashCode() {
    return Blob.class.hashCode();
  }

  @Override
  public String toString() {
    return "Blob" + getProperties();
  }
}
