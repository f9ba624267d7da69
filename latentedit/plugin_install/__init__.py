"""Putting the plug-ins into painting programs: where these look for them, copying, switching on, taking away, and zips for their own importers."""
