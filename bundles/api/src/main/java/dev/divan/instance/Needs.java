// SPDX-License-Identifier: Apache-2.0
package dev.divan.instance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/**
 * Waits until all services of a set are there, tells when one goes, and again when all are back.
 *
 * <p>Declare the needs, then {@link #open}. A <em>lasting</em> need is held: its user keeps the
 * service chosen when all were there, even if a better one comes, and is told {@link
 * User#incomplete} while the service is still usable. A <em>changing</em> need must be there to
 * begin, and may then be replaced or be absent for a while; its user asks {@link Need#now} each
 * time and must do without when that is null.
 *
 * <p>The user is called in the given {@link Turns}: never twice at a time, never under a lock, and
 * on the thread that registered or withdrew the service, so that in the usual case a service is not
 * gone before its user has let go of it. Only where two threads meet in the turns may the thread
 * that withdraws a service run ahead; the service's own methods then say that it is closed.
 */
public final class Needs {

  /** Who has the needs. */
  public interface User {
    /** All are there, or all that are waited for. Followed by {@link #incomplete} or nothing. */
    void complete();

    /** A changing need has another service now, or none. Only between complete and incomplete. */
    void changed();

    /** A lasting need has lost its service, which works until this method returns. */
    void incomplete();

    /** Not all are there, and {@link Needs#missing} says something new. */
    void waiting();
  }

  private final BundleContext context;
  private final Turns turns;
  private final User user;
  private final List<Need<?>> needs = new CopyOnWriteArrayList<>();
  private volatile boolean open;
  private boolean atWork;
  private boolean complete;
  private List<String> told = List.of();

  public Needs(BundleContext context, Turns turns, User user) {
    this.context = context;
    this.turns = turns;
    this.user = user;
  }

  /**
   * Declares a service that is held.
   *
   * @param what in the words of an operator, such as {@code database}
   * @param filter beyond the type, or null
   * @throws IllegalArgumentException if the filter is none
   */
  public <T> Need<T> lasting(String what, Class<T> type, @Nullable String filter) {
    return declare(new Need<>(context, what, type, filter, true, this::moved));
  }

  /** Declares a service that may be replaced, or go for a while; otherwise as {@link #lasting}. */
  public <T> Need<T> changing(String what, Class<T> type, @Nullable String filter) {
    return declare(new Need<>(context, what, type, filter, false, this::moved));
  }

  private <T> Need<T> declare(Need<T> need) {
    if (open) {
      throw new IllegalStateException("needs are declared before they are opened");
    }
    needs.add(need);
    return need;
  }

  /**
   * Begins. The user is told what there is, or is not, before this returns, but for {@link Turns}.
   */
  public void open() {
    open(false);
  }

  /**
   * As {@link #open()}.
   *
   * @param atWork whether the user works already, with what earlier needs gave it: then changing
   *     needs are not waited for, as if they had gone for a while
   */
  public void open(boolean atWork) {
    this.atWork = atWork;
    needs.forEach(Need::open);
    open = true;
    moved();
  }

  /** Ends, and gives the services back. The user is told nothing more. */
  public void close() {
    open = false;
    needs.forEach(Need::close);
  }

  /** What is not there, in words; empty if nothing is missing. */
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (Need<?> need : needs) {
      if (need.isMissing()) {
        missing.add(need.toString());
      }
    }
    return missing;
  }

  private void moved() {
    if (open) {
      turns.execute(this::settle);
    }
  }

  private void settle() {
    if (!open) {
      return;
    }
    if (complete && needs.stream().anyMatch(Need::isLost)) {
      complete = false;
      atWork = false;
      user.incomplete();
    }
    if (complete) {
      boolean another = false;
      for (Need<?> need : needs) {
        another |= !need.isLasting() && need.choose();
      }
      if (another) {
        user.changed();
      }
      return;
    }
    List<String> missing = missing();
    if (missing.isEmpty() || atWork && needs.stream().noneMatch(Needs::holdsUp)) {
      needs.forEach(Need::choose);
      complete = true;
      told = missing;
      user.complete();
    } else if (!missing.equals(told)) {
      told = missing;
      user.waiting();
    }
  }

  private static boolean holdsUp(Need<?> need) {
    return need.isLasting() && need.isMissing();
  }

  /**
   * A filter for a service of that name.
   *
   * @param property such as {@code name}
   */
  public static String named(String property, String value) {
    StringBuilder filter = new StringBuilder("(").append(property).append('=');
    for (char c : value.toCharArray()) {
      if (c == '*' || c == '(' || c == ')' || c == '\\') {
        filter.append('\\');
      }
      filter.append(c);
    }
    return filter.append(')').toString();
  }
}
