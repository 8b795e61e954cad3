// SPDX-License-Identifier: Apache-2.0
package dev.divan.bench;

import dev.divan.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads one command a line, answers with one line. */
public final class Role {
  private Role() {}

  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Peer peer = new Peer();
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line; (line = in.readLine()) != null; ) {
        Map<?, ?> command = (Map<?, ?>) Json.parse(line);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ok", true);
        boolean quit = "quit".equals(command.get("cmd"));
        try {
          if (!quit) answer.putAll(peer.run(command));
        } catch (Exception e) {
          e.printStackTrace();
          answer.put("ok", false);
          answer.put("error", e.toString());
        }
        out.println(Json.text(answer));
        if (quit) break;
      }
    }
    System.exit(0);
  }
}
