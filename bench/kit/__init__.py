"""What the benchmarks share; `make bench` runs none of it by itself."""
