"""Many scenarios of a plan in a compiled kernel, on threads or on the workers of a cluster."""
