"""From statements to the RDF dataset, its store, queries, shapes, network and page."""
