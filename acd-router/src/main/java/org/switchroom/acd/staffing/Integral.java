package org.switchroom.acd.staffing;

/// Adaptive Gauss-Kronrod quadrature with 7 and 15 points (QUADPACK, Piessens et al. 1983).
final class Integral {
  private static final double[] NODES = {
    0.991455371120812639206854697526329, 0.949107912342758524526189684047851,
    0.864864423359769072789712788640926, 0.741531185599394439863864773280788,
    0.586087235467691130294144691670760, 0.405845151377397166906606412076961,
    0.207784955007898467600689403773245, 0
  };
  private static final double[] KRONROD = {
    0.022935322010529224963732008058970, 0.063092092629978553290700663189204,
    0.104790010322250183839876322541518, 0.140653259715525918745189590510238,
    0.169004726639267902826583426598550, 0.190350578064785409913256402421014,
    0.204432940075298892414161999234649, 0.209482141084727828012999174891714
  };
  private static final double[] GAUSS = {
    0.129484966168869693270611432679082, 0.279705391489276667901467771423780,
    0.381830050505118944950369775488975, 0.417959183673469387755102040816327
  };
  private static final double PRECISION = 1e-13;
  private static final int DEEPEST = 24;

  private Integral() {}

  interface Function {
    double at(double x);
  }

  /// Of a function between 0 and about 1, to 13 digits of the width.
  static double of(Function f, double from, double to) {
    return to <= from ? 0 : part(f, from, to, (to - from) * PRECISION, 0);
  }

  private static double part(Function f, double from, double to, double precision, int depth) {
    double centre = (from + to) / 2;
    double half = (to - from) / 2;
    double kronrod = KRONROD[7] * f.at(centre);
    double gauss = GAUSS[3] * f.at(centre);
    for (int i = 0; i < 7; i++) {
      double both = f.at(centre - half * NODES[i]) + f.at(centre + half * NODES[i]);
      kronrod += KRONROD[i] * both;
      if (i % 2 == 1) gauss += GAUSS[i / 2] * both;
    }
    double error = Math.abs(kronrod - gauss) * half;
    if (error <= precision || depth == DEEPEST) return kronrod * half;
    return part(f, from, centre, precision, depth + 1) + part(f, centre, to, precision, depth + 1);
  }
}
