"""The projection itself: pure numpy. `simulate(inputs, runs=1000, seed=1) -> Result`."""
