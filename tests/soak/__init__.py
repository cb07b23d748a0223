"""Long runs, to see that nothing grows: `make soak`, or python -m tests.soak [--lines N]."""
