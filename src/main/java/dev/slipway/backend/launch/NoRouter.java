package dev.slipway.backend.launch;

/// Stands where the configuration names no router: what people intend is kept, and everyone sees
/// that nothing follows it.
public final class NoRouter implements Router {
    @Override
    public String name() {
        return "none";
    }

    @Override
    public int reported() throws Away {
        throw new Away("the configuration names no router", new IllegalStateException());
    }

    @Override
    public void apply(int newPercent) throws Away {
        reported();
    }
}
