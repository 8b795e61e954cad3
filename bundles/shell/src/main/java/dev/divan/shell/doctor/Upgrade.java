// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.doctor;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The request that turns HTTP into WebSocket, and the answer to it. */
final class Upgrade {
  static final String PROTOCOLS = "BLIP_3+CBMobile_3,BLIP_3+CBMobile_2";

  /** Bytes of an answer's head, and of a body that is read for its words. */
  private static final int LONGEST_HEAD = 16 << 10;

  private static final int LONGEST_BODY = 2 << 10;
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  /** Need not be secret, nor new each time: it proves only that the answer is to this request. */
  private static final String KEY =
      Base64.getEncoder().encodeToString("divan the doctor".getBytes(StandardCharsets.US_ASCII));

  private Upgrade() {}

  /**
   * The answer's head, and its words if it is a refusal.
   *
   * @param headers names in lower case; of several with one name the last
   * @param body of a refusal, cut short; else empty
   */
  record Answer(int status, Map<String, String> headers, String body) {
    @Nullable String header(String name) {
      return headers.get(name);
    }
  }

  /** Something answered, but not in HTTP. */
  static final class NotHttp extends IOException {
    private static final long serialVersionUID = 1L;

    NotHttp() {
      super("what answers does not speak HTTP");
    }
  }

  static byte[] request(Patient patient, Map<String, String> headers) {
    String path = patient.url().getRawPath();
    StringBuilder text =
        new StringBuilder("GET ")
            .append(path.endsWith("/") ? path : path + "/")
            .append("_blipsync HTTP/1.1\r\nHost: ")
            .append(patient.url().getRawAuthority())
            .append(
                "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n")
            .append("User-Agent: Divan doctor\r\nSec-WebSocket-Protocol: ")
            .append(PROTOCOLS)
            .append("\r\nSec-WebSocket-Key: ")
            .append(KEY)
            .append("\r\n");
    headers.forEach(
        (name, value) -> {
          if ((name + value).chars().anyMatch(c -> c == '\r' || c == '\n'))
            throw new IllegalArgumentException("the header " + name + " has a line break");
          text.append(name).append(": ").append(value).append("\r\n");
        });
    return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * @throws NotHttp if it is none
   * @throws EOFException if the peer hung up before the end
   */
  static Answer read(InputStream in) throws IOException {
    String[] lines = head(in).split("\r?\n");
    String[] first = lines[0].split(" ", 3);
    int status;
    try {
      status = Integer.parseInt(first[1]);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new NotHttp();
    }
    Map<String, String> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0)
        headers.put(
            lines[i].substring(0, colon).strip().toLowerCase(Locale.ROOT),
            lines[i].substring(colon + 1).strip());
    }
    return new Answer(status, headers, status == 101 ? "" : body(in, headers));
  }

  /** Byte by byte, since what follows an upgrade is no longer HTTP. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int ending = 0;
    while (ending < 2) {
      int next = in.read();
      if (next < 0 && head.size() == 0) throw new EOFException("it hung up without an answer");
      if (next < 0) throw new EOFException("it hung up in the middle of its answer");
      head.write(next);
      if (next == '\n') ending++;
      else if (next != '\r') ending = 0;
      if (head.size() > LONGEST_HEAD) throw new NotHttp();
      if (head.size() == 5 && !head.toString(StandardCharsets.ISO_8859_1).equals("HTTP/"))
        throw new NotHttp();
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static String body(InputStream in, Map<String, String> headers) throws IOException {
    int length = LONGEST_BODY;
    try {
      length = Math.min(LONGEST_BODY, Integer.parseInt(headers.getOrDefault("content-length", "")));
    } catch (NumberFormatException e) {
      if (headers.containsKey("transfer-encoding")) return "";
    }
    try {
      return new String(in.readNBytes(Math.max(0, length)), StandardCharsets.UTF_8).strip();
    } catch (SocketTimeoutException e) {
      return "";
    }
  }

  /** Whether the answer proves that its sender has read the request. */
  static boolean accepts(Answer answer) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((KEY + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder()
          .encodeToString(digest)
          .equals(answer.header("sec-websocket-accept"));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-1", e);
    }
  }
}
