package org.switchroom.acd.simulation;

import java.util.ArrayDeque;
import java.util.Arrays;

/// Draws a class by its share of the arrivals, in constant time: Vose's alias method (1991).
final class Alias {
  private final double[] share;
  private final int[] other;

  Alias(double[] rates) {
    int n = rates.length;
    double sum = Arrays.stream(rates).sum();
    share = new double[n];
    other = new int[n];
    var small = new ArrayDeque<Integer>();
    var large = new ArrayDeque<Integer>();
    for (int i = 0; i < n; i++) {
      share[i] = rates[i] * n / sum;
      other[i] = i;
      if (share[i] < 1) small.add(i);
      else large.add(i);
    }
    while (!small.isEmpty() && !large.isEmpty()) {
      int less = small.poll();
      int more = large.peek();
      other[less] = more;
      share[more] -= 1 - share[less];
      if (share[more] < 1) small.add(large.poll());
    }
    for (int i : small) share[i] = 1;
    for (int i : large) share[i] = 1;
  }

  int draw(RandomDraws draw) {
    double u = draw.uniform() * share.length;
    int i = (int) u;
    return u - i < share[i] ? i : other[i];
  }
}
