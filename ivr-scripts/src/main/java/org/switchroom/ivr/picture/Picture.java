package org.switchroom.ivr.picture;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.switchroom.ivr.Outcome;
import org.switchroom.ivr.Script;
import org.switchroom.ivr.Step;
import org.switchroom.ivr.picture.Layout.Node;

/// A script as SVG: a box a step, a line an exit, as thick as callers took it, and beside each step
/// how many gave up there.
public final class Picture {
  private static final int WIDE = 190;
  private static final int HIGH = 58;
  private static final int BESIDE = 28;
  private static final int BELOW = 52;

  /// Of a line that passes a layer.
  private static final int PASSING = 16;

  /// Of a label.
  private static final int LINE = 14;

  /// Beside the boxes, for lines that lead back.
  private static final int SIDE = 60;

  private static final int MARGIN = 40;
  private static final int TITLE = 44;
  private static final int LONGEST = 26;

  private final Script script;
  private final Counts counts;
  private final Layout layout;
  private final Map<Node, int[]> places = new HashMap<>();
  private final StringBuilder labels = new StringBuilder();
  private final StringBuilder svg = new StringBuilder();
  private int width;

  private Picture(Script script, Counts counts) {
    this.script = script;
    this.counts = counts;
    layout = new Layout(script);
  }

  /// A whole SVG document. It follows the reader's dark or light scheme, and every text in it is
  /// escaped.
  public static String svg(Script script, Counts counts) {
    return new Picture(script, counts).draw();
  }

  private String draw() {
    int widest = layout.layers.stream().mapToInt(Picture::width).max().orElse(WIDE);
    width = Math.max(widest + 2 * MARGIN + SIDE, 420);
    int height = place();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" \
        font-family="system-ui, 'Noto Sans CJK TC', sans-serif" font-size="12">
        <style>
        svg { color-scheme: light dark; background: light-dark(#fff, #16191d); }
        .box { fill: light-dark(#f4f6f8, #22272e); stroke: light-dark(#9aa7b4, #56616e); }
        .asks .box { fill: light-dark(#e8f1fd, #1c2c40); stroke: light-dark(#4a8bd6, #4a8bd6); }
        .looks .box { fill: light-dark(#f6f0fb, #2c2338); stroke: light-dark(#9a6fc4, #9a6fc4); }
        .ends .box { fill: light-dark(#e9f7ee, #1b3324); stroke: light-dark(#3f9d63, #3f9d63); }
        .name { font-weight: 600; fill: light-dark(#1b2430, #e8edf2); }
        .text { fill: light-dark(#53606d, #a9b4c0); }
        .line { fill: none; stroke: light-dark(#8a97a5, #66727f); }
        .label { fill: light-dark(#33404d, #cdd6df); font-size: 11px; paint-order: stroke;
          stroke: light-dark(#fff, #16191d); stroke-width: 4px; stroke-linejoin: round; }
        .gone { fill: light-dark(#b3261e, #ff8a80); font-size: 11px; font-weight: 600; }
        </style>
        <defs><marker id="to" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" \
        markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" \
        fill="light-dark(#8a97a5, #66727f)"/></marker></defs>
        """
            .formatted(width, height));
    title();
    script.steps().forEach(this::lines);
    script.steps().forEach(this::box);
    return svg.append(labels).append("</svg>\n").toString();
  }

  private void title() {
    String figures =
        counts.calls() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                " · %,d calls · %.0f %% without an agent",
                counts.calls(),
                100 * counts.containment());
    String version = script.version() == 0 ? "" : " · version " + script.version();
    svg.append(
        "<text x=\"%d\" y=\"30\" class=\"name\" font-size=\"16\">%s</text>\n"
            .formatted(MARGIN, escaped(script.name() + version + figures)));
  }

  /// Returns how high the picture is. Between two layers there is room for all labels.
  private int place() {
    int top = TITLE + MARGIN;
    for (List<Node> layer : layout.layers) {
      int left = (width - width(layer)) / 2;
      for (Node node : layer) {
        places.put(node, new int[] {left, top});
        left += (node.passes() ? PASSING : WIDE) + BESIDE;
      }
      int labels =
          layer.stream()
              .filter(node -> !node.passes())
              .mapToInt(node -> new HashSet<>(script.step(node.id()).exits().values()).size())
              .max()
              .orElse(0);
      top += HIGH + Math.max(BELOW, 26 + labels * LINE);
    }
    return top - BELOW + MARGIN;
  }

  private static int width(List<Node> layer) {
    int width = -BESIDE;
    for (Node node : layer) width += (node.passes() ? PASSING : WIDE) + BESIDE;
    return width;
  }

  // ── Boxes ───────────────────────────────────────────────────────────────────────────────────

  private int[] place(Node node) {
    return requireNonNull(places.get(node));
  }

  private void box(String id, Step step) {
    int[] at = place(Node.step(id));
    svg.append("<g class=\"%s\" data-step=\"%s\">".formatted(family(step), escaped(id)));
    svg.append("<title>%s</title>".formatted(escaped(id + ": " + whole(step))));
    svg.append(
        "<rect class=\"box\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>"
            .formatted(at[0], at[1], WIDE, HIGH, step.exits().isEmpty() ? HIGH / 2 : 8));
    int middle = at[0] + WIDE / 2;
    String kind = step.secrets().isEmpty() ? step.kind() : step.kind() + " " + Outcome.MASKED;
    text(middle, at[1] + 24, "name", id + " · " + kind);
    text(middle, at[1] + 42, "text", whole(step));
    Long gone = counts.gaveUp().get(id);
    if (gone != null && gone > 0) {
      svg.append(
          "<text x=\"%d\" y=\"%d\" class=\"gone\" data-gave-up=\"%d\">%s</text>"
              .formatted(at[0] + WIDE + 4, at[1] + 14, gone, "✕ " + gone));
    }
    svg.append("</g>\n");
  }

  private static String family(Step step) {
    return step.family().name().toLowerCase(Locale.ROOT);
  }

  private String whole(Step step) {
    if (step.sayings().isEmpty()) return step.label();
    return step.sayings().getFirst().text(script.languages().getFirst());
  }

  private void text(int x, int y, String style, String text) {
    svg.append(
        "<text x=\"%d\" y=\"%d\" class=\"%s\" text-anchor=\"middle\">%s</text>"
            .formatted(x, y, style, escaped(cut(text))));
  }

  // ── Lines ───────────────────────────────────────────────────────────────────────────────────

  /// Exits that lead to the same step are one line.
  private void lines(String id, Step step) {
    var byTarget = new LinkedHashMap<String, List<String>>();
    step.exits()
        .forEach((exit, to) -> byTarget.computeIfAbsent(to, _ -> new ArrayList<>()).add(exit));
    int number = 0;
    for (var line : byTarget.entrySet()) {
      line(id, line.getKey(), line.getValue(), number++, byTarget.size());
    }
  }

  private void line(String from, String to, List<String> exits, int number, int of) {
    long callers = exits.stream().mapToLong(exit -> counts.edge(from, exit)).sum();
    int[] a = place(Node.step(from));
    int[] b = place(Node.step(to));
    double thick =
        counts.calls() == 0 ? 1.4 : 1 + 6.0 * callers / Math.max(counts.calls(), callers);
    var path = new StringBuilder();
    int labelX;
    int labelY;
    if (layout.leadsBack(from, to)) {
      int side = Math.max(a[0], b[0]) + WIDE + SIDE - 4;
      int startY = a[1] + HIGH / 2 + number * 6;
      int endY = b[1] + HIGH / 2;
      path.append(
          "M%d %dC%d %d %d %d %d %d"
              .formatted(a[0] + WIDE, startY, side, startY, side, endY, b[0] + WIDE, endY));
      labelX = a[0] + WIDE + 10;
      labelY = startY - 6;
    } else {
      int x = a[0] + WIDE * (number + 1) / (of + 1);
      int y = a[1] + HIGH;
      path.append("M%d %d".formatted(x, y));
      labelX = x + 5;
      labelY = y + 14 + number * LINE;
      for (Node passing : layout.between(from, to)) {
        int[] at = place(passing);
        curve(path, x, y, at[0] + PASSING / 2, at[1]);
        path.append("L%d %d".formatted(at[0] + PASSING / 2, at[1] + HIGH));
        x = at[0] + PASSING / 2;
        y = at[1] + HIGH;
      }
      curve(path, x, y, b[0] + WIDE / 2, b[1]);
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<path class=\"line\" d=\"%s\" stroke-width=\"%.1f\" marker-end=\"url(#to)\"/>",
            path,
            thick));
    String label = cut(String.join(", ", exits)) + (callers > 0 ? " · " + callers : "");
    labels.append(
        "<text x=\"%d\" y=\"%d\" class=\"label\" data-edge=\"%s\">%s</text>\n"
            .formatted(labelX, labelY, escaped(from + ":" + exits.getFirst()), escaped(label)));
  }

  private static void curve(StringBuilder path, int x, int y, int toX, int toY) {
    int middle = (y + toY) / 2;
    path.append("C%d %d %d %d %d %d".formatted(x, middle, toX, middle, toX, toY));
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
