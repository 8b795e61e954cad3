// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.karaf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The TCP ports a process and its children listen on, as Linux tells. */
final class ListeningPorts {
  private static final String LISTENING = "0A";
  private static final int ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private ListeningPorts() {}

  static Set<Integer> of(Process process) throws IOException {
    Set<String> sockets = new HashSet<>();
    for (ProcessHandle handle :
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList())
      sockets.addAll(sockets(handle.pid()));
    Set<Integer> ports = new TreeSet<>();
    for (String table : List.of("tcp", "tcp6"))
      for (String line : Files.readAllLines(Path.of("/proc", process.pid() + "", "net", table))) {
        String[] fields = line.trim().split("\\s+");
        if (fields[STATE].equals(LISTENING) && sockets.contains("socket:[" + fields[INODE] + "]"))
          ports.add(Integer.parseInt(fields[ADDRESS].split(":")[1], 16));
      }
    return ports;
  }

  private static Set<String> sockets(long pid) throws IOException {
    Set<String> sockets = new HashSet<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc", pid + "", "fd"))) {
      for (Path descriptor : descriptors.toList())
        try {
          sockets.add(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException e) {
          // Closed meanwhile.
        }
    }
    return sockets;
  }
}
