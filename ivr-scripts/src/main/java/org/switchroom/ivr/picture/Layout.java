package org.switchroom.ivr.picture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.switchroom.ivr.Script;

/// Where each step stands: in layers from the start downwards, and within a layer so that few edges
/// cross (the barycenter heuristic of Sugiyama, Tagawa and Toda, 1981).
final class Layout {
  private static final int SWEEPS = 12;

  final List<List<String>> layers = new ArrayList<>();
  final Map<String, Integer> layerOf = new LinkedHashMap<>();
  private final Script script;

  Layout(Script script) {
    this.script = script;
    rank();
    for (int sweep = 0; sweep < SWEEPS; sweep++) order(sweep % 2 == 0);
  }

  /// An edge that leads back up is drawn at the side.
  boolean leadsBack(String from, String to) {
    return layerOf.get(to) <= layerOf.get(from);
  }

  /// The longest way from the start, with the edges left out that close a circle.
  private void rank() {
    Set<String> closing = closing();
    for (String id : script.steps().keySet()) layerOf.put(id, 0);
    var open = new ArrayDeque<>(List.of(script.start()));
    while (!open.isEmpty()) {
      String id = open.poll();
      for (String next : script.step(id).exits().values()) {
        if (closing.contains(id + ">" + next)) continue;
        if (layerOf.get(next) >= layerOf.get(id) + 1) continue;
        layerOf.put(next, layerOf.get(id) + 1);
        open.add(next);
      }
    }
    layerOf.forEach(
        (id, layer) -> {
          while (layers.size() <= layer) layers.add(new ArrayList<>());
          layers.get(layer).add(id);
        });
  }

  private Set<String> closing() {
    var closing = new HashSet<String>();
    visit(script.start(), new HashSet<>(), new HashSet<>(), closing);
    return closing;
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

  private void order(boolean down) {
    var places = new HashMap<String, Double>();
    for (List<String> layer : layers) {
      for (int i = 0; i < layer.size(); i++) places.put(layer.get(i), i - layer.size() / 2.0);
    }
    for (List<String> layer : layers) {
      var centers = new HashMap<String, Double>();
      for (String id : layer) centers.put(id, center(id, places, down));
      layer.sort(Comparator.comparingDouble(centers::get));
    }
  }

  private double center(String id, Map<String, Double> places, boolean down) {
    double sum = 0;
    int count = 0;
    for (var other : script.steps().entrySet()) {
      for (String next : other.getValue().exits().values()) {
        boolean counts = down ? next.equals(id) : other.getKey().equals(id);
        if (!counts) continue;
        sum += places.get(down ? other.getKey() : next);
        count++;
      }
    }
    return count == 0 ? places.get(id) : sum / count;
  }
}
