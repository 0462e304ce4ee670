"""The projection itself: pure numpy. `engine.simulate(inputs, runs=1000, seed=1) -> Result`."""
