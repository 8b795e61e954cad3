// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty.accept;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** The answer to those who stay out: a status, headers and {@code {"status":…,"error":"…"}}. */
public final class Refusal {
  static final String SERVER = "Divan";

  private Refusal() {}

  static void write(
      Response response, Callback callback, int status, Map<String, String> headers, String text) {
    response.setStatus(status);
    headers.forEach(response.getHeaders()::put);
    response.getHeaders().put(HttpHeader.SERVER, SERVER);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    response.write(true, body(status, text), callback);
  }

  static ByteBuffer body(int status, String text) {
    StringBuilder json = new StringBuilder("{\"status\":").append(status).append(",\"error\":\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return StandardCharsets.UTF_8.encode(json.append("\"}").toString());
  }

  /** For requests so bad that they never reach the porter. */
  public static final class OfTheParser extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      int status = response.getStatus() < 400 ? 500 : response.getStatus();
      Refusal.write(response, callback, status, Map.of(), HttpStatus.getMessage(status));
      return true;
    }
  }
}
