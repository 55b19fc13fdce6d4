package org.switchroom.ivr.picture;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.switchroom.ivr.Script;

/// Where each step stands: in layers from the start downwards, and within a layer so that few lines
/// cross. A line that goes over several layers passes each of them at a place of its own, so that
/// it runs through no box. This is the method of Sugiyama, Tagawa and Toda (1981),
/// doi:10.1109/TSMC.1981.4308636.
final class Layout {
  private static final int SWEEPS = 16;

  /// Something that has a place: a step, or where a long line passes.
  ///
  /// @param line empty: it is a step
  record Node(String id, Optional<String> line) {
    static Node step(String id) {
      return new Node(id, Optional.empty());
    }

    boolean passes() {
      return line.isPresent();
    }
  }

  final List<List<Node>> layers = new ArrayList<>();
  private final Map<String, Integer> layerOf = new LinkedHashMap<>();
  private final Map<Node, Set<Node>> above = new HashMap<>();
  private final Map<Node, Set<Node>> below = new HashMap<>();
  private final Script script;

  Layout(Script script) {
    this.script = script;
    rank();
    connect();
    for (int sweep = 0; sweep < SWEEPS; sweep++) order(sweep % 2 == 0);
  }

  private int layerOf(String id) {
    return requireNonNull(layerOf.get(id));
  }

  /// A line that leads back up is drawn at the side.
  boolean leadsBack(String from, String to) {
    return layerOf(to) <= layerOf(from);
  }

  /// Where a line passes between its ends, from the top.
  List<Node> between(String from, String to) {
    var nodes = new ArrayList<Node>();
    for (int layer = layerOf(from) + 1; layer < layerOf(to); layer++) {
      nodes.add(new Node(Integer.toString(layer), Optional.of(from + ">" + to)));
    }
    return nodes;
  }

  /// The longest way from the start, with the lines left out that close a circle.
  private void rank() {
    Set<String> closing = new HashSet<>();
    visit(script.start(), new HashSet<>(), new HashSet<>(), closing);
    for (String id : script.steps().keySet()) layerOf.put(id, 0);
    var open = new ArrayDeque<>(List.of(script.start()));
    while (!open.isEmpty()) {
      String id = open.poll();
      for (String next : script.step(id).exits().values()) {
        if (closing.contains(id + ">" + next)) continue;
        if (layerOf(next) >= layerOf(id) + 1) continue;
        layerOf.put(next, layerOf(id) + 1);
        open.add(next);
      }
    }
    layerOf.forEach((id, layer) -> layer(layer).add(Node.step(id)));
  }

  private List<Node> layer(int number) {
    while (layers.size() <= number) layers.add(new ArrayList<>());
    return layers.get(number);
  }

  private void visit(String id, Set<String> path, Set<String> done, Set<String> closing) {
    path.add(id);
    for (String next : script.step(id).exits().values()) {
      if (path.contains(next)) closing.add(id + ">" + next);
      else if (!done.contains(next)) visit(next, path, done, closing);
    }
    path.remove(id);
    done.add(id);
  }

  private void connect() {
    for (String from : script.steps().keySet()) {
      for (String to : new LinkedHashSet<>(script.step(from).exits().values())) {
        if (leadsBack(from, to)) continue;
        Node before = Node.step(from);
        int layer = layerOf(from);
        for (Node passing : between(from, to)) {
          layer(++layer).add(passing);
          join(before, passing);
          before = passing;
        }
        join(before, Node.step(to));
      }
    }
  }

  private void join(Node upper, Node lower) {
    below.computeIfAbsent(upper, _ -> new LinkedHashSet<>()).add(lower);
    above.computeIfAbsent(lower, _ -> new LinkedHashSet<>()).add(upper);
  }

  private void order(boolean down) {
    var places = new HashMap<Node, Double>();
    for (List<Node> layer : layers) number(layer, places);
    Map<Node, Set<Node>> toward = down ? above : below;
    for (List<Node> layer : down ? layers : layers.reversed()) {
      var centers = new HashMap<Node, Double>();
      for (Node node : layer) {
        double place = requireNonNull(places.get(node));
        centers.put(
            node,
            toward.getOrDefault(node, Set.of()).stream()
                .mapToDouble(places::get)
                .average()
                .orElse(place));
      }
      layer.sort(Comparator.comparingDouble(centers::get));
      number(layer, places);
    }
  }

  private static void number(List<Node> layer, Map<Node, Double> places) {
    for (int i = 0; i < layer.size(); i++) places.put(layer.get(i), i - (layer.size() - 1) / 2.0);
  }
}
