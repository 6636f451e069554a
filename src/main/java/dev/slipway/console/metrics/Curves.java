package dev.slipway.console.metrics;

import org.jfree.data.DomainOrder;
import org.jfree.data.xy.AbstractXYDataset;

import java.util.List;

/// Curves as the chart library wants them, without an object per point.
final class Curves extends AbstractXYDataset {
    private static final long serialVersionUID = 1;

    private transient List<Curve> curves = List.of();

    void set(List<Curve> changed) {
        curves = List.copyOf(changed);
        fireDatasetChanged();
    }

    @Override
    public int getSeriesCount() {
        return curves.size();
    }

    @Override
    public Comparable<?> getSeriesKey(int series) {
        return series;
    }

    @Override
    public int getItemCount(int series) {
        return curves.get(series).times().length;
    }

    @Override
    public DomainOrder getDomainOrder() {
        return DomainOrder.ASCENDING;
    }

    @Override
    public double getXValue(int series, int item) {
        return curves.get(series).times()[item];
    }

    @Override
    public double getYValue(int series, int item) {
        return curves.get(series).values()[item];
    }

    @Override
    public Number getX(int series, int item) {
        return getXValue(series, item);
    }

    @Override
    public Number getY(int series, int item) {
        return getYValue(series, item);
    }
}
