"""Networks whose features images are measured by."""
