// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

import static dev.divan.replicator.testing.Nodes.assertEqual;
import static dev.divan.replicator.testing.Nodes.content;
import static dev.divan.replicator.testing.Nodes.save;
import static dev.divan.replicator.testing.ScriptedPeer.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.blip.codec.FrameWriter;
import dev.divan.blip.codec.Varint;
import dev.divan.database.Blob;
import dev.divan.database.Database;
import dev.divan.replicator.testing.Nodes;
import dev.divan.replicator.testing.RawPeer;
import dev.divan.replicator.testing.Run;
import dev.divan.replicator.testing.ScriptedPeer;
import dev.divan.testkit.await.Await;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Strangers that send anything: it may cost them their connection, and nobody anything else. */
class FuzzTest {
  private static final String DIGEST = "sha1-kbcLiLcSVwhF+n5OPUwjqghORps=";

  private static final String[] PROFILES = {
    "getCollections",
    "getCheckpoint",
    "setCheckpoint",
    "subChanges",
    "changes",
    "proposeChanges",
    "rev",
    "norev",
    "getAttachment",
    "proveAttachment",
    "unsubChanges",
    "bogus",
    ""
  };

  private static final String[] KEYS = {
    "client",
    "rev",
    "id",
    "sequence",
    "since",
    "continuous",
    "batch",
    "versioning",
    "activeOnly",
    "filter",
    "docID",
    "digest",
    "deleted",
    "history",
    "deltaSrc",
    "noconflicts",
    "collection",
    "error",
    "compress",
    "maxHistory",
    "blobs",
    "deltas",
    "replacedRev",
    "Error-Code",
    "Profile"
  };

  private static final String[] VALUES = {
    "",
    "0",
    "1",
    "-1",
    "true",
    "false",
    "99999999999999999999",
    "9223372036854775807",
    "-9223372036854775808",
    "x",
    "\"20:5\"",
    "1-aa",
    "2-bb",
    "1-aa,",
    "1-ABCD",
    "0-aa",
    "1@me",
    "doc0",
    "doc1",
    "_x",
    "cp-x",
    DIGEST,
    "sha1-x",
    "rev-trees",
    "ä€𝄞",
    "NaN",
    "[1]",
    "null",
    "x".repeat(300),
    "1-aa,".repeat(500),
    "9-" + "a".repeat(200)
  };

  private static final String[] BODIES = {
    "",
    "[]",
    "{}",
    "[[]]",
    "null",
    "5",
    "[5]",
    "{",
    "[[1,'doc0','1-aa']]",
    "[['doc0','1-aa']]",
    "[['new','1-aa','',5]]",
    "[['doc1','2-bb','1-aa'],['doc0','1-aa',5]]",
    "[[],0,[]]",
    "[[[[[[[[]]]]]]]]",
    "{'docIDs':['doc0',5,null]}",
    "{'v':1}",
    "{'_removed':true}",
    "{'checkpoint_ids':['a'],'collections':['_default']}",
    "{'checkpoint_ids':['a','b'],'collections':['_default','x']}",
    "{'b':{'@type':'blob','digest':'sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=','length':5}}",
    "{'b':{'@type':'blob','digest':'" + DIGEST + "'}}",
    "{'t':['999999999=',0,2]}",
    "[9223372036854775807,1e400,-0]",
    "{'a':1e999}",
    "{'a':" + "[".repeat(300),
    "[[0,'doc0','1-aa',255,-1]]",
    "[{'status':409,'rev':''}]",
    "[304,409,{'status':-1}]",
    "\u0000"
  };

  private final Nodes nodes = new Nodes();
  private final Database there = nodes.database("there");
  private final URLEndpoint endpoint = nodes.serve(there);
  private int threads;
  private long memory;

  @BeforeEach
  void warmUp() {
    there.inBatch(
        () -> {
          for (int i = 0; i < 50; i++) save(there, "doc" + i, "{'v':" + i + "}");
        });
    there.saveBlob(new Blob("text/plain", bytes("known blob")));
    ScriptedPeer good = nodes.client(endpoint);
    for (int i = 0; i < 40; i++) good.asks("proveAttachment", "nonce", "digest", DIGEST).comes();
    good.close();
    aGoodPeerIsServed("warm");
    threads = divanThreads().size();
    memory = used();
  }

  @AfterEach
  void close() {
    aGoodPeerIsServed("good");
    Await.until(
        () -> threads + " threads, not " + divanThreads(), () -> divanThreads().size() <= threads);
    long grown = used() - memory;
    assertTrue(grown < 24 << 20, grown + " bytes more");
    nodes.close();
  }

  private static List<String> divanThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("divan-"))
        .sorted()
        .toList();
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private void aGoodPeerIsServed(String name) {
    Database here = nodes.database(name);
    save(here, name, "{'good':true}");
    nodes
        .start(new ReplicatorConfiguration(endpoint).addCollection(here.getDefaultCollection()))
        .ends()
        .withoutErrors();
    assertEqual(here, there);
    here.close();
  }

  @DisplayName("conformance 21, 31, 92: frames of noise")
  @Test
  void noise() {
    Random random = new Random(1);
    for (int i = 0; i < 1500; i++) {
      RawPeer peer = new RawPeer(nodes.dial(endpoint));
      FrameWriter writer = new FrameWriter();
      long number = 1;
      for (int k = random.nextInt(8); k >= 0; k--)
        peer.sends(
            switch (random.nextInt(5)) {
              case 0 -> noise(random, random.nextInt(200));
              case 1 ->
                  FrameWriter.ack(random.nextInt(5), random.nextBoolean(), random.nextLong() >>> 1);
              case 2 -> plain(writer, random.nextInt(4), random.nextInt(256), noise(random, 50));
              case 3 -> damaged(random, request(writer, number++, random));
              default -> request(writer, number++, random);
            });
      if (random.nextBoolean()) peer.leaves();
      else peer.aborts();
    }
  }

  private static byte[] noise(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] damaged(Random random, byte[] frame) {
    frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
    return frame;
  }

  private static byte[] plain(FrameWriter writer, long number, int flags, byte[] payload) {
    byte[] frame = FrameWriter.open(number, flags, payload.length);
    System.arraycopy(payload, 0, frame, FrameWriter.headerSize(number), payload.length);
    return writer.seal(frame, number);
  }

  private static byte[] request(FrameWriter writer, long number, Random random) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    byte[] properties =
        ("Profile\0"
                + any(PROFILES, random)
                + "\0"
                + any(KEYS, random)
                + "\0"
                + any(VALUES, random)
                + "\0")
            .getBytes(StandardCharsets.UTF_8);
    byte[] length = new byte[10];
    message.write(length, 0, Varint.put(length, 0, properties.length));
    message.writeBytes(properties);
    message.writeBytes(bytes(any(BODIES, random)));
    return plain(writer, number, random.nextInt(4) == 0 ? 0x20 : 0, message.toByteArray());
  }

  private static String any(String[] choices, Random random) {
    return choices[random.nextInt(choices.length)];
  }

  @DisplayName("conformance 92, 39: well-formed requests without sense, each answered")
  @Test
  void nonsense() {
    Random random = new Random(2);
    for (int i = 0; i < 1200; i++) {
      ScriptedPeer peer = nodes.client(endpoint);
      List<ScriptedPeer.Answer> answers = new ArrayList<>();
      for (int k = random.nextInt(20); k >= 0; k--) {
        String[] properties = properties(random);
        String body = any(BODIES, random);
        if (random.nextInt(5) == 0) peer.tells(any(PROFILES, random), body, properties);
        else answers.add(peer.asks(any(PROFILES, random), body, properties));
      }
      // A revision that waits for a blob is answered only when the connection ends.
      peer.closes(1000);
      peer.isClosed();
      for (ScriptedPeer.Answer answer : answers)
        Await.until(() -> "an answer or the end", answer::hasCome);
    }
    assertTrue(content(there).containsKey("doc0"));
  }

  private static String[] properties(Random random) {
    String[] properties = new String[2 * random.nextInt(5)];
    for (int i = 0; i < properties.length; i += 2) {
      properties[i] = any(KEYS, random);
      properties[i + 1] = any(VALUES, random);
    }
    return properties;
  }

  @DisplayName("conformance 92: a server without sense costs a client its run, and no hang")
  @Test
  void nonsensicalServers() {
    Random random = new Random(3);
    Nodes.Stage stage = nodes.stage();
    Database here = nodes.database("here");
    for (int i = 0; i < 20; i++) save(here, "doc" + i, "{'mine':" + i + "}");
    for (int i = 0; i < 300; i++) {
      Run run =
          nodes.start(
              new ReplicatorConfiguration(stage.endpoint())
                  .addCollection(here.getDefaultCollection())
                  .setContinuous(random.nextBoolean())
                  .setMaxAttempts(1));
      ScriptedPeer server = stage.next();
      boolean named = random.nextInt(5) > 0;
      ScriptedPeer.Heard greeting = server.hears("getCollections");
      if (named) greeting.isAnswered("[{'rev':'1-cc','local':" + random.nextInt(9) + "}]");
      else greeting.isRefused("BLIP", 404);
      for (int k = random.nextInt(15); k >= 0 && server.isOpen(); k--) {
        String profile = any(PROFILES, random);
        String[] properties = properties(random);
        if (named && random.nextInt(8) > 0) {
          properties = Arrays.copyOf(properties, properties.length + 2);
          properties[properties.length - 2] = "collection";
          properties[properties.length - 1] = "0";
        }
        server.asks(profile, any(BODIES, random), properties);
        server.answersAnything(any(BODIES, random), any(VALUES, random), random.nextInt(4));
      }
      server.closes(4002);
      server.isClosed();
      run.stops();
    }
    here.close();
  }

  @DisplayName("conformance 28, 92: a few bytes that inflate to very many close the connection")
  @Test
  void inflateBombs() {
    byte[] bomb = bomb(80 << 20);
    for (int i = 0; i < 4; i++) {
      RawPeer peer = new RawPeer(nodes.dial(endpoint));
      peer.sends(bomb.clone());
      assertNotEquals(1000, peer.isClosed().code());
    }
  }

  private static byte[] bomb(int size) {
    Deflater deflater = new Deflater(1, true);
    byte[] zeros = new byte[1 << 20];
    CRC32 crc = new CRC32();
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(1);
    frame.write(0x08);
    byte[] out = new byte[1 << 20];
    for (int sent = 0; sent < size; sent += zeros.length) {
      crc.update(zeros);
      deflater.setInput(zeros);
      boolean last = sent + zeros.length >= size;
      int n;
      while ((n =
              deflater.deflate(out, 0, out.length, last ? Deflater.SYNC_FLUSH : Deflater.NO_FLUSH))
          > 0) frame.write(out, 0, n);
    }
    deflater.end();
    byte[] all = frame.toByteArray();
    // In place of the end of a sync flush, which is not sent, stands the checksum.
    int value = (int) crc.getValue();
    for (int i = 0; i < 4; i++) all[all.length - 4 + i] = (byte) (value >>> 24 - 8 * i);
    return all;
  }

  @DisplayName(
      "conformance 92: a flood of questions whose answers are not read ends that connection")
  @Test
  void floodWithoutReading() {
    ScriptedPeer good = nodes.client(endpoint);
    good.asks("setCheckpoint", "x".repeat(200_000), "client", "big", "rev", "").comes();
    RawPeer peer = new RawPeer(nodes.dial(endpoint), false);
    FrameWriter writer = new FrameWriter();
    byte[] properties = "Profile\0getCheckpoint\0client\0big\0".getBytes(StandardCharsets.UTF_8);
    byte[] message = new byte[properties.length + 1];
    message[0] = (byte) properties.length;
    System.arraycopy(properties, 0, message, 1, properties.length);
    for (int i = 1; i <= 2000; i++) peer.sends(plain(writer, i, 0, message));
    good.asks("getCheckpoint", "", "client", "big").comes();
    Await.until(
        () -> "closed, not busy with " + used(),
        () -> {
          peer.resumes();
          return !peer.isOpen();
        });
    assertNotEquals(1000, peer.isClosed().code());
    good.close();
  }

  @DisplayName(
      "conformance 92, 100: hundreds of blobs asked for at once come in turn, a flood is refused")
  @Test
  void floodOfBlobs() {
    byte[] content = new byte[50_000];
    new Random(4).nextBytes(content);
    String digest = String.valueOf(there.saveBlob(new Blob("image/png", content)).digest());
    ScriptedPeer patient = nodes.client(endpoint);
    List<ScriptedPeer.Answer> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      answers.add(patient.asks("getAttachment", "", "digest", digest));
      answers.add(patient.asks("proveAttachment", "nonce", "digest", digest));
    }
    for (ScriptedPeer.Answer answer : answers) assertTrue(answer.body().length > 0);
    RawPeer peer = new RawPeer(nodes.dial(endpoint), false);
    FrameWriter writer = new FrameWriter();
    byte[] properties =
        ("Profile\0getAttachment\0digest\0" + digest + "\0").getBytes(StandardCharsets.UTF_8);
    byte[] message = new byte[properties.length + 1];
    message[0] = (byte) properties.length;
    System.arraycopy(properties, 0, message, 1, properties.length);
    for (int i = 1; i <= 20_000; i++) peer.sends(plain(writer, i, 0, message));
    patient.asks("getAttachment", "", "digest", digest).saysBytes(content);
    peer.aborts();
    patient.close();
  }

  @DisplayName("conformance 92: a flood of proposals without revisions is bounded")
  @Test
  void floodOfProposals() {
    ScriptedPeer peer = nodes.client(endpoint);
    int refused = 0;
    for (int list = 0; list < 150 && refused == 0; list++) {
      StringBuilder rows = new StringBuilder("[");
      for (int i = 0; i < 500; i++)
        rows.append(i == 0 ? "" : ",")
            .append("['l")
            .append(list)
            .append('r')
            .append(i)
            .append("','1-aa']");
      ScriptedPeer.Answer answer = peer.asks("proposeChanges", rows.append(']').toString());
      if (list * 500 > 50_000) {
        answer.fails("HTTP", 503);
        refused++;
      } else if (list * 500 < 49_000) answer.says("[]");
    }
    assertEquals(1, refused);
    peer.close();
  }

  @DisplayName("conformance 92: an endless message is cut off")
  @Test
  void endlessMessage() {
    RawPeer peer = new RawPeer(nodes.dial(endpoint));
    FrameWriter writer = new FrameWriter();
    byte[] payload = new byte[16_000];
    payload[0] = 0;
    for (int i = 0; i < 6000 && peer.isOpen(); i++) peer.sends(plain(writer, 1, 0x40, payload));
    assertNotEquals(1000, peer.isClosed().code());
  }
}
