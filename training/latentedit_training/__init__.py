"""The laboratory: what trains generators. Objectives, regularisers, layers, networks, data, metrics, and one loop for all of them."""
