package dev.slipway.console.metrics;

import dev.slipway.api.metrics.Interval;
import dev.slipway.api.metrics.Pool;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;

import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.DateAxis;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.fx.ChartCanvas;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.SamplingXYLineRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.RangeType;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.GraphicsEnvironment;
import java.awt.Stroke;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Response times of both pools on one clock, and below them, on the same axis, requests and errors
/// per second. Colours come from the style sheet by way of regions that only bear them.
public final class ResponseChart extends StackPane {
    private static final Font SMALL = font();
    private static final Stroke THICK = new BasicStroke(2);
    private static final Stroke THIN = new BasicStroke(1.2f);
    private static final Stroke DOTTED =
            new BasicStroke(
                    1.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, new float[] {1, 4}, 0);

    private final Curves latency = new Curves();
    private final Curves throughput = new Curves();
    private final Curves errors = new Curves();
    private final DateAxis time = new DateAxis();
    private final NumberAxis linear = new NumberAxis("ms");
    private final LogAxis log = new LogAxis("ms");
    private final XYPlot latencyPlot = plot(latency, linear);
    private final XYPlot throughputPlot = plot(throughput, new NumberAxis("req/s"));
    private final XYPlot errorsPlot = plot(errors, new NumberAxis("errors/s"));
    private final JFreeChart chart;
    private final Region legacyColour = probe("legacy");
    private final Region freshColour = probe("fresh");
    private final Region textColour = probe("text");
    private final Region gridColour = probe("gridlines");
    private final BooleanProperty logScale = new SimpleBooleanProperty(this, "logScale");
    private final BooleanProperty brief = new SimpleBooleanProperty(this, "brief");
    private final CombinedDomainXYPlot all = new CombinedDomainXYPlot(time);

    public ResponseChart() {
        getStyleClass().add("response-chart");
        log.setBase(10);
        log.setSmallestValue(1);
        // 1, 10, 100, 1,000: what lies between are no round numbers
        log.setTickUnit(new NumberTickUnit(1), false, true);
        log.setNumberFormatOverride(java.text.NumberFormat.getIntegerInstance(Locale.UK));
        time.setLowerMargin(0);
        time.setUpperMargin(0);
        all.setGap(16);
        all.add(latencyPlot, 4);
        all.add(throughputPlot, 1);
        all.add(errorsPlot, 1);
        all.setInsets(RectangleInsets.ZERO_INSETS);
        chart = new JFreeChart(null, SMALL, all, false);
        chart.setPadding(new RectangleInsets(4, 0, 0, 24));
        var canvas = new ChartCanvas(chart);
        canvas.setManaged(false);
        canvas.setFocusTraversable(false);
        canvas.setDomainZoomable(false);
        canvas.setRangeZoomable(false);
        widthProperty().subscribe(width -> canvas.setWidth(width.doubleValue()));
        heightProperty().subscribe(height -> canvas.setHeight(height.doubleValue()));
        getChildren().addAll(legacyColour, freshColour, textColour, gridColour, canvas);
        logScale.subscribe(on -> latencyPlot.setRangeAxis(on ? log : linear));
        brief.subscribe(this::showBrief);
        paint();
    }

    /// Whether response times stand on a logarithmic axis.
    public BooleanProperty logScaleProperty() {
        return logScale;
    }

    /// Whether it shows p95 alone, without requests and errors.
    public BooleanProperty briefProperty() {
        return brief;
    }

    public boolean isBrief() {
        return brief.get();
    }

    public void setBrief(boolean value) {
        brief.set(value);
    }

    /// Shows intervals, ascending, over a range that ends at a moment.
    public void show(List<Interval> intervals, Duration range, Instant end) {
        chart.setNotify(false);
        time.setRange(end.minus(range).toEpochMilli(), end.toEpochMilli());
        List<Curve> times = new ArrayList<>();
        List<Curve> requests = new ArrayList<>();
        List<Curve> failures = new ArrayList<>();
        for (Pool pool : Pool.values()) {
            times.add(Curve.of(intervals, pool, Curve.latency(i -> i.latency().p95())));
            if (!brief.get()) {
                times.add(Curve.of(intervals, pool, Curve.latency(i -> i.latency().p50())));
                times.add(Curve.of(intervals, pool, Curve.latency(i -> i.latency().p99())));
                requests.add(Curve.of(intervals, pool, Curve.perSecond(i -> i.latency().n())));
                failures.add(Curve.of(intervals, pool, Curve.perSecond(Interval::errors)));
            }
        }
        latency.set(times);
        throughput.set(requests);
        errors.set(failures);
        chart.setNotify(true);
    }

    private void showBrief(boolean on) {
        if (on) {
            all.remove(throughputPlot);
            all.remove(errorsPlot);
        }
        dress();
    }

    /// The chart library measures with AWT's fonts, which know nothing of JavaFX's.
    private static Font font() {
        try (InputStream in =
                ResponseChart.class.getResourceAsStream("/assets/fonts/Roboto-Regular.ttf")) {
            Font font = Font.createFont(Font.TRUETYPE_FONT, in);
            GraphicsEnvironment.getLocalGraphicsEnvironment().registerFont(font);
            return new AlwaysSet(font.deriveFont(12f));
        } catch (IOException | FontFormatException e) {
            throw new IllegalStateException("can't load the chart's font", e);
        }
    }

    /// The library's canvas forgets the font with each clip but does not set one again that equals
    /// the last: this one equals none.
    private static final class AlwaysSet extends Font {
        private static final long serialVersionUID = 1;

        AlwaysSet(Font font) {
            super(font);
        }

        @Override
        public boolean equals(Object other) {
            return false;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private Region probe(String style) {
        var region = new Region();
        region.getStyleClass().addAll("chart-colour", style);
        region.setManaged(false);
        region.backgroundProperty().subscribe(_ -> paint());
        return region;
    }

    private void paint() {
        if (chart != null) {
            dress();
        }
    }

    private void dress() {
        chart.setNotify(false);
        var clear = new java.awt.Color(0, 0, 0, 0);
        chart.setBackgroundPaint(clear);
        var legacy = colour(legacyColour);
        var fresh = colour(freshColour);
        int lines = brief.get() ? 1 : 3;
        paint(latencyPlot, 0, legacy, lines);
        paint(latencyPlot, lines, fresh, lines);
        for (XYPlot plot : List.of(throughputPlot, errorsPlot)) {
            paint(plot, 0, legacy, 1);
            paint(plot, 1, fresh, 1);
        }
        for (XYPlot plot : List.of(latencyPlot, throughputPlot, errorsPlot)) {
            plot.setBackgroundPaint(clear);
            plot.setOutlineVisible(false);
            plot.setDomainGridlinePaint(colour(gridColour));
            plot.setRangeGridlinePaint(colour(gridColour));
            dress(plot.getRangeAxis());
        }
        dress(linear);
        dress(log);
        dress(time);
        chart.setNotify(true);
    }

    private static void paint(XYPlot plot, int first, java.awt.Color colour, int lines) {
        var renderer = plot.getRenderer();
        Stroke[] strokes = {THICK, DOTTED, THIN};
        for (int i = 0; i < lines; i++) {
            renderer.setSeriesPaint(first + i, colour);
            renderer.setSeriesStroke(first + i, strokes[i]);
        }
    }

    private void dress(ValueAxis axis) {
        var text = colour(textColour);
        axis.setTickLabelFont(SMALL);
        axis.setLabelFont(SMALL);
        axis.setTickLabelPaint(text);
        axis.setLabelPaint(text);
        axis.setAxisLineVisible(false);
        axis.setTickMarksVisible(false);
    }

    private static XYPlot plot(Curves curves, NumberAxis axis) {
        axis.setAutoRangeIncludesZero(true);
        axis.setAutoRangeMinimumSize(1);
        axis.setRangeType(RangeType.POSITIVE);
        axis.setNumberFormatOverride(java.text.NumberFormat.getNumberInstance(Locale.UK));
        return new XYPlot(curves, null, axis, new SamplingXYLineRenderer());
    }

    private static java.awt.Color colour(Region bearer) {
        if (bearer.getBackground() != null
                && !bearer.getBackground().getFills().isEmpty()
                && bearer.getBackground().getFills().getFirst().getFill() instanceof Color fill) {
            return new java.awt.Color(
                    (float) fill.getRed(),
                    (float) fill.getGreen(),
                    (float) fill.getBlue(),
                    (float) fill.getOpacity());
        }
        return java.awt.Color.GRAY;
    }
}
