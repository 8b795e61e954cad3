// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty.dial;

import dev.divan.transport.DialException;
import dev.divan.transport.DialException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.websocket.core.util.WebSocketUtils;
import org.jspecify.annotations.Nullable;

/** Reads and judges the peer's answer, from nothing but its bytes. */
final class Answer implements HttpParser.ResponseHandler {
  private static final int HEADER_LIMIT = 16 * 1024;

  /** As much of a refusal's text as anybody reads. */
  private static final int BODY_LIMIT = 2048;

  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int TLS_ALERT = 0x15;
  private static final Pattern ERROR =
      Pattern.compile("\"error\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final List<String> offered;
  private final String key;
  private final HttpParser parser = new HttpParser(this, HEADER_LIMIT);
  private final Map<String, List<String>> headers = new TreeMap<>();
  private final StringBuilder body = new StringBuilder();
  private int status;
  private boolean headersComplete;
  private boolean complete;
  private boolean first = true;
  private @Nullable DialException fault;

  Answer(List<String> offered, String key) {
    this.offered = offered;
    this.key = key;
  }

  /** Takes what came; true if that was all that is needed. What follows a 101 is left. */
  boolean read(ByteBuffer buffer) {
    if (first && buffer.hasRemaining()) {
      first = false;
      if (buffer.get(buffer.position()) == TLS_ALERT) {
        fault = protocol("the peer speaks TLS on that port: use wss://");
      }
    }
    while (fault == null && !complete && buffer.hasRemaining()) {
      parser.parseNext(buffer);
    }
    if (complete && status == SWITCHING_PROTOCOLS && fault == null) {
      fault = objection();
    }
    return complete || fault != null;
  }

  boolean agreed() {
    return complete && fault == null && status == SWITCHING_PROTOCOLS;
  }

  /** Whether a refusal's headers are here, if perhaps not all of its body. */
  boolean refused() {
    return headersComplete && fault == null && status != SWITCHING_PROTOCOLS;
  }

  String protocol() {
    return header("sec-websocket-protocol");
  }

  DialException refusal() {
    DialException known = fault;
    if (known != null) {
      return known;
    }
    String text = text();
    return new DialException(
        status, Map.copyOf(headers), "HTTP " + status + (text.isEmpty() ? "" : ": " + text));
  }

  private @Nullable DialException objection() {
    if (!"websocket".equalsIgnoreCase(header("upgrade"))) {
      return protocol("the peer did not upgrade to websocket");
    }
    if (tokens("connection").stream().noneMatch("upgrade"::equalsIgnoreCase)) {
      return protocol("the peer's answer lacks Connection: Upgrade");
    }
    if (!WebSocketUtils.hashKey(key).equals(header("sec-websocket-accept"))) {
      return protocol("the peer's accept key is wrong");
    }
    if (!header("sec-websocket-extensions").isEmpty()) {
      return protocol("the peer uses an extension that was not offered");
    }
    if (protocol().isEmpty()) {
      return protocol("the peer chose no sub-protocol");
    }
    if (!offered.contains(protocol())) {
      return protocol("the peer chose a sub-protocol that was not offered: " + protocol());
    }
    return null;
  }

  private static DialException protocol(String message) {
    return new DialException(Reason.PROTOCOL, message, null);
  }

  private String header(String name) {
    return String.join(",", headers.getOrDefault(name, List.of())).strip();
  }

  private List<String> tokens(String name) {
    return List.of(header(name).split("\\s*,\\s*"));
  }

  /** The sentence in a body like {@code {"status":403,"error":"…"}}; else a short body as it is. */
  private String text() {
    Matcher json = ERROR.matcher(body);
    if (json.find()) {
      return json.group(1).replace("\\\"", "\"").replace("\\\\", "\\");
    }
    boolean plain = header("content-type").startsWith("text/plain");
    return plain ? body.toString().strip() : "";
  }

  @Override
  public void startResponse(HttpVersion version, int code, String reason) {
    status = code;
  }

  @Override
  public void parsedHeader(HttpField field) {
    String value = field.getValue() == null ? "" : field.getValue();
    headers
        .computeIfAbsent(field.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
        .add(value);
  }

  @Override
  public boolean headerComplete() {
    headersComplete = true;
    return false;
  }

  @Override
  public boolean content(ByteBuffer content) {
    body.append(StandardCharsets.UTF_8.decode(content.slice()));
    content.position(content.limit());
    complete |= body.length() >= BODY_LIMIT;
    return complete;
  }

  @Override
  public boolean contentComplete() {
    return false;
  }

  @Override
  public boolean messageComplete() {
    complete = true;
    return true;
  }

  @Override
  public void earlyEOF() {
    complete = true;
  }

  @Override
  public void badMessage(HttpException failure) {
    fault = new DialException(Reason.PROTOCOL, "the peer does not speak HTTP", (Throwable) failure);
  }
}
