// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.doctor;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A listener of a few lines: answers each request as it was told, and what comes after the upgrade
 * with one prepared message. In clear it hangs up on TLS.
 */
final class ScriptedPeer implements AutoCloseable {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final ServerSocket server;
  private final Thread thread = new Thread(this::serve, "scripted-peer");

  /** The heads of all requests. */
  final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  /** Head and body of the answer to a request. */
  volatile UnaryOperator<String> answer = ScriptedPeer::upgrade;

  /** BLIP flags, properties and body of what is said after the upgrade; null hangs up. */
  volatile @Nullable Said said = new Said(1, "", "[{}]");

  record Said(int flags, String properties, String body) {}

  /**
   * @param identity a resource with key and certificate; null to speak in clear
   */
  ScriptedPeer(@Nullable String identity) throws Exception {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    server =
        identity == null
            ? new ServerSocket(0, 50, loopback)
            : context(identity).getServerSocketFactory().createServerSocket(0, 50, loopback);
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  static KeyStore keys(String resource) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = ScriptedPeer.class.getResourceAsStream("/" + resource)) {
      keys.load(in, "secret".toCharArray());
    }
    return keys;
  }

  private static SSLContext context(String resource) throws Exception {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys(resource), "secret".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.setSoTimeout(10_000);
        converse(socket);
      } catch (IOException gone) {
        // a client that broke off, or the end of the test
      }
    }
  }

  private void converse(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0 || (head.length() == 0 && next != 'G')) return;
      head.append((char) next);
    }
    requests.add(head.toString());
    OutputStream out = socket.getOutputStream();
    String answered = answer.apply(head.toString());
    out.write(answered.getBytes(StandardCharsets.UTF_8));
    out.flush();
    Said next = said;
    if (!answered.contains(" 101 ") || next == null) return;
    readFrame(new DataInputStream(in));
    out.write(frame(next));
    out.flush();
    in.read();
  }

  private static void readFrame(DataInputStream in) throws IOException {
    in.readUnsignedByte();
    int length = in.readUnsignedByte() & 0x7f;
    if (length == 126) length = in.readUnsignedShort();
    in.readNBytes(4 + length);
  }

  private static byte[] frame(Said said) {
    byte[] blip = blip(1, said);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(0x89); // a ping comes first
    frame.write(0);
    frame.write(0x82);
    frame.write(126);
    frame.writeBytes(ByteBuffer.allocate(2).putShort((short) blip.length).array());
    frame.writeBytes(blip);
    return frame.toByteArray();
  }

  static byte[] blip(int number, Said said) {
    byte[] properties = said.properties().getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.write(properties.length);
    payload.writeBytes(properties);
    payload.writeBytes(said.body().getBytes(StandardCharsets.UTF_8));
    CRC32 crc = new CRC32();
    crc.update(payload.toByteArray());
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.write(number);
    message.write(said.flags());
    message.writeBytes(payload.toByteArray());
    message.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    return message.toByteArray();
  }

  static String upgrade(String request) {
    return upgrade(request, "BLIP_3+CBMobile_3");
  }

  static String upgrade(String request, String protocol) {
    String key = request.replaceAll("(?s).*Sec-WebSocket-Key: (\\S+).*", "$1");
    try {
      String accept =
          Base64.getEncoder()
              .encodeToString(
                  MessageDigest.getInstance("SHA-1")
                      .digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
      return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Accept: "
          + accept
          + "\r\nSec-WebSocket-Protocol: "
          + protocol
          + "\r\n\r\n";
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String refusal(int status, String words) {
    return "HTTP/1.1 "
        + status
        + " No\r\nContent-Length: "
        + words.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n"
        + words;
  }

  @Override
  public void close() throws Exception {
    server.close();
    thread.join(10_000);
  }
}
